import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';

/**
 * The smallest reader there can be: prints the events that a queue announces as JSON lines, each once, and ends when the queue
 * is empty.
 *
 *     node docs/readers/example-reader.ts --queue https://sqs.….amazonaws.com/…/… > events.ndjson
 *
 * A message is deleted when its events are written, not before: what breaks off is handed out again. So a notice can come twice,
 * and events are known by their ids. Ids are remembered for one run here; a real reader has the place it writes to decide.
 */
const { values } = parseArgs({
  options: { queue: { type: 'string' }, wait: { type: 'string', default: '20' } },
});
const QueueUrl = values.queue ?? '';
const WaitTimeSeconds = Number(values.wait);
const sqs = new SQSClient({});
const s3 = new S3Client({});
const seen = new Set<string>();

interface Notice {
  /** Absent in the message by which S3 tries whether it may announce. */
  readonly Records?: readonly { s3: { bucket: { name: string }; object: { key: string } } }[];
}

/** The whole of a delivered object's key. Anyone who can write to the bucket chooses the other keys: they are not read. */
const DELIVERED =
  /^(?:raw|flat|ocsf)\/([a-z]+)\/source=[a-z0-9-]{1,40}\/dt=(\d{4}-\d{2}-\d{2})\/\1_\2_\d{6}\.json\.gz$/;

/** SNS puts what S3 says into an envelope of its own. */
const objectsOf = (body: string) =>
  ((JSON.parse((JSON.parse(body) as { Message: string }).Message) as Notice).Records ?? []).map(
    // S3 writes keys in a message as a form does.
    ({ s3: { bucket, object } }) => ({
      Bucket: bucket.name,
      Key: decodeURIComponent(object.key.replaceAll('+', ' ')),
    }),
  );

const linesOf = async (object: { Bucket: string; Key: string }): Promise<string[]> => {
  const { Body } = await s3.send(new GetObjectCommand(object));
  const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
  return gunzipSync(bytes).toString('utf8').split('\n').slice(0, -1);
};

for (;;) {
  const received = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds }),
  );
  if (!received.Messages) break;
  for (const { Body = '', ReceiptHandle } of received.Messages) {
    for (const object of objectsOf(Body)) {
      if (!DELIVERED.test(object.Key)) {
        process.stderr.write(
          `Skipped ${JSON.stringify(object.Key)}: it was not written by zoom-log-source.\n`,
        );
        continue;
      }
      for (const line of await linesOf(object)) {
        const { event_id } = JSON.parse(line) as { event_id: string };
        if (!seen.has(event_id)) process.stdout.write(`${line}\n`);
        seen.add(event_id);
      }
    }
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }
}
