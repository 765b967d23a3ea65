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
    const { version } = filter;
    const name = version === undefined ? format : `${format}.${version}`;
    const remedy =
      version === undefined
        ? `Collect the days again with --format ${format}. To list them, run verify.`
        : `Run replay --into ${version} over all days.`;
    text +=
      `NOT COMPLETE: ${plural(count, 'raw object')} in ${out} ${count === 1 ? 'has' : 'have'} no ${name} object, so the result ` +
      `lacks their events. ${remedy}\n`;
  }
  return text;
};
