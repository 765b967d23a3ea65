import { expect, it } from '@jest/globals';
import { ConfigurationError } from '../../shared/errors.ts';
import { SettableClock } from '../support/doubles/settable-clock.ts';
import { failureMessage } from '../support/zoom.ts';
import { aBucketStore } from './aws.ts';
import { describeWithEmulator } from './describe-with-emulator.ts';
import { aFaultyAws, type AwsRequest, type Fault, firstTimes } from './faulty-aws.ts';

const KEY = 'raw/operation/source=quillmere/dt=2026-11-18/one.json.gz';
const BODY = Buffer.from('one');

const isPut = ({ method, path }: AwsRequest): boolean => method === 'PUT' && path.includes('/raw/');

const denied = (status: number, code: string): Fault => ({
  status,
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>As ${code} says.</Message></Error>`,
});

describeWithEmulator('a bucket that fails', (emulator) => {
  it('reports a key as taken if our own put took it and its response was lost', async () => {
    const aws = await aFaultyAws(emulator());
    const store = await aBucketStore(aws);
    aws.fault = firstTimes(1, isPut, 'answer-lost');

    const created = await store.create(KEY, BODY, {});

    expect(created).toBeUndefined();
    expect(await store.read(KEY)).toEqual(BODY);
    expect(aws.requests.filter(isPut)).toHaveLength(2);
  });

  it('is retried when puts of one key race', async () => {
    const aws = await aFaultyAws(emulator());
    const store = await aBucketStore(aws);
    aws.fault = firstTimes(3, isPut, denied(409, 'ConditionalRequestConflict'));

    const created = await store.create(KEY, BODY, {});

    expect(created?.key).toBe(KEY);
    expect(aws.requests.filter(isPut)).toHaveLength(4);
  });

  it('is not retried forever', async () => {
    const aws = await aFaultyAws(emulator());
    const store = await aBucketStore(aws, { clock: new SettableClock() });
    aws.fault = firstTimes(Infinity, isPut, denied(409, 'ConditionalRequestConflict'));

    const failure = await failureMessage(store.create(KEY, BODY, {}));

    expect(failure.name).toBe('ConditionalRequestConflict');
    expect(aws.requests.filter(isPut).length).toBeLessThan(20);
  });

  it('passes to a repeated change whether the previous one may have been written', async () => {
    const aws = await aFaultyAws(emulator());
    const store = await aBucketStore(aws);
    const isState = ({ method, path }: AwsRequest): boolean => method === 'PUT' && path.includes('/_state/');
    const changesOf = async (): Promise<[before: string | undefined, mayBeWritten: boolean][]> => {
      const seen: [string | undefined, boolean][] = [];
      await store.update('_state/count', (before, mayBeWritten) => {
        seen.push([before?.toString(), mayBeWritten]);
        return Buffer.from(`${before?.toString() ?? ''}+`);
      });
      return seen;
    };

    aws.fault = firstTimes(1, isState, denied(409, 'ConditionalRequestConflict'));
    expect(await changesOf()).toEqual([
      [undefined, false],
      [undefined, false],
    ]);
    aws.fault = firstTimes(1, isState, 'answer-lost');
    expect(await changesOf()).toEqual([
      ['+', false],
      ['++', true],
    ]);
  });

  it('is retried when it is overloaded', async () => {
    const aws = await aFaultyAws(emulator());
    const store = await aBucketStore(aws);
    aws.fault = firstTimes(2, isPut, denied(503, 'SlowDown'));

    const created = await store.create(KEY, BODY, {});

    expect(created?.key).toBe(KEY);
  });

  it.each([
    ['create', 's3:PutObject'],
    ['replace', 's3:PutObject'],
    ['read', 's3:GetObject'],
  ] as const)('tells the operator which permission %s lacks, and where', async (verb, action) => {
    const aws = await aFaultyAws(emulator());
    const store = await aBucketStore(aws, { prefix: 'zoom/' });
    aws.fault = ({ path }) => (path.includes('/raw/') ? denied(403, 'AccessDenied') : undefined);

    const failure = await failureMessage(store[verb](KEY, BODY, {}));

    expect(failure).toBeInstanceOf(ConfigurationError);
    expect(failure.message).toMatch(
      new RegExp(
        `denied ${action} on s3://bucket-[-0-9a-f]+/zoom/raw/operation/source=quillmere/dt=2026-11-18/\\.`,
      ),
    );
  });

  it('reports that listing is not permitted', async () => {
    const aws = await aFaultyAws(emulator());
    const store = await aBucketStore(aws);
    aws.fault = () => denied(403, 'AccessDenied');

    const failure = await failureMessage(store.list('raw/operation/'));

    expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'aws-denied' });
    expect(failure.message).toContain('s3:ListBucket');
  });

  it('reports that AWS rejected the credentials', async () => {
    const aws = await aFaultyAws(emulator());
    const store = await aBucketStore(aws);
    aws.fault = () => denied(403, 'InvalidAccessKeyId');

    const failure = await failureMessage(store.list('raw/operation/'));

    expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'aws-credentials' });
    expect(failure.message).toContain('AWS_PROFILE');
  });
});
