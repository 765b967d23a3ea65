import { daysBetween } from '../../model/day.ts';
import type { AnySlice, Slice } from '../../model/slice.ts';
import { type AnyStreamName, STREAM_NAMES, type StreamName } from '../../model/stream.ts';
import { ledgerKey } from '../../contract/object-keys.ts';
import type { ObjectStore } from '../ports.ts';
import { readJson } from '../state/state-file.ts';
import { WatermarkSchema } from '../ledger/watermark.ts';
import type { ChainLink } from './verify-chain.ts';
import type { Difference } from './verify-difference.ts';
import { matches, type SliceFilter } from './store-inventory.ts';

/** The selected slices of the logs that have closed according to a watermark, whether or not they have objects. */
export const claimedSlices = (store: ObjectStore, filter: SliceFilter): Promise<Slice[]> =>
  claimedSlicesOf<StreamName>(store, filter, STREAM_NAMES);

/** The same of any streams. */
export const claimedSlicesOf = async <Stream extends AnyStreamName>(
  store: ObjectStore,
  filter: SliceFilter<Stream>,
  streams: readonly Stream[],
): Promise<Slice<Stream>[]> => {
  const slices: Slice<Stream>[] = [];
  for (const { key } of await store.list('watermark/')) {
    const watermark = await readJson(store, key, WatermarkSchema);
    if (!watermark) continue;
    for (const stream of streams) {
      const claim = watermark.streams[stream];
      if (!claim?.complete_from || !claim.closed_up_to) continue;
      const days = daysBetween(claim.complete_from, claim.closed_up_to);
      slices.push(...days.map((day) => ({ source: watermark.source, stream, day })));
    }
  }
  return slices.filter((slice) => matches(slice, filter));
};

/** The missing entries that claims need: the last ones of a chain, which no other entry names. */
export const missingEntries = (claimed: readonly AnySlice[], links: readonly ChainLink[]): Difference[] => {
  const closed = new Set(links.map(({ day }) => day));
  return claimed
    .filter(({ day }) => !closed.has(day))
    .map((slice) => ({
      kind: 'missing-object',
      key: ledgerKey(slice, 0),
      message: 'The watermark says that the day has closed, but its ledger entry is missing: it was removed.',
    }));
};
