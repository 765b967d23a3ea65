import { isDocumented } from './documented-fields.ts';
import type { Format, OcsfVersion, Provenance } from './format.ts';
import { hasLineBreak } from '../model/json-text.ts';
import { wellFormedJson } from '../model/well-formed.ts';
import { eventToLine, isShort } from './line.ts';
import { OCSF_DIALECTS } from './ocsf-dialect.ts';
import { ocsfKindJson } from './ocsf-kind.ts';
import type { ParsedRow } from './parsed-row.ts';
import { parsedRowToEnvelope, parsedRowToFlat } from './parsed-row-to-flat.ts';
import { ocsfActivityOf, parsedRowToOcsf, parsedRowToOcsfFacts } from './parsed-row-to-ocsf.ts';

/** A parsed row with its JSON from the raw log, so that it is not serialized again. */
export interface SerializedRow {
  readonly parsedRow: ParsedRow;
  readonly rowJson: string;
  /** Whether `rowJson` repeats a name: formats contain such a row only as text. */
  readonly repeatsName?: boolean;
  readonly provenance: Provenance;
}

/** A parsed row as a line of a format: the same line as `eventToLine`, by a faster way if possible. */
export const parsedRowToLine = (format: Format, written: SerializedRow, version: OcsfVersion): string =>
  format === 'flat' ? flatLine(written) : ocsfLine(written, version);

/** The envelope, followed by the row as it was serialized before. */
const flatLine = (written: SerializedRow): string => {
  const { parsedRow, rowJson, provenance } = written;
  if (isPlain(written) && isDocumented(parsedRow.stream, parsedRow.row)) {
    const envelope = JSON.stringify(parsedRowToEnvelope(parsedRow, provenance));
    const line = `${envelope.slice(0, -1)},${rowJson.slice(1)}\n`;
    if (isShort(line)) return line;
  }
  return eventToLine(parsedRowToFlat(parsedRow, provenance));
};

/** The attributes of the kind, which were serialized in advance, followed by the rest. */
const ocsfLine = (written: SerializedRow, version: OcsfVersion): string => {
  const { parsedRow, rowJson, provenance } = written;
  if (isPlain(written) && rowJson.length <= (OCSF_DIALECTS[version].longestText ?? Infinity)) {
    const kind = ocsfKindJson(ocsfActivityOf(parsedRow, version), parsedRow.outcome);
    const facts = JSON.stringify(parsedRowToOcsfFacts(parsedRow, provenance, version, rowJson));
    const line = `${kind},${facts.slice(1)}\n`;
    if (isShort(line)) return line;
  }
  const rawData = written.repeatsName === true ? wellFormedJson(rowJson) : JSON.stringify(parsedRow.row);
  return eventToLine(parsedRowToOcsf(parsedRow, provenance, version, rawData));
};

/** Whether no text of an event needs another check: all of them are from the row, except the account's id. */
const isPlain = ({ rowJson, repeatsName, provenance }: SerializedRow): boolean =>
  repeatsName !== true &&
  !rowJson.includes('\\u') &&
  !hasLineBreak(provenance.accountId) &&
  provenance.accountId.isWellFormed();
