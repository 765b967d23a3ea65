import * as z from 'zod';
import { ConfigurationError } from '../errors.ts';
import { SourceNameSchema } from '../model/slice.ts';
import { sourceKey, SOURCES_PREFIX } from './object-keys.ts';
import type { ObjectStore } from './ports.ts';
import { jsonBytes, readJson } from './state-file.ts';

const PinnedSourceSchema = z.object({ name: z.string(), accountId: z.string().min(1) });

/** The Zoom account that a source is tied to; undefined if it was never collected from. */
export const accountOf = async (store: ObjectStore, source: string): Promise<string | undefined> =>
  (await readJson(store, sourceKey(source), PinnedSourceSchema))?.accountId;

/** Throws ConfigurationError if a source is another Zoom account's: its name stands in every key and event id. */
export const assertAccount = async (store: ObjectStore, source: string, accountId: string): Promise<void> => {
  const pinned = await accountOf(store, source);
  if (pinned === undefined || pinned === accountId) return;
  throw new ConfigurationError(
    'another-account',
    `The source "${source}" holds the events of the Zoom account ${pinned}; the credentials are those of ${accountId}. ` +
      `Give the other account a name of its own with --source, or collect it into another folder.`,
  );
};

/** Ties a source to the Zoom account it is first collected from. Throws as `assertAccount` does. */
export const pinAccount = async (store: ObjectStore, source: string, accountId: string): Promise<void> => {
  if ((await accountOf(store, source)) === undefined) {
    await store.create(sourceKey(source), jsonBytes({ name: source, accountId }), {});
  }
  await assertAccount(store, source, accountId);
};

/** The names of the sources that were ever collected from. */
export const listSources = async (store: ObjectStore): Promise<string[]> => {
  const stored = await store.list(SOURCES_PREFIX);
  return stored.flatMap(({ key }) => {
    const name = key.slice(SOURCES_PREFIX.length, -'.json'.length);
    // Whoever can write here chooses the key: a name that no source can have is none.
    return SourceNameSchema.safeParse(name).success && sourceKey(name) === key ? [name] : [];
  });
};
