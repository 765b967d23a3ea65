import { hash } from 'node:crypto';
import { type LedgerEntry, publishEntry, type SealedEntry } from '../../../shared/collect/ledger/ledger.ts';
import type { ObjectStore } from '../../../shared/collect/ports.ts';
import { addDays } from '../../../shared/model/day.ts';
import { identify } from '../../../shared/model/raw-row.ts';
import type { Slice } from '../../../shared/model/slice.ts';
import { linesUnder } from '../delivered.ts';

/** The correct entry for the stored objects of a slice, computed from raw rows and flat lines. */
export const aLedgerEntry = async (
  store: ObjectStore,
  slice: Slice,
  fields: Partial<LedgerEntry> = {},
): Promise<LedgerEntry> => {
  const { source, stream, day } = slice;
  const under = (kind: string): string => `${kind}/${stream}/source=${source}/dt=${day}/`;
  const rows = await linesUnder(store, under('raw'));
  const events = (await linesUnder(store, under('flat'))) as { event_id: string; event_time: string }[];
  const ids = events.map(({ event_id }) => `${event_id}\n`).sort();
  const times = events.map(({ event_time }) => event_time).sort();
  const objects: LedgerEntry['objects'] = [];
  for (const kind of ['raw', 'flat', 'ocsf', 'rejected']) {
    for (const { key } of await store.list(under(kind))) {
      objects.push({ key, sha256: hash('sha256', (await store.read(key)) ?? '', 'hex') });
    }
  }
  const closedAt = new Date(`${addDays(day, 4)}T00:10:00.000Z`).toISOString();
  return {
    source,
    stream,
    day,
    revision: 0,
    verdict: 'complete',
    rows: rows.length,
    distinct: new Set(rows.map((row) => identify(stream, row).digest)).size,
    rejected: rows.length - events.length,
    mapping: 1,
    digest: hash('sha256', ids.join(''), 'hex'),
    ...(times.length > 0 && { first_event: times[0], last_event: times.at(-1) }),
    pages: 1,
    requests: 4,
    objects,
    opened_at: `${day}T00:05:00.000Z`,
    listed_at: closedAt,
    closed_at: closedAt,
    late_after_close: 0,
    vanished: 0,
    previous: null,
    ...fields,
  };
};

/** Closes days in order, each naming the one before. */
export const closeInChain = async (store: ObjectStore, slices: readonly Slice[]): Promise<SealedEntry[]> => {
  const sealed: SealedEntry[] = [];
  for (const slice of slices) {
    const previous = sealed.at(-1)?.sha256 ?? null;
    const entry = await publishEntry(store, await aLedgerEntry(store, slice, { previous }));
    if (!entry) throw new Error(`${slice.day} had closed`);
    sealed.push(entry);
  }
  return sealed;
};
