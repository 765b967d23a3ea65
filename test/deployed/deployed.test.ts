import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { request } from 'undici';
import { DAY_MS } from '../../shared/model/duration.ts';
import { STREAM_NAMES } from '../../shared/model/stream.ts';
import { DEFAULT_ACCOUNT, generateCompany, type Simulator, startSimulator } from '../../simulator/index.ts';
import { accessTo, aBucketStore } from '../emulator/aws.ts';
import { describeWithEmulator } from '../emulator/describe-with-emulator.ts';
import { zoomLogSource } from '../support/command.ts';
import { expectDeliveredExactlyOnce } from '../support/expect-delivered.ts';
import { anOperation, aSignIn } from '../support/builders/rows.ts';
import { spawnConnect } from './connect-command.ts';
import {
  callOnSchedule,
  type DeployedStack,
  deployTo,
  killProcessesOf,
  logLines,
  OAUTH_SOURCE,
  OTHER_ACCOUNT,
  pollerOf,
  SERVER_SOURCE,
} from './deployed-stack.ts';

const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

/** A token of the simulator's, as of Zoom's: three long parts of base64url. */
const TOKEN = /eyJ[\w-]{20,}\.[\w-]{20,}\./;

describeWithEmulator('a deployment', (emulator) => {
  let simulator: Simulator;
  let deployed: DeployedStack;
  const began = Date.now();
  /** What people were shown. */
  const pages: string[] = [];

  beforeAll(async () => {
    simulator = await startSimulator({
      seed: 5,
      paging: 'live',
      slowMs: 50,
      dailyRetryAfterMs: 500,
      accounts: [{ ...DEFAULT_ACCOUNT }, { ...DEFAULT_ACCOUNT, accountId: OTHER_ACCOUNT }],
    });
    const company = {
      from: daysAgo(1),
      to: daysAgo(1),
      rowsPerDay: 900,
      twinShare: 0.15,
      lateness: 'none',
    } as const;
    simulator.addRows(generateCompany({ seed: 5, ...company }), DEFAULT_ACCOUNT.accountId);
    simulator.addRows(generateCompany({ seed: 6, ...company }), OTHER_ACCOUNT);
    deployed = await deployTo(emulator(), simulator);
  }, 240_000);
  afterAll(async () => {
    await simulator.close();
    process.stdout.write(
      `\nThe deployed tests took ${((Date.now() - began) / 1000).toFixed(0)} s, of which the deployment ${deployed.seconds.toFixed(0)} s.\n`,
    );
  });

  const awsEnvironment = () => emulator().environment;

  /** The administrator's browser: goes to Zoom, consents, and is sent back to the callback through the HTTP API. */
  const consentInBrowser = async (
    authorizeUrl: string,
    account?: string,
  ): Promise<{ status: number; page: string; back: URL }> => {
    const address = new URL(authorizeUrl);
    if (account) address.searchParams.set('account_id', account);
    const consent = await fetch(address, { redirect: 'manual' });
    const back = new URL(consent.headers.get('location') ?? '');
    return { ...(await openCallback(back)), back };
  };

  /** A request to the HTTP API, by the host name that AWS would resolve. */
  const openCallback = async (url: URL): Promise<{ status: number; page: string }> => {
    const { endpoint } = emulator();
    const host = `${url.hostname.split('.')[0] ?? ''}.execute-api.localhost`;
    const response = await request(`${endpoint}${url.pathname}${url.search}`, { headers: { host } });
    return { status: response.statusCode, page: await response.body.text() };
  };

  const storeOfEvents = () => aBucketStore(emulator(), { bucket: deployed.outputs['Bucket'] ?? '' });

  const expectEverythingOf = async (source: string, accountId: string): Promise<void> => {
    const store = await storeOfEvents();
    for (const stream of STREAM_NAMES) {
      const listed = simulator.rows({ accountId, stream, all: true });
      await expectDeliveredExactlyOnce(store, source, stream, listed);
    }
  };

  const queueOf = (output: 'ObjectsQueue' | 'CollectQueues', source = ''): string => {
    const value = deployed.outputs[output] ?? '';
    return source === '' ? value : ((JSON.parse(value) as Record<string, string>)[source] ?? '');
  };

  /** Everything that waits in a queue, taken from it. */
  const drain = async (queueUrl: string): Promise<string[]> => {
    const sqs = new SQSClient(accessTo(emulator()));
    const bodies: string[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
      );
      if (Messages.length === 0) return bodies;
      bodies.push(...Messages.map(({ Body = '' }) => Body));
      await sqs.send(
        new DeleteMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
        }),
      );
    }
  };

  const objects = async (): Promise<string[]> => {
    const store = await storeOfEvents();
    const found = await Promise.all(
      ['raw/', 'flat/', 'ocsf/', 'rejected/'].map((prefix) => store.list(prefix)),
    );
    return found.flat().map(({ key, version }) => `${key} ${version}`);
  };

  it('connects a source by OAuth: the command prints the address, and the browser returns to a page that lists what is readable', async () => {
    const connect = spawnConnect(OAUTH_SOURCE, deployed.sourcesFile, awsEnvironment());

    const { status, page, back } = await consentInBrowser(await connect.authorizeUrl);
    const finished = await connect.finished;
    const replayed = await openCallback(back);
    pages.push(page, replayed.page, finished.stdout, finished.stderr);

    expect({ status, code: finished.code }).toEqual({ status: 200, code: 0 });
    expect(page).toMatch(/operation log/i);
    expect(finished.stdout).toMatch(/acme is connected/);
    expect(replayed.status).toBeGreaterThanOrEqual(400);
  }, 60_000);

  it('connects a source by its own app', async () => {
    const finished = await spawnConnect(SERVER_SOURCE, deployed.sourcesFile, {
      ...awsEnvironment(),
      ZOOM_ACCOUNT_ID: OTHER_ACCOUNT,
    }).finished;
    pages.push(finished.stdout, finished.stderr);

    expect(finished).toMatchObject({ code: 0 });
    expect(finished.stdout).toMatch(/globex is connected/);
  }, 60_000);

  it('refuses a state that was never issued', async () => {
    const redirect = new URL(
      (JSON.parse(deployed.outputs['RedirectUrls'] ?? '{}') as Record<string, string>)[OAUTH_SOURCE] ?? '',
    );
    redirect.search = new URLSearchParams({ code: 'a-code', state: 'f'.repeat(43) }).toString();

    const { status, page } = await openCallback(redirect);
    pages.push(page);

    expect(status).toBeGreaterThanOrEqual(400);
    expect(page).not.toContain('f'.repeat(43));
  }, 30_000);

  it('refuses another Zoom account for a connected source, and continues with the first', async () => {
    const connect = spawnConnect(OAUTH_SOURCE, deployed.sourcesFile, awsEnvironment());

    const { status, page } = await consentInBrowser(await connect.authorizeUrl, OTHER_ACCOUNT);
    const finished = await connect.finished;
    const polled = await callOnSchedule(emulator(), await pollerOf(emulator(), OAUTH_SOURCE));
    pages.push(page, finished.stdout, finished.stderr);

    expect(status).toBeGreaterThanOrEqual(400);
    expect(finished.code).toBe(1);
    expect(polled.failed).toBe(false);
  }, 60_000);

  it('delivers each row once in twenty scheduled runs of real Lambda processes, with every fault on, one of them killed', async () => {
    simulator.faults.set('transient=0.15');
    const pollers = await Promise.all(
      [OAUTH_SOURCE, SERVER_SOURCE].map((source) => pollerOf(emulator(), source)),
    );

    for (let run = 0; run < 20; run += 1) {
      const calls = pollers.map((name) => callOnSchedule(emulator(), name));
      if (run === 3) {
        await sleep(150);
        killProcessesOf(pollers);
      }
      await Promise.all(calls);
    }
    simulator.faults.clear();
    for (const name of pollers)
      expect(await callOnSchedule(emulator(), name)).toMatchObject({ failed: false });

    await expectEverythingOf(OAUTH_SOURCE, DEFAULT_ACCOUNT.accountId);
    await expectEverythingOf(SERVER_SOURCE, OTHER_ACCOUNT);
  }, 200_000);

  it('allows two processes to renew the access token at the same moment: both continue', async () => {
    const poller = await pollerOf(emulator(), OAUTH_SOURCE);
    simulator.faults.arm('token-expired@operation', 2);

    const polled = await Promise.all([
      callOnSchedule(emulator(), poller),
      callOnSchedule(emulator(), poller),
    ]);
    const after = await callOnSchedule(emulator(), poller);

    expect([...polled, after].map(({ failed }) => failed)).toEqual([false, false, false]);
  }, 60_000);

  it('collects days that an operator requests, through the queue', async () => {
    const day = daysAgo(4);
    simulator.addRows(
      [{ stream: 'operation', row: anOperation({ time: `${day}T10:00:00Z` }) }],
      OTHER_ACCOUNT,
    );

    const { code, stdout } = await zoomLogSource(
      [
        'collect',
        '--deployed',
        '--source',
        SERVER_SOURCE,
        '--from',
        day,
        '--to',
        day,
        '--wait',
        '--config',
        deployed.sourcesFile,
      ],
      { environment: awsEnvironment() },
    );

    expect({ code, stdout }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(/Requested 2 slices from globex.*All requested slices are collected/s);
    const store = await storeOfEvents();
    expect(await store.list(`flat/operation/source=${SERVER_SOURCE}/dt=${day}/`)).toHaveLength(1);
  }, 60_000);

  it('polls on its schedule', async () => {
    const day = daysAgo(0);
    const store = await storeOfEvents();
    const prefix = `raw/activity/source=${OAUTH_SOURCE}/dt=${day}/`;
    const before = (await store.list(prefix)).length;

    const time = new Date().toISOString().replace(/\.\d+Z/, 'Z');
    simulator.addRows([{ stream: 'activity', row: aSignIn({ time }) }]);

    await expectSoon(async () => (await store.list(prefix)).length, before + 1, 100_000);
  }, 120_000);

  it('moves an unreadable message to the dead-letter queue', async () => {
    const sqs = new SQSClient(accessTo(emulator()));
    const queueUrl = queueOf('CollectQueues', SERVER_SOURCE);
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['RedrivePolicy'] }),
    );
    const { deadLetterTargetArn } = JSON.parse(Attributes?.['RedrivePolicy'] ?? '{}') as {
      deadLetterTargetArn: string;
    };
    const { QueueUrl: deadLetters } = await sqs.send(
      new GetQueueUrlCommand({ QueueName: deadLetterTargetArn.split(':').at(-1) }),
    );
    // As it is deployed, a failed message rests for half an hour before it is tried again.
    await sqs.send(
      new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes: { VisibilityTimeout: '1' } }),
    );

    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: 'poison' }));

    const waiting = async (): Promise<number> => {
      const found = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: deadLetters,
          AttributeNames: ['ApproximateNumberOfMessages'],
        }),
      );
      return Number(found.Attributes?.['ApproximateNumberOfMessages']);
    };
    await expectSoon(waiting, 1, 60_000);
  }, 90_000);

  it('announces each object to its reader once', async () => {
    const announced = (await drain(queueOf('ObjectsQueue'))).flatMap((body) => {
      const { Message } = JSON.parse(body) as { Message: string };
      const { Records = [] } = JSON.parse(Message) as { Records?: { s3: { object: { key: string } } }[] };
      return Records.map(({ s3 }) => decodeURIComponent(s3.object.key));
    });
    const delivered = (await objects()).map((object) => object.split(' ')[0] ?? '');
    const kinds = new Set(announced.map((key) => key.split('/')[0] ?? ''));

    expect(announced.length).toBeGreaterThan(0);
    expect(new Set(announced).size).toBe(announced.length);
    expect([...announced].sort()).toEqual(
      delivered.filter((key) => kinds.has(key.split('/')[0] ?? '')).sort(),
    );
  }, 60_000);

  it('prints the queue, the role and the external id of an external reader', () => {
    const recorded = ['ReaderQueues', 'ReaderQueueArns', 'ReaderRoles', 'ReaderExternalIds'].map(
      (output) => (JSON.parse(deployed.outputs[output] ?? '{}') as { siem?: string }).siem,
    );

    expect(recorded).toEqual([
      expect.stringMatching(/^http.*\/\d{12}\/.*Readersiem/),
      expect.stringMatching(/^arn:aws:sqs:.*Readersiem/),
      expect.stringMatching(/^arn:aws:iam::\d{12}:role\/.*Readersiem/),
      expect.stringMatching(/^siem-[0-9a-f-]{36}$/),
    ]);
  });

  it('keeps delivered objects when it is deployed again', async () => {
    const before = await objects();

    await deployTo(emulator(), simulator, deployed.sourcesFile);

    expect(await objects()).toEqual(before);
  }, 120_000);

  it('shows a deployed source from the command line', async () => {
    const { code, stdout } = await zoomLogSource(
      ['status', '--out', `s3://${deployed.outputs['Bucket'] ?? ''}`],
      {
        environment: awsEnvironment(),
      },
    );

    expect(code).toBe(0);
    expect(stdout).toMatch(/acme\s+operation/);
  }, 30_000);

  it('writes no token, code or secret into a log, a page or an object', async () => {
    const store = await storeOfEvents();
    const lines = await logLines(emulator());
    const bodies = await Promise.all(
      (await store.list('')).map(async ({ key }) => (await store.read(key)) ?? Buffer.alloc(0)),
    );
    const texts = bodies.map((body) => (body[0] === 0x1f ? gunzipSync(body) : body).toString('utf8'));

    expect(lines.length).toBeGreaterThan(20);
    for (const text of [...lines, ...pages, ...texts, emulator().log()]) {
      expect(text).not.toContain(DEFAULT_ACCOUNT.clientSecret);
      expect(TOKEN.test(text)).toBe(false);
    }
    for (const line of lines) expect(line).not.toMatch(/code=|state=/);
  }, 60_000);
});

/** Waits until `count` gives at least so much. */
const expectSoon = async (count: () => Promise<number>, least: number, withinMs = 30_000): Promise<void> => {
  const until = Date.now() + withinMs;
  while ((await count()) < least && Date.now() < until) await sleep(500);
  expect(await count()).toBeGreaterThanOrEqual(least);
};
