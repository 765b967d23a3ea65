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

/** A reading whose row is at hand as JSON, as the raw log has it: then nothing of it need be written twice. */
export interface SerializedRow {
  readonly parsedRow: ParsedRow;
  readonly rowJson: string;
  /** Whether a name stands twice in `rowJson`: no format has such a row but as a text. */
  readonly repeatsName?: boolean;
  readonly provenance: Provenance;
}

/** A reading as a line of a format: that of `eventToLine`, by a shorter way where there is one. */
export const parsedRowToLine = (format: Format, written: SerializedRow, version: OcsfVersion): string =>
  format === 'flat' ? flatLine(written) : ocsfLine(written, version);

/** The envelope, and behind it the row as it was written before. */
const flatLine = (written: SerializedRow): string => {
  const { parsedRow, rowJson, provenance } = written;
  if (isPlain(written) && isDocumented(parsedRow.stream, parsedRow.row)) {
    const envelope = JSON.stringify(parsedRowToEnvelope(parsedRow, provenance));
    const line = `${envelope.slice(0, -1)},${rowJson.slice(1)}\n`;
    if (isShort(line)) return line;
  }
  return eventToLine(parsedRowToFlat(parsedRow, provenance));
};

/** What every event of its sort says, which was written before, and behind it the rest. */
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

/** Whether no text of an event needs a second look: all of them come out of the row, but for the account's id. */
const isPlain = ({ rowJson, repeatsName, provenance }: SerializedRow): boolean =>
  repeatsName !== true &&
  !rowJson.includes('\\u') &&
  !hasLineBreak(provenance.accountId) &&
  provenance.accountId.isWellFormed();
