import type { FileStore } from '../../../shared/content/ports.ts';
import { CorruptObjectError } from '../../../shared/errors.ts';
import { CallFailed } from '../fault-decisions.ts';
import type { EffectKind, Process, Scheduler } from '../scheduler.ts';
import { type Bucket, storeOf, type StoreWitness } from '../simulated-store.ts';
import type { SimulatedUploads } from './simulated-uploads.ts';

/** What a process needs to reach the bucket. */
export interface FileStoreContext {
  readonly process: Process;
  readonly bucket: Bucket;
  readonly uploads: SimulatedUploads;
  readonly scheduler: Scheduler;
  readonly witness: StoreWitness;
  /** Whether a conditional put or a completion that failed is repeated, as an SDK does. */
  readonly retries: boolean;
  readonly chunkBytes: number;
}

/** The bucket with its uploads as one process sees it: every call is an effect. */
export const fileStoreOf = (context: FileStoreContext): FileStore => {
  const { process, bucket, uploads, scheduler, witness, retries, chunkBytes } = context;
  const store = storeOf(process, bucket, scheduler, witness);
  const effect = <T>(kind: EffectKind, what: string, perform: () => T): Promise<T> =>
    scheduler.effect(process, kind, what, perform);
  /** The repetition of a call that has happened finds its own object. */
  const repeated = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      if (!retries || !(error instanceof CallFailed)) throw error;
      return call();
    }
  };
  return {
    ...store,
    create: (key, body, description) => repeated(() => store.create(key, body, description)),
    beginUpload: (key) => effect('begin', key, () => uploads.begin(key, process, scheduler.now)),
    putPart: (upload, number, body) => {
      const bytes = Buffer.from(body);
      return effect('part', `${number} of ${upload.key}`, () => uploads.putPart(upload, number, bytes));
    },
    partsOf: (upload) => effect('read', `parts of ${upload.key}`, () => uploads.partsOf(upload)),
    completeUpload: (upload, given) => {
      const parts = [...given];
      return repeated(() =>
        effect('complete', upload.key, () =>
          uploads.complete(upload, parts, (body) => witness.created(upload.key, body, process)),
        ),
      );
    },
    abortUpload: (upload) => effect('abort', upload.key, () => uploads.abort(upload)),
    openUploads: (prefix) => effect('list', `uploads of ${prefix}`, () => uploads.list(prefix)),
    sizeOf: (key) => effect('read', `size of ${key}`, () => bucket.read(key)?.length),
    async *readFrom(key, from = 0) {
      const body = await effect('read', key, () => bucket.read(key));
      if (!body) throw new CorruptObjectError(key, 'it does not exist');
      for (let at = from; at < body.length; at += chunkBytes) yield body.subarray(at, at + chunkBytes);
    },
  };
};
