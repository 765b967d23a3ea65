import { countUnprojected, type UnprojectedFilter } from '../shared/app/archive.ts';
import type { ObjectStore } from '../shared/collect/ports.ts';
import type { Format } from '../shared/normalize/index.ts';
import { plural } from './text.ts';

/** Warns of events that a result lacks because their raw objects have no object of a format: one line per format, or none. */
export const unprojectedToText = async (
  store: ObjectStore,
  formats: readonly Format[],
  out: string,
  filter: UnprojectedFilter,
): Promise<string> => {
  let text = '';
  for (const format of formats) {
    const count = await countUnprojected(store, format, filter);
    if (count === 0) continue;
    text +=
      `NOT COMPLETE: ${plural(count, 'raw object')} in ${out} ${count === 1 ? 'has' : 'have'} no ${format} object, so the result ` +
      `lacks their events. Collect the days again with --format ${format}. To list them, run verify.\n`;
  }
  return text;
};
