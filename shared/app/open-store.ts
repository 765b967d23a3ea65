import type { Clock, ErasableStore, ObjectStore } from '../collect/ports.ts';
import { FolderStore } from '../local/folder-store.ts';
import { GROUP_READABLE, type Modes, OWNER_ONLY } from '../local/own-folders.ts';
import type { Proxies } from '../model/proxies.ts';
import { systemClock } from '../runtime/clock.ts';
import { type Archive, createArchive } from './archive.ts';

const S3 = 's3://';

/** How a folder or a bucket is opened. */
export interface StoreOptions {
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Lets the group read the files of a folder, too. */
  readonly groupReadable?: boolean | undefined;
  /** On the way to AWS. */
  readonly proxies?: Proxies | undefined;
}

const modesOf = ({ groupReadable }: StoreOptions): Modes => (groupReadable ? GROUP_READABLE : OWNER_ONLY);

/** Opens a folder, which is made if it is not there, or a bucket: what `out` (`s3://bucket/prefix`) names. */
export const openStore = async (out: string, options: StoreOptions): Promise<ObjectStore> => {
  if (!out.startsWith(S3)) return FolderStore.open(out, systemClock.now(), modesOf(options));
  // Only now, so that a laptop without AWS does not load its SDK.
  const { openBucket } = await import('./aws-resources.ts');
  return openBucket(out, options);
};

/** Opens a folder or a bucket that is there, whatever it holds. Throws ConfigurationError for a folder that isn't ours. */
export const openLocalStore = async (out: string, options: StoreOptions): Promise<ErasableStore> => {
  if (!out.startsWith(S3)) return FolderStore.openExisting(out, modesOf(options));
  const { openBucket } = await import('./aws-resources.ts');
  return openBucket(out, options);
};

/** Opens what was collected into a folder or a bucket. Throws ConfigurationError if there is nothing. */
export const openLocalArchive = async (out: string, options: StoreOptions): Promise<Archive> =>
  createArchive(await openCollected(out, options));

/** The store behind what was collected. */
export const openCollected = async (out: string, options: StoreOptions): Promise<ObjectStore> => {
  if (!out.startsWith(S3)) return FolderStore.openExisting(out, modesOf(options));
  const { openCollectedBucket } = await import('./aws-resources.ts');
  return openCollectedBucket(out, options);
};
