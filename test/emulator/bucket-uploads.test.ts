import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { createS3 } from '../../shared/aws/clients.ts';
import { LEAST_PART_BYTES, PartMismatchError, UploadMissingError } from '../../shared/content/ports.ts';
import { SettableClock } from '../support/doubles/settable-clock.ts';
import { itKeepsTheFileStoreContract } from '../support/contracts/file-store.ts';
import { bytesOf, partsIn, pieceOf, piecesOf, wholeOf } from '../support/builders/parts.ts';
import { failureMessage } from '../support/zoom.ts';
import { accessTo, aBucket, aBucketStore } from './aws.ts';
import { describeWithEmulator } from './describe-with-emulator.ts';
import { aFaultyAws, type AwsRequest, type Fault, firstTimes } from './faulty-aws.ts';

const KEY = 'files/recording/source=acme/dt=2026-11-20/9f2c41d07a5be613/03b7e1a2c4d5f697.mp4';

const isPart = ({ method, path }: AwsRequest): boolean => method === 'PUT' && path.includes('partNumber=');
const isCompletion = ({ method, path }: AwsRequest): boolean =>
  method === 'POST' && path.includes('uploadId=');

const failing = (status: number, code: string): Fault => ({
  status,
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>As ${code} says.</Message></Error>`,
});

describeWithEmulator('a bucket as a store of files', (emulator) => {
  describe('under a prefix', () => {
    itKeepsTheFileStoreContract(async () => {
      const bucket = await aBucket(emulator());
      const open = () => aBucketStore(emulator(), { bucket, prefix: 'security/zoom/' });
      return { store: await open(), again: open };
    }, LEAST_PART_BYTES);
  });

  it('describes an uploaded object, and says what it is', async () => {
    const bucket = await aBucket(emulator());
    const store = await aBucketStore(emulator(), { bucket });
    const pieces = piecesOf(1, LEAST_PART_BYTES);
    const upload = await store.beginUpload(KEY, { item: '9f2c41d07a5be613' });
    for (const { part, body } of pieces) await store.putPart(upload, part.number, body);

    await store.completeUpload(upload, partsIn(pieces));

    const head = await createS3(accessTo(emulator())).send(
      new HeadObjectCommand({ Bucket: bucket, Key: KEY }),
    );
    expect(head).toMatchObject({ ContentType: 'video/mp4', Metadata: { item: '9f2c41d07a5be613' } });
  });

  it('lists more parts than one page of S3 holds', async () => {
    const store = await aBucketStore(emulator());
    const upload = await store.beginUpload(KEY, {});
    const pieces = Array.from({ length: 1005 }, (_, at) => pieceOf(at + 1, Buffer.from(String(at))));
    for (let start = 0; start < pieces.length; start += 50) {
      await Promise.all(
        pieces.slice(start, start + 50).map(({ part, body }) => store.putPart(upload, part.number, body)),
      );
    }

    expect(await store.partsOf(upload)).toEqual(partsIn(pieces));
  });
});

describeWithEmulator('uploads into a bucket that fails', (emulator) => {
  const uploaded = async (options: { clock?: SettableClock } = {}) => {
    const aws = await aFaultyAws(emulator());
    const store = await aBucketStore(aws, { prefix: 'zoom/', ...options });
    const pieces = [pieceOf(1, bytesOf(1, 1000))];
    const upload = await store.beginUpload(KEY, {});
    for (const { part, body } of pieces) await store.putPart(upload, part.number, body);
    return { aws, store, pieces, upload };
  };

  it('is read on where a body broke off, but not forever', async () => {
    const aws = await aFaultyAws(emulator());
    const store = await aBucketStore(aws, { clock: new SettableClock() });
    const body = bytesOf(3, 1_000_000);
    await store.create(KEY, body, {});
    const isRead = ({ method, path }: AwsRequest): boolean => method === 'GET' && path.includes('.mp4');

    aws.fault = firstTimes(3, isRead, 'answer-cut');
    expect((await buffer(store.readFrom(KEY, 5))).equals(body.subarray(5))).toBe(true);
    expect(aws.requests.filter(isRead).length).toBeGreaterThan(3);

    aws.fault = firstTimes(Infinity, isRead, 'answer-lost');
    await expect(buffer(store.readFrom(KEY))).rejects.toThrow();
  });

  it('stores a part once whose response was lost', async () => {
    const { aws, store, upload, pieces } = await uploaded();
    const next = pieceOf(2, bytesOf(2, 100));
    aws.fault = firstTimes(1, isPart, 'answer-lost');

    await store.putPart(upload, next.part.number, next.body);

    expect(await store.partsOf(upload)).toEqual(partsIn([...pieces, next]));
  });

  it('reports a part whose bytes were damaged on their way', async () => {
    const { aws, store, upload, pieces } = await uploaded();
    aws.fault = firstTimes(1, isPart, failing(400, 'BadDigest'));

    await expect(store.putPart(upload, 2, bytesOf(2, 100))).rejects.toThrow(PartMismatchError);

    expect(await store.partsOf(upload)).toEqual(partsIn(pieces));
  });

  it('succeeds, or reports the key as taken, if our own completion took it and its response was lost', async () => {
    const { aws, store, upload, pieces } = await uploaded();
    aws.fault = firstTimes(1, isCompletion, 'answer-lost');

    const created = await store.completeUpload(upload, partsIn(pieces));

    // S3 may answer a repeated completion as it did the first.
    expect([undefined, (await store.list('files/'))[0]?.version]).toContain(created?.version);

    expect(await store.read(KEY)).toEqual(wholeOf(pieces));
  });

  it('is retried when completions of one key race, but not forever', async () => {
    const { aws, store, upload, pieces } = await uploaded({ clock: new SettableClock() });
    aws.fault = firstTimes(Infinity, isCompletion, failing(409, 'ConditionalRequestConflict'));
    expect((await failureMessage(store.completeUpload(upload, partsIn(pieces)))).name).toBe(
      'ConditionalRequestConflict',
    );

    aws.fault = firstTimes(2, isCompletion, failing(409, 'ConditionalRequestConflict'));
    expect((await store.completeUpload(upload, partsIn(pieces)))?.key).toBe(KEY);
  });

  it('reports an upload that S3 dropped after a conflict as missing', async () => {
    const { aws, store, upload, pieces } = await uploaded();
    aws.fault = firstTimes(1, isCompletion, failing(404, 'NoSuchUpload'));

    await expect(store.completeUpload(upload, partsIn(pieces))).rejects.toThrow(UploadMissingError);
  });

  it.each([
    ['beginUpload', 's3:PutObject'],
    ['putPart', 's3:PutObject'],
    ['completeUpload', 's3:PutObject'],
    ['abortUpload', 's3:AbortMultipartUpload'],
    ['partsOf', 's3:ListMultipartUploadParts'],
    ['openUploads', 's3:ListBucketMultipartUploads'],
    ['sizeOf', 's3:GetObject'],
  ] as const)('tells the operator which permission %s lacks', async (verb, action) => {
    const { aws, store, upload, pieces } = await uploaded();
    const [{ part, body } = pieceOf(1, Buffer.of())] = pieces;
    const isListing = ({ method, path }: AwsRequest): boolean =>
      method === 'GET' && path.includes('uploadId=');
    aws.fault = (request) =>
      verb === 'completeUpload' && isListing(request) ? undefined : failing(403, 'AccessDenied');

    const work = {
      beginUpload: () => store.beginUpload(KEY, {}),
      putPart: () => store.putPart(upload, part.number, body),
      completeUpload: () => store.completeUpload(upload, [part]),
      abortUpload: () => store.abortUpload(upload),
      partsOf: () => store.partsOf(upload),
      openUploads: () => store.openUploads('files/'),
      sizeOf: () => store.sizeOf(KEY),
    };
    const failure = await failureMessage(work[verb]());

    expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'aws-denied' });
    expect(failure.message).toContain(`denied ${action} on s3://bucket-`);
  });
});
