import { hasSource, knownSources } from '../shared/app/archive.ts';
import type { ObjectStore } from '../shared/collect/ports.ts';
import { ConfigurationError } from '../shared/errors.ts';

/** Throws ConfigurationError, naming the existing sources, if a folder or bucket has no object of a source. */
export const assertSource = async (store: ObjectStore, source: string, out: string): Promise<void> => {
  if (await hasSource(store, source)) return;
  const known = await knownSources(store);
  const there = known.length === 0 ? 'It has no source.' : `It has ${known.join(', ')}.`;
  throw new ConfigurationError('unknown-source', `${out} has no source "${source}". ${there}`);
};
