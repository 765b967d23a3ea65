import type { Clock, ErasableStore } from '../collect/ports.ts';
import type { FileStore } from '../content/ports.ts';
import { FolderStore } from '../local/folder-store.ts';
import { GROUP_READABLE, type Modes, OWNER_ONLY } from '../local/own-folders.ts';
import type { Proxies } from '../model/proxies.ts';
import { systemClock } from '../runtime/clock.ts';
import { type Archive, createArchive } from './archive.ts';

const S3 = 's3://';

/** The options for opening a folder or a bucket. */
export interface StoreOptions {
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Whether the group may read the files of a folder, too. */
  readonly groupReadable?: boolean | undefined;
  /** The proxies for AWS. */
  readonly proxies?: Proxies | undefined;
}

const modesOf = ({ groupReadable }: StoreOptions): Modes => (groupReadable ? GROUP_READABLE : OWNER_ONLY);

/** Opens the folder or bucket (`s3://bucket/prefix`) that `out` names. A missing folder is created. */
export const openStore = async (out: string, options: StoreOptions): Promise<FileStore> => {
  if (!out.startsWith(S3)) return FolderStore.open(out, systemClock.now(), modesOf(options));
  // Imported late, so that a laptop without AWS does not load its SDK.
  const { openBucket } = await import('./aws-resources.ts');
  return openBucket(out, options);
};

/** Opens an existing folder or bucket with any contents. Throws ConfigurationError for a folder that isn't ours. */
export const openLocalStore = async (out: string, options: StoreOptions): Promise<ErasableStore> => {
  if (!out.startsWith(S3)) return FolderStore.openExisting(out, modesOf(options));
  const { openBucket } = await import('./aws-resources.ts');
  return openBucket(out, options);
};

/** Opens what was collected into a folder or a bucket. Throws ConfigurationError if there is nothing. */
export const openLocalArchive = async (out: string, options: StoreOptions): Promise<Archive> =>
  createArchive(await openCollected(out, options));

/** The store behind what was collected. */
export const openCollected = async (out: string, options: StoreOptions): Promise<FileStore> => {
  if (!out.startsWith(S3)) return FolderStore.openExisting(out, modesOf(options));
  const { openCollectedBucket } = await import('./aws-resources.ts');
  return openCollectedBucket(out, options);
};
