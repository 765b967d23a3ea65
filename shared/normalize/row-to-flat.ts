import type { StreamName } from '../model/stream.ts';
import { DOCUMENTED_FIELDS } from './documented-fields.ts';
import { isEnvelopeField } from './flat-event.ts';

/** The fields of a row in a flat record. */
export interface FlatRow {
  readonly top: Readonly<Record<string, unknown>>;
  /** Fields that can't be at the top. */
  readonly quarantined?: Readonly<Record<string, unknown>>;
}

/** Keeps a row's fields at the top, except those with a name of ours or that would break a reader: these are moved, verbatim. */
export const rowToFlat = (stream: StreamName, row: Readonly<Record<string, unknown>>): FlatRow => {
  const documented = DOCUMENTED_FIELDS[stream];
  const unknown = Object.keys(row).filter((name) => !documented.has(name));
  const quarantined = new Set(unknown.filter(unreadableIn(documented, unknown)));
  if (quarantined.size === 0) return { top: row };

  // fromEntries defines a field called __proto__, where an assignment would change the object's prototype.
  const fields = Object.entries(row);
  return {
    top: Object.fromEntries(fields.filter(([name]) => !quarantined.has(name))),
    quarantined: Object.fromEntries(fields.filter(([name]) => quarantined.has(name))),
  };
};

/**
 * Athena rejects a column that is a partition as well; in DuckDB the partition takes precedence. `_row` is ours, and so was
 * `_connector` in lines of mapping version 1.
 */
const RESERVED: ReadonlySet<string> = new Set(['source', 'dt', 'class', '_connector', '_row']);
/** Panther's own prefix, which logs must not use. */
const PANTHER = 'p_';

const unreadableIn = (documented: ReadonlySet<string>, unknown: readonly string[]) => {
  const spellings = new Map<string, number>();
  for (const name of unknown) spellings.set(folded(name), (spellings.get(folded(name)) ?? 0) + 1);

  return (name: string): boolean => {
    const read = folded(name);
    if (read.startsWith(PANTHER) || isTaken(documented, read) || isTaken(documented, outermost(read)))
      return true;
    return (spellings.get(read) ?? 0) > 1;
  };
};

/** Not for documented fields: such a name is another spelling of one. */
const isTaken = (documented: ReadonlySet<string>, name: string): boolean =>
  RESERVED.has(name) || isEnvelopeField(name) || documented.has(name);

/**
 * A name as readers that ignore case see it: two names that fold to the same one would hide each other. Upper case first, as
 * Java compares, because then `ſ` and `ı` become `s` and `i`.
 */
const folded = (name: string): string => name.toUpperCase().toLowerCase();

/** The field that Elastic and Splunk read `detail.status` and `any_emails{}` into. */
const outermost = (name: string): string => name.replace(/[.{[].*/s, '');
