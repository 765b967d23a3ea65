import { HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { createS3 } from '../../shared/aws/clients.ts';
import { ConfigurationError } from '../../shared/errors.ts';
import { failureMessage } from '../support/zoom.ts';
import {
  itKeepsTheErasableStoreContract,
  itKeepsTheObjectStoreContract,
} from '../support/contracts/object-store.ts';
import { accessTo, aBucket, aBucketStore } from './aws.ts';
import { describeWithEmulator } from './describe-with-emulator.ts';

describeWithEmulator('a bucket', (emulator) => {
  describe('as an object store', () => {
    itKeepsTheObjectStoreContract(() => aBucketStore(emulator()));
  });

  describe('as an object store under a prefix', () => {
    itKeepsTheObjectStoreContract(() => aBucketStore(emulator(), { prefix: 'security/zoom/' }));
    itKeepsTheErasableStoreContract(() => aBucketStore(emulator(), { prefix: 'security/zoom/' }));
  });

  it('keeps two prefixes of one bucket apart', async () => {
    const bucket = await aBucket(emulator());
    const one = await aBucketStore(emulator(), { bucket, prefix: 'one/' });
    const two = await aBucketStore(emulator(), { bucket, prefix: 'two/' });

    await one.create('raw/a', Buffer.from('one'), {});

    expect(await two.create('raw/a', Buffer.from('two'), {})).toBeDefined();
    expect((await one.read('raw/a'))?.toString()).toBe('one');
    const s3 = createS3(accessTo(emulator()));
    const { Contents: contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    expect(contents.map(({ Key }) => Key)).toEqual(['one/raw/a', 'two/raw/a']);
  });

  it.each([
    ['flat/operation/source=a/dt=2026-11-18/operation_2026-11-18_000000.json.gz', 'application/x-gzip'],
    ['_state/sources/a.json', 'application/json'],
  ])('says what %s is, and nothing that would have readers unpack it twice', async (key, type) => {
    const bucket = await aBucket(emulator());
    const store = await aBucketStore(emulator(), { bucket });
    const description = {
      records: '2',
      format: 'flat',
      'schema-version': '1',
      'first-event': '2026-11-18T00:00:00.000Z',
      'last-event': '2026-11-18T09:00:00.000Z',
    };

    await store.create(key, Buffer.from('x'), description);

    const head = await createS3(accessTo(emulator())).send(
      new HeadObjectCommand({ Bucket: bucket, Key: key }),
    );
    expect(head.ContentType).toBe(type);
    expect(head.ContentEncoding).toBeUndefined();
    expect(head.Metadata).toEqual(description);
  });

  it.each([
    ['list', 's3:ListBucket'],
    ['read', 's3:GetObject'],
    ['create', 's3:PutObject'],
    ['replace', 's3:PutObject'],
  ] as const)('reports a missing bucket of %s by name, with a remedy', async (verb, action) => {
    const store = await aBucketStore(emulator(), { bucket: 'nobodys-bucket', prefix: 'zoom/' });

    const failure = await failureMessage(store[verb]('raw/operation/one.json.gz', Buffer.from('x'), {}));

    expect(failure).toBeInstanceOf(ConfigurationError);
    expect(failure.message).toContain('bucket "nobodys-bucket" does not exist');
    expect(failure.message).toContain(`${action} on s3://nobodys-bucket/zoom/raw/operation/`);
    expect(failure.message).toContain('npm run deploy');
  });
});
