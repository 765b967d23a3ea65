import type { StreamName } from '../model/stream.ts';
import { DOCUMENTED_FIELDS } from './documented-fields.ts';
import { isEnvelopeField } from './flat-event.ts';

/** The fields of a row as they stand in a flat record. */
export interface FlatRow {
  readonly top: Readonly<Record<string, unknown>>;
  /** Fields that can't stand at the top. */
  readonly aside?: Readonly<Record<string, unknown>>;
  /** Names of the envelope that the row has taken. */
  readonly taken: ReadonlySet<string>;
}

/** Leaves a row's fields at the top, but for those that would break a reader: these go aside, verbatim. */
export const rowToFlat = (stream: StreamName, row: Readonly<Record<string, unknown>>): FlatRow => {
  const documented = DOCUMENTED_FIELDS[stream];
  const unknown = Object.keys(row).filter((name) => !documented.has(name));
  if (unknown.length === 0) return { top: row, taken: NONE };

  const isUnreadable = unreadableIn(documented, unknown);
  const aside = new Set(unknown.filter(isUnreadable));
  const taken = new Set(unknown.filter(isEnvelopeField));
  if (aside.size === 0) return { top: row, taken };

  // fromEntries defines a field called __proto__, where an assignment would change the object's prototype.
  const fields = Object.entries(row);
  return {
    top: Object.fromEntries(fields.filter(([name]) => !aside.has(name))),
    aside: Object.fromEntries(fields.filter(([name]) => aside.has(name))),
    taken,
  };
};

const NONE: ReadonlySet<string> = new Set();

/** Athena refuses a column that is a partition, too; DuckDB lets the partition win. The last two are our own. */
const RESERVED: ReadonlySet<string> = new Set(['source', 'dt', 'class', '_connector', '_row']);
/** Panther's own, which nothing sent to it may hold. */
const PANTHER = 'p_';

/** Readers fold the case of names: one that folds to another's would hide it. */
const unreadableIn = (documented: ReadonlySet<string>, unknown: readonly string[]) => {
  const spellings = new Map<string, number>();
  for (const name of unknown) spellings.set(name.toLowerCase(), (spellings.get(name.toLowerCase()) ?? 0) + 1);

  return (name: string): boolean => {
    const folded = name.toLowerCase();
    if (RESERVED.has(folded) || folded.startsWith(PANTHER)) return true;
    if (name === folded) return false;
    return documented.has(folded) || isEnvelopeField(folded) || (spellings.get(folded) ?? 0) > 1;
  };
};
