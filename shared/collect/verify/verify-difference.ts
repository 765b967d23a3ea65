import { formatCount } from '../../model/format-count.ts';
/**
 * How stored objects can differ from what they should be. The words are stable: programs rely on them.
 *
 * | kind                 | the object named                                                                        |
 * | -------------------- | --------------------------------------------------------------------------------------- |
 * | `sequence-gap`       | a numbered object (raw, ledger) is missing, although later ones exist                    |
 * | `missing-object`     | the ledger names it, or projections were made from it, but it is missing                 |
 * | `missing-projection` | a raw object requires it, but it is missing                                              |
 * | `foreign-object`     | the collector writes no such object here: it was added by hand                           |
 * | `damaged-object`     | cannot be decompressed or parsed, or is not compressed in our form                       |
 * | `object-changed`     | its bytes differ from the ledger                                                         |
 * | `time-changed`       | the time in its gzip header differs from the raw object's commit                         |
 * | `line-changed`       | a line that differs from the raw log                                                     |
 * | `line-forged`        | a line for an event that the raw log doesn't have, with any id                           |
 * | `line-added`         | an extra line                                                                            |
 * | `line-missing`       | a line that the raw log requires, but that is missing                                    |
 * | `line-moved`         | a line out of order                                                                      |
 * | `newer-mapping`      | lines that a newer version of zoom-log-source wrote: only it can check them              |
 * | `repeated-id`        | an event that is stored under two days                                                   |
 * | `ledger-mismatch`    | a ledger entry that differs from the objects                                             |
 * | `chain-broken`       | a ledger entry whose entry of the day before was changed or removed                      |
 * | `file-changed`       | a file whose size or SHA-256 differs from its line of custody                            |
 * | `file-unnamed`       | a file of a listed row that no line of custody names                                     |
 * | `custody-mismatch`   | a line of custody that contradicts the rows, another line or the file                    |
 * | `zoom-has-more`      | Zoom lists a row of a past day that the log lacks                                        |
 * | `not-compared`       | Zoom could not be queried for the day                                                    |
 *
 * Notes, which are not errors:
 *
 * | `unclosed`           | objects written after the day's newest ledger entry: the next one is due                 |
 * | `zoom-ahead`         | Zoom lists a row of today that the log lacks: the next run collects it                   |
 * | `zoom-has-less`      | a row of the log that Zoom no longer lists; it is kept                                   |
 * | `zoom-unsettled`     | copies across page edges that no two listings prove, because Zoom's list changed         |
 */
export type DifferenceKind =
  | 'sequence-gap'
  | 'missing-object'
  | 'missing-projection'
  | 'foreign-object'
  | 'damaged-object'
  | 'object-changed'
  | 'time-changed'
  | 'line-changed'
  | 'line-forged'
  | 'line-added'
  | 'line-missing'
  | 'line-moved'
  | 'newer-mapping'
  | 'repeated-id'
  | 'ledger-mismatch'
  | 'chain-broken'
  | 'file-changed'
  | 'file-unnamed'
  | 'custody-mismatch'
  | 'zoom-has-more'
  | 'not-compared'
  | NoteKind;

type NoteKind = 'unclosed' | 'zoom-ahead' | 'zoom-has-less' | 'zoom-unsettled';

const NOTES: ReadonlySet<DifferenceKind> = new Set<NoteKind>([
  'unclosed',
  'zoom-ahead',
  'zoom-has-less',
  'zoom-unsettled',
]);

/** One difference, by name: the object, the line of it (from 1 on) where there is one, and what it means. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly key: string;
  readonly line?: number;
  readonly message: string;
}

/** Whether a difference is only a note, not an error. */
export const isNote = ({ kind }: Difference): boolean => NOTES.has(kind);

/** The number of differences of a kind that are named in one object; the rest are counted. */
const NAMED = 10;

/** The differences with no more than a few of a kind in one object: a day of 100,000 changed lines stays readable. */
export const truncated = (differences: readonly Difference[]): Difference[] =>
  [...Map.groupBy(differences, ({ kind, key }) => `${kind} ${key}`).values()].flatMap((alike) => {
    const [first] = alike;
    const more = alike.length - NAMED;
    if (!first || more <= 0) return alike;
    const { kind, key } = first;
    const message = `There ${more === 1 ? 'is' : 'are'} ${formatCount(more)} more of this kind in this object.`;
    return [...alike.slice(0, NAMED), { kind, key, message }];
  });
