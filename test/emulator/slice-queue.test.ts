import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { expect, it } from '@jest/globals';
import { createSqs } from '../../shared/aws/clients.ts';
import { SliceQueue } from '../../shared/aws/slice-queue.ts';
import { type CollectMessage, parseCollectMessage } from '../../shared/model/collect-message.ts';
import { addDays } from '../../shared/model/day.ts';
import { aSlice } from '../support/builders/collector.ts';
import { SettableClock } from '../support/doubles/settable-clock.ts';
import { failureMessage } from '../support/zoom.ts';
import { accessTo, aQueue } from './aws.ts';
import { describeWithEmulator } from './describe-with-emulator.ts';
import { aFaultyAws, firstTimes } from './faulty-aws.ts';
import type { Emulator } from './ministack.ts';

const queueAt = (emulator: Emulator, url: string): SliceQueue =>
  new SliceQueue(createSqs(accessTo(emulator)), url, { clock: new SettableClock(), random: () => 0.5 });

const received = async (emulator: Emulator, url: string): Promise<CollectMessage[]> => {
  const sqs = createSqs(accessTo(emulator));
  const messages: CollectMessage[] = [];
  for (;;) {
    const { Messages: batch = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 }),
    );
    if (batch.length === 0) return messages;
    messages.push(...batch.map(({ Body = '' }) => parseCollectMessage(Body)));
  }
};

const text = (messages: readonly CollectMessage[]): string[] =>
  messages.map((message) => JSON.stringify(message)).sort();

const slices = (count: number): CollectMessage[] =>
  Array.from({ length: count }, (_, index) => aSlice({ day: addDays(aSlice().day, -index) }));

const isSend = ({ operation }: { operation: string }): boolean => operation === 'SendMessageBatch';

describeWithEmulator('a collect queue', (emulator) => {
  it.each([0, 1, 10, 37])('delivers %i slices to its consumer, each unchanged', async (count) => {
    const url = await aQueue(emulator());

    await queueAt(emulator(), url).send(slices(count));

    expect(text(await received(emulator(), url))).toEqual(text(slices(count)));
  });

  it('delivers the request to poll a source now', async () => {
    const url = await aQueue(emulator());

    await queueAt(emulator(), url).send([{ poll: 'quillmere' }]);

    expect(await received(emulator(), url)).toEqual([{ poll: 'quillmere' }]);
  });

  it('is sent again only what it has not accepted', async () => {
    const aws = await aFaultyAws(emulator());
    const url = await aQueue(emulator());
    const body = JSON.stringify({
      Successful: [],
      Failed: [{ Id: '1', SenderFault: false, Code: 'InternalError' }],
    });
    aws.fault = firstTimes(1, isSend, { status: 200, body });

    await queueAt(aws, url).send(slices(3));

    expect(await received(emulator(), url)).toEqual([slices(2)[1]]);
  });

  it('that accepts nothing fails the sender', async () => {
    const aws = await aFaultyAws(emulator());
    const url = await aQueue(emulator());
    const Failed = ['0', '1'].map((Id) => ({ Id, SenderFault: false, Code: 'InternalError' }));
    aws.fault = () => ({ status: 200, body: JSON.stringify({ Successful: [], Failed }) });

    const failure = await failureMessage(queueAt(aws, url).send(slices(2)));

    expect(failure.message).toMatch(/did not accept 2 of 2 messages/);
    expect(aws.requests.filter(isSend).length).toBeGreaterThan(3);
  });

  it('that does not exist is named with its remedy', async () => {
    const url = `${await aQueue(emulator())}-no`;

    const failure = await failureMessage(queueAt(emulator(), url).send(slices(1)));

    expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'queue-missing' });
    expect(failure.message).toContain('npm run deploy');
  });

  it('that may not be sent to is named, with the permission', async () => {
    const aws = await aFaultyAws(emulator());
    aws.fault = () => ({ status: 403, body: '{"__type":"com.amazon.coral.service#AccessDeniedException"}' });

    const failure = await failureMessage(queueAt(aws, `${aws.endpoint}/000000000000/queue`).send(slices(1)));

    expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'aws-denied' });
    expect(failure.message).toContain('sqs:SendMessage');
  });
});
