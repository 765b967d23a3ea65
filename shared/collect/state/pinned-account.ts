import * as z from 'zod';
import { ConfigurationError } from '../../errors.ts';
import { SourceNameSchema } from '../../model/slice.ts';
import { sourceKey, SOURCES_PREFIX } from '../../contract/object-keys.ts';
import type { ObjectStore } from '../ports.ts';
import { jsonBytes, readJson } from './state-file.ts';

const PinnedSourceSchema = z.object({ name: z.string(), accountId: z.string().min(1) });

/** The Zoom account that a source is linked to; undefined if it was never collected. */
export const accountOf = async (store: ObjectStore, source: string): Promise<string | undefined> =>
  (await readJson(store, sourceKey(source), PinnedSourceSchema))?.accountId;

/** Throws ConfigurationError if a source belongs to another Zoom account: its name is in every key and event id. */
export const assertAccount = async (store: ObjectStore, source: string, accountId: string): Promise<void> => {
  const pinned = await accountOf(store, source);
  if (pinned === undefined || pinned === accountId) return;
  throw new ConfigurationError(
    'another-account',
    `The source "${source}" has events of the Zoom account ${pinned}, but the credentials are for ${accountId}. ` +
      `Choose another name for that account with --source, or collect it into another folder.`,
  );
};

/** Links a source to the Zoom account from which it is first collected. Throws as `assertAccount` does. */
export const pinAccount = async (store: ObjectStore, source: string, accountId: string): Promise<void> => {
  if ((await accountOf(store, source)) === undefined) {
    await store.create(sourceKey(source), jsonBytes({ name: source, accountId }), {});
  }
  await assertAccount(store, source, accountId);
};

/** The records of all sources that were ever collected. */
export interface SourceFiles {
  readonly names: readonly string[];
  /** Keys of files that name no valid source: they were added by hand. */
  readonly foreign: readonly string[];
}

/** Reads which sources were ever collected from. A name that no source can have is never used. */
export const readSourceFiles = async (store: ObjectStore): Promise<SourceFiles> => {
  const keys = (await store.list(SOURCES_PREFIX)).map(({ key }) => key).filter((key) => key.endsWith(ENDING));
  const nameOf = (key: string): string => key.slice(SOURCES_PREFIX.length, -ENDING.length);
  const isSource = (key: string): boolean =>
    SourceNameSchema.safeParse(nameOf(key)).success && sourceKey(nameOf(key)) === key;
  return { names: keys.filter(isSource).map(nameOf), foreign: keys.filter((key) => !isSource(key)) };
};

const ENDING = '.json';

/** The names of the sources that were ever collected from. */
export const listSources = async (store: ObjectStore): Promise<readonly string[]> =>
  (await readSourceFiles(store)).names;
