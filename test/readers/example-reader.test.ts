import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { createSqs } from '../../shared/aws/clients.ts';
import { generateCompany, type Simulator, startSimulator } from '../../simulator/index.ts';
import { accessTo, aBucketStore } from '../emulator/aws.ts';
import { describeWithEmulator } from '../emulator/describe-with-emulator.ts';
import { linesUnder } from '../support/delivered.ts';
import { connectToSimulator } from '../support/simulated-source.ts';
import { anAnnouncedBucket, type AnnouncedBucket } from './announced-bucket.ts';

const READER = join(import.meta.dirname, '../../docs/readers/example-reader.ts');

describeWithEmulator('the example of a reader', (emulator) => {
  let simulator: Simulator;
  let place: AnnouncedBucket;
  let delivered: unknown[];

  beforeAll(async () => {
    simulator = await startSimulator({ seed: 11, now: '2026-11-20T18:00:00Z', speed: 0 });
  });
  afterAll(() => simulator.close());
  beforeEach(async () => {
    place = await anAnnouncedBucket(emulator());
    simulator.addRows(
      generateCompany({ seed: 11, from: '2026-11-19', to: '2026-11-20', rowsPerDay: 120, twinShare: 0.15 }),
    );
    const store = await aBucketStore(emulator(), { bucket: place.bucket });
    const connector = connectToSimulator(simulator, store, { source: 'quillmere' });
    await connector.poll(new AbortController().signal);
    await connector.close();
    delivered = await linesUnder(store, 'flat/');
  });

  /** What it prints until the queue is empty. */
  const read = async (): Promise<unknown[]> => {
    const child = spawn(process.execPath, [READER, '--queue', place.queueUrl, '--wait', '1'], {
      env: { PATH: process.env['PATH'] ?? '', ...emulator().environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const printed = await text(child.stdout);
    return printed
      .split('\n')
      .slice(0, -1)
      .map((line): unknown => JSON.parse(line));
  };

  const idsOf = (events: readonly unknown[]): string[] =>
    events.map((event) => (event as { event_id: string }).event_id).sort();

  it('reads each event that was delivered, once, and leaves nothing in the queue', async () => {
    const events = await read();

    expect(events.length).toBeGreaterThan(100);
    expect(idsOf(events)).toEqual(idsOf(delivered));
    expect(await read()).toEqual([]);
  });

  it('skips a foreign object, and reports that', async () => {
    const key = 'flat/operation/source=quillmere/dt=2026-11-20/../../evil_000000.json.gz';
    const store = await aBucketStore(emulator(), { bucket: place.bucket });
    await store.create(key, gzipSync('{"event_id":"forged"}\n'), {});
    const records = [{ s3: { bucket: { name: place.bucket }, object: { key: encodeURIComponent(key) } } }];
    await createSqs(accessTo(emulator())).send(
      new SendMessageCommand({
        QueueUrl: place.queueUrl,
        MessageBody: JSON.stringify({ Message: JSON.stringify({ Records: records }) }),
      }),
    );

    expect(idsOf(await read())).toEqual(idsOf(delivered));
  });

  it('reads none twice if notifications come twice, and ignores the test event of S3', async () => {
    const sqs = createSqs(accessTo(emulator()));
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: place.queueUrl, VisibilityTimeout: 0 }),
    );
    const test = { Message: JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent' }) };
    for (const body of [JSON.stringify(test), ...Messages.map(({ Body }) => Body)]) {
      await sqs.send(new SendMessageCommand({ QueueUrl: place.queueUrl, MessageBody: body }));
    }

    const events = await read();

    expect(Messages).not.toEqual([]);
    expect(idsOf(events)).toEqual(idsOf(delivered));
  });
});
