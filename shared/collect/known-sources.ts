import { CONTENT_STREAM_NAMES } from '../model/content-stream.ts';
import { SourceNameSchema } from '../model/slice.ts';
import { STREAM_NAMES } from '../model/stream.ts';
import { AUDIT_ROOT, RUNS_ROOT, sourceOfKey, streamPrefix } from '../contract/object-keys.ts';
import { listSources } from './state/pinned-account.ts';
import type { ObjectStore } from './ports.ts';

/** The names of the sources that were ever run, also those whose runs all failed before anything was stored. */
export const knownSources = async (store: ObjectStore): Promise<string[]> => {
  // One after the other: if the first request is refused, there is no second one.
  const collected = await listSources(store);
  const runs = await store.list(RUNS_ROOT);
  const ran = runs.flatMap(({ key }) => sourceOfKey(key) ?? []);
  return [...new Set([...collected, ...ran])].filter(isName).sort();
};

/** Whether a store contains anything of a source: a run, an object without its state, or a line of the audit log. */
export const hasSource = async (store: ObjectStore, source: string): Promise<boolean> => {
  if ((await knownSources(store)).includes(source)) return true;
  const prefixes = [
    ...[...STREAM_NAMES, ...CONTENT_STREAM_NAMES].map((stream) => streamPrefix('raw', { source, stream })),
    `${AUDIT_ROOT}source=${source}/`,
  ];
  for (const prefix of prefixes) if ((await store.list(prefix)).length > 0) return true;
  return false;
};

const isName = (name: string): boolean => SourceNameSchema.safeParse(name).success;
