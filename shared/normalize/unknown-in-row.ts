import { fieldsOf, type RawRow } from '../model/raw-row.ts';
import type { StreamName } from '../model/stream.ts';
import { wellFormed } from '../model/well-formed.ts';
import { DOCUMENTED_FIELDS } from './documented-fields.ts';
import { isKnownCategory } from './operation-to-area.ts';
import { textOf } from './text.ts';

/** The names in a row that this release does not know. The row is delivered nonetheless. */
export interface UnknownInRow {
  /** As Zoom wrote it. */
  readonly category: string | undefined;
  readonly fields: readonly string[];
}

/** Sign-ins have no category. */
const CATEGORIES: Readonly<Record<StreamName, (row: Fields) => string | undefined>> = {
  operation: (row) => textOf(row['category_type']),
  activity: () => undefined,
};
type Fields = Readonly<Record<string, unknown>>;

/** The names in a row that this release does not know; none for a row that is not an object. */
export const unknownInRow = (stream: StreamName, row: RawRow): UnknownInRow => {
  const fields = wellFormed(fieldsOf(row) ?? {});
  const documented = DOCUMENTED_FIELDS[stream];
  const category = CATEGORIES[stream](fields);
  return {
    category: category === undefined || isKnownCategory(category) ? undefined : category,
    fields: Object.keys(fields).filter((name) => !documented.has(name)),
  };
};
