import { hash } from 'node:crypto';
import { formatCount } from '../../model/format-count.ts';
import { fieldsOf } from '../../model/raw-row.ts';
import { type AnySlice, labelOf } from '../../model/slice.ts';
import { type LedgerEntry, LedgerEntrySchema } from '../ledger/ledger.ts';
import {
  ledgerKey,
  ledgerPrefix,
  ledgerRevisionOf,
  type LogRoot,
  objectKey,
} from '../../contract/object-keys.ts';
import type { ObjectStore } from '../ports.ts';
import { jsonBytes } from '../state/state-file.ts';
import type { Difference } from './verify-difference.ts';
import { gapBefore } from './verify-log.ts';
import type { Totals } from './verify-totals.ts';

/** A ledger entry as it was found. */
export interface FoundEntry {
  readonly key: string;
  readonly slice: AnySlice;
  readonly revision: number;
  /** SHA-256 of its bytes, by which the entry of the next day names it. */
  readonly sha256: string;
  /** Undefined if it can't be read. */
  readonly entry: LedgerEntry | undefined;
}

/** The entries of a slice, oldest revision first, and the problems within them. */
export const readEntriesStrictly = async (
  store: ObjectStore,
  slice: AnySlice,
): Promise<{ entries: FoundEntry[]; differences: Difference[] }> => {
  const entries: FoundEntry[] = [];
  const differences: Difference[] = [];
  let next = 0;
  for (const { key } of await store.list(ledgerPrefix(slice))) {
    const revision = ledgerRevisionOf(key);
    if (revision === undefined || key !== ledgerKey(slice, revision)) {
      const message = 'No ledger entry has such a name: it was added by hand.';
      differences.push({ kind: 'foreign-object', key, message });
      continue;
    }
    if (revision > next) differences.push(gapBefore(revision, next, (missing) => ledgerKey(slice, missing)));
    next = revision + 1;

    const bytes = (await store.read(key)) ?? Buffer.alloc(0);
    const parsed = parseEntry(bytes);
    const problem = parsed
      ? misplaced(parsed, slice, revision)
      : "it is not an entry, or not in the collector's form";
    if (problem !== undefined) {
      const message = `The ledger entry is damaged: ${problem}. It proves nothing.`;
      differences.push({ kind: 'damaged-object', key, message });
    }
    const entry = problem === undefined ? parsed : undefined;
    entries.push({ key, slice, revision, sha256: hash('sha256', bytes, 'hex'), entry });
  }
  return { entries, differences };
};

const parseEntry = (bytes: Buffer): LedgerEntry | undefined => {
  try {
    const json: unknown = JSON.parse(bytes.toString('utf8'));
    return jsonBytes(json).equals(bytes) ? LedgerEntrySchema.safeParse(json).data : undefined;
  } catch {
    return undefined;
  }
};

const misplaced = (entry: LedgerEntry, slice: AnySlice, revision: number): string | undefined =>
  labelOf(entry) === labelOf(slice) && entry.revision === revision
    ? undefined
    : `it is about ${labelOf(entry)}, revision ${entry.revision}`;

/** The number of objects of a log in an entry. */
export const objectsOfLogIn = ({ objects }: LedgerEntry, root: LogRoot): number =>
  objects.filter(({ key }) => key.startsWith(`${root}/`)).length;

/** The figures about the files of a slice that can be computed again. */
export type FileFigures = Omit<NonNullable<LedgerEntry['content']>, 'units'>;

/** The stored objects of a slice, with which its ledger entries are compared. */
export interface StoredSlice {
  /** SHA-256 by key of all objects delivered for it. */
  readonly objects: ReadonlyMap<string, string>;
  /** The totals of the log after a number of its objects; undefined if some of them can't be read. */
  readonly totalsAfter: (rawObjects: number) => Totals | undefined;
  /** Of content: the figures about its files after a number of objects of each log; undefined as above. */
  readonly filesAfter?: (rawObjects: number, custodyObjects: number) => FileFigures | undefined;
}

/** Compares the entries of a slice with the stored objects: the newest for its objects, each for its figures. */
export const verifyEntries = (
  slice: AnySlice,
  entries: readonly FoundEntry[],
  stored: StoredSlice,
): Difference[] => {
  const newest = entries.at(-1);
  return entries.flatMap((found) => {
    const { key, entry } = found;
    if (!entry) return [];
    const isNewest = found === newest;
    const vouched = isNewest ? stored.objects : hashesOf(newest?.entry ?? entry);
    return [
      ...(isNewest ? compareStored(entry, stored.objects) : compareRevisions(key, entry, vouched)),
      ...(isNewest ? unclosed(key, entry, stored.objects) : []),
      ...compareTotals(key, slice, entry, stored),
    ];
  });
};

const hashesOf = ({ objects }: LedgerEntry): Map<string, string> =>
  new Map(objects.map(({ key, sha256 }) => [key, sha256]));

const compareStored = ({ objects }: LedgerEntry, stored: ReadonlyMap<string, string>): Difference[] =>
  objects.flatMap(({ key, sha256 }): Difference[] => {
    const is = stored.get(key);
    if (is === sha256) return [];
    return is === undefined
      ? [
          {
            kind: 'missing-object',
            key,
            message: 'The ledger names it, but it is missing: it was removed.',
          },
        ]
      : [
          {
            kind: 'object-changed',
            key,
            message: `Its SHA-256 is ${is}, but the ledger has ${sha256}.`,
          },
        ];
  });

/** Objects are never changed or removed, so a later revision names all that an earlier one did. */
const compareRevisions = (
  key: string,
  { objects }: LedgerEntry,
  later: ReadonlyMap<string, string>,
): Difference[] => {
  const odd = objects.filter((object) => later.get(object.key) !== object.sha256).map((object) => object.key);
  const message = `It differs from the newest revision in ${odd.join(', ')}.`;
  return odd.length === 0 ? [] : [{ kind: 'ledger-mismatch', key, message }];
};

const unclosed = (key: string, entry: LedgerEntry, stored: ReadonlyMap<string, string>): Difference[] => {
  const vouched = hashesOf(entry);
  const more = [...stored.keys()].filter((object) => !vouched.has(object));
  const message = `${formatCount(more.length)} of its day's objects were written later and await the next revision: ${more.join(', ')}.`;
  return more.length === 0 ? [] : [{ kind: 'unclosed', key, message }];
};

const compareTotals = (
  key: string,
  slice: AnySlice,
  entry: LedgerEntry,
  { totalsAfter, filesAfter }: StoredSlice,
): Difference[] => {
  for (const root of ['raw', 'custody'] as const) {
    const ofLog = entry.objects.filter((object) => object.key.startsWith(`${root}/`));
    if (ofLog.every((object, sequence) => object.key === objectKey(root, slice, sequence))) continue;
    const message = `The ${root} objects that it names are not the first of its day, in order.`;
    return [{ kind: 'ledger-mismatch', key, message }];
  }
  const [raw, custody] = [objectsOfLogIn(entry, 'raw'), objectsOfLogIn(entry, 'custody')];
  const totals = totalsAfter(raw);
  const files = filesAfter?.(raw, custody);
  const wrong = [
    ...(totals ? departures(fieldsOf(entry) ?? {}, { ...NO_TOTALS, ...totals }, 'the log has') : []),
    ...(files ? departures(fieldsOf(entry.content) ?? {}, files, 'both logs give') : []),
  ];
  return wrong.length === 0
    ? []
    : [{ kind: 'ledger-mismatch', key, message: `Its ${wrong.join('; its ')}.` }];
};

/** The figures that differ from the computed ones, as parts of a sentence. */
const departures = (
  says: Readonly<Record<string, unknown>>,
  computed: Readonly<Record<string, unknown>>,
  what: string,
): string[] =>
  Object.entries(computed)
    .filter(([name, value]) => says[name] !== value)
    .map(([name, value]) => `${name} is ${String(says[name])}, but ${what} ${String(value)}`);

/** An entry of a day without events has no times. */
const NO_TOTALS = { first_event: undefined, last_event: undefined };
