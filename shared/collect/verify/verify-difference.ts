import { formatCount } from '../../model/format-count.ts';
/**
 * How what is stored can differ from what it should be. The words are stable: machines go by them.
 *
 * | kind                 | the object named                                                                        |
 * | -------------------- | --------------------------------------------------------------------------------------- |
 * | `sequence-gap`       | a numbered object (raw, ledger) is missing, though later ones are there                  |
 * | `missing-object`     | the ledger names it, or projections are made of it, but it isn't there                   |
 * | `missing-projection` | a raw object has it to have, but it isn't there                                          |
 * | `foreign-object`     | no collector writes such an object here: it was added by hand                            |
 * | `damaged-object`     | does not unpack or parse, or isn't packed as we pack                                     |
 * | `object-changed`     | its bytes are not those that the ledger vouches for                                      |
 * | `time-changed`       | its gzip header names another time than the raw object's commit                          |
 * | `line-changed`       | a line that isn't what the raw log gives for that event                                  |
 * | `line-forged`        | a line for an event that the raw log doesn't have, whatever its id looks like            |
 * | `line-added`         | a line too many                                                                          |
 * | `line-missing`       | a line that the raw log gives, and that isn't there                                      |
 * | `line-moved`         | a line out of its order                                                                  |
 * | `newer-mapping`      | lines that a newer version of zoom-log-source wrote: only it can check them              |
 * | `repeated-id`        | an event that stands under two days                                                      |
 * | `ledger-mismatch`    | a ledger entry that doesn't say what the objects say                                     |
 * | `chain-broken`       | a ledger entry that names an entry of the day before that isn't there as it was          |
 * | `zoom-has-more`      | Zoom lists a row of a day gone by that the log lacks                                     |
 * | `not-compared`       | Zoom could not be asked about the day                                                    |
 *
 * And, no more than worth knowing:
 *
 * | `unclosed`           | objects written after the day's newest ledger entry: the next one is due                 |
 * | `zoom-ahead`         | Zoom lists a row of today that the log lacks: the next run brings it                      |
 * | `zoom-has-less`      | a row of the log that Zoom no longer lists; it is kept                                   |
 * | `zoom-unsettled`     | copies across page edges that no two listings prove, for Zoom's list didn't stand still  |
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

/** Whether a difference is only worth knowing, and nothing is wrong. */
export const isNote = ({ kind }: Difference): boolean => NOTES.has(kind);

/** So many of a kind are named in one object; the rest are counted. */
const NAMED = 10;

/** The differences with no more than a few of a kind in one object: a day of 100,000 changed lines stays readable. */
export const truncated = (differences: readonly Difference[]): Difference[] =>
  [...Map.groupBy(differences, ({ kind, key }) => `${kind} ${key}`).values()].flatMap((alike) => {
    const [first] = alike;
    const more = alike.length - NAMED;
    if (!first || more <= 0) return alike;
    const { kind, key } = first;
    const message = `There ${more === 1 ? 'is' : 'are'} ${formatCount(more)} more of this kind in it.`;
    return [...alike.slice(0, NAMED), { kind, key, message }];
  });
