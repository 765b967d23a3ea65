import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, GetQueueUrlCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { createS3, createSqs } from '../../shared/aws/clients.ts';
import { HOUR_MS } from '../../shared/model/duration.ts';
import type { Simulator } from '../../simulator/index.ts';
import { killProcessesOf } from '../deployed/deployed-stack.ts';
import { accessTo } from '../emulator/aws.ts';
import type { Emulator } from '../emulator/ministack.ts';
import { anOperation, aSignIn } from '../support/builders/rows.ts';
import { letTimePass } from './let-time-pass.ts';
import { type OperatedDeployment, SOURCE } from './operated-deployment.ts';

/** What a heading of the runbook is about, brought about from outside. */
export interface Condition {
  readonly begin: () => Promise<void>;
  /** The alarm that it raises, without what begins all names of the source; the reason links to the heading. */
  readonly alarm?: string;
  /** Steps outside the command line before those of the heading: in Zoom's admin portal, or by waiting. */
  readonly elsewhere?: () => Promise<void>;
  /** Whether the steps of the heading end it. */
  readonly ends?: true;
  /** Steps that the other headings need and that this one does not contain. */
  readonly over?: () => Promise<void>;
}

/** The conditions, by the headings of the runbook. */
export const conditionsOf = (
  emulator: Emulator,
  { simulator, shell, bucket, store, outputs, poller, poll }: OperatedDeployment,
): Readonly<Record<string, Condition>> => {
  /** Since then there were only polls. */
  const polledSince = async (hours: number): Promise<void> => {
    await letTimePass(store, SOURCE, hours * HOUR_MS);
    await poll();
  };
  const account = simulator.account();
  const { scopes } = account.state;
  const s3 = createS3(accessTo(emulator));
  const sqs = createSqs(accessTo(emulator));

  const layAside = async (queueUrl: string, body: string): Promise<void> => {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['RedrivePolicy'] }),
    );
    const { deadLetterTargetArn } = JSON.parse(Attributes?.['RedrivePolicy'] ?? '{}') as {
      deadLetterTargetArn: string;
    };
    const { QueueUrl } = await sqs.send(
      new GetQueueUrlCommand({ QueueName: deadLetterTargetArn.split(':').at(-1) }),
    );
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
  };

  return {
    quiet: { begin: () => polledSince(3) },

    silent: {
      begin: () => polledSince(30),
      alarm: 'operation-drop-off',
      elsewhere: () => {
        addEvents(simulator, 1);
        return Promise.resolve();
      },
      ends: true,
    },

    not_running: {
      begin: async () => {
        await shell.paste('aws events disable-rule --name "$POLL_RULE"');
        await letTimePass(store, SOURCE, 7 * HOUR_MS);
      },
      alarm: 'collection',
      ends: true,
    },

    unauthorized: {
      begin: async () => {
        account.update({ scopes: [] });
        await polledSince(7);
      },
      alarm: 'collection',
      elsewhere: async () => {
        account.update({ scopes });
        await shell.paste('aws secretsmanager delete-secret --secret-id "$STACK/$SOURCE"');
      },
      ends: true,
    },

    throttled: {
      begin: async () => {
        simulator.faults.set('rate-daily');
        await polledSince(7);
      },
      alarm: 'collection',
      elsewhere: async () => {
        simulator.faults.clear();
        await letTimePass(store, SOURCE, 3 * HOUR_MS);
        // A process keeps in memory until when Zoom accepts no requests; after three hours it has ended.
        killProcessesOf([poller]);
        await poll();
      },
      ends: true,
    },

    zoom_failing: {
      begin: async () => {
        simulator.faults.set('validation-failed/400');
        await polledSince(7);
        await polledSince(1);
      },
      alarm: 'collection',
      elsewhere: () => {
        simulator.faults.clear();
        return Promise.resolve();
      },
      ends: true,
    },

    not_delivering: {
      begin: async () => {
        // The newest day is read by every poll, an older one when it is due.
        const object = (await store.list(`raw/operation/source=${SOURCE}/`)).at(-1);
        const Body = 'an object of another program';
        await s3.send(new PutObjectCommand({ Bucket: bucket, Key: object?.key, Body }));
        // As long as this cache exists, no collector needs to read the log.
        const states = await store.list(`_state/slices/operation/source=${SOURCE}/`);
        for (const { key } of states.filter(({ key: name }) => name.endsWith('/manifest')))
          await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
        await polledSince(7);
        await polledSince(1);
      },
      alarm: 'operation-drop-off',
      ends: true,
    },

    not_parsing: {
      begin: async () => {
        const day = new Date().toISOString().slice(0, 10);
        const row = anOperation({ time: 'some time ago' });
        simulator.addRows(Array.from({ length: 30 }, () => ({ stream: 'operation' as const, row, day })));
        await polledSince(7);
      },
      alarm: 'operation-drop-off',
      elsewhere: async () => {
        addEvents(simulator, 60);
        await poll();
      },
      ends: true,
    },

    not_connected: {
      begin: async () => {
        await shell.paste(`bin/zoom-log-source disconnect ${SOURCE}`);
        await polledSince(7);
      },
      over: async () => {
        await shell.paste(`bin/zoom-log-source connect ${SOURCE}`);
        await poll();
      },
    },

    'dead-letters': {
      begin: async () => {
        const queues = JSON.parse(outputs['CollectQueues'] ?? '{}') as Record<string, string>;
        const day = new Date().toISOString().slice(0, 10);
        await layAside(queues[SOURCE] ?? '', JSON.stringify({ source: SOURCE, stream: 'operation', day }));
      },
    },

    watcher: {
      begin: async () => {
        await shell.paste('aws events disable-rule --name "$WATCH_RULE"');
      },
    },

    'reader-dead-letters': {
      begin: () => layAside(outputs['ObjectsQueue'] ?? '', '{"Records":[{"eventName":"ObjectCreated:Put"}]}'),
    },
  };
};

/** Events of this moment. */
const addEvents = (simulator: Simulator, count: number): void => {
  const time = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const numbers = Array.from({ length: count }, (_, index) => index);
  simulator.addRows([
    ...numbers.map((number) => ({
      stream: 'operation' as const,
      row: anOperation({ time, operation_detail: `Security  - Waiting Room ${number}: from On to Off` }),
    })),
    ...numbers.map((number) => ({
      stream: 'activity' as const,
      row: aSignIn({ time, ip_address: `198.51.100.${number}` }),
    })),
  ]);
};
