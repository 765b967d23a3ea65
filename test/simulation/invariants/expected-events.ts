import { instantOf } from '../../../shared/model/instant.ts';
import { createHash } from 'node:crypto';
import type { StreamName } from '../../../shared/model/stream.ts';
import {
  eventToLine,
  type Format,
  jsonToLine,
  parsedRowToFlat,
  parsedRowToOcsf,
  parseRow,
} from '../../../shared/normalize/index.ts';
import { parseTime } from '../../../simulator/calendar.ts';

/** The identity fields of a row, by Zoom's documentation: stated again here, independently of the product. */
const IDENTITY: Readonly<Record<StreamName, readonly string[]>> = {
  operation: ['action', 'category_type', 'operation_detail', 'operator', 'time'],
  activity: ['client_type', 'email', 'ip_address', 'time', 'type', 'version'],
};

const NAMESPACE = Buffer.from('2d131e78482f5147b1ff963ac6f44e31', 'hex');

/** A row of a raw object, with the values that depend on earlier objects. */
export interface ExpectedEvent {
  readonly row: unknown;
  /** As RFC 3339; empty if the row is no event. */
  readonly time: string;
  /** Its event id; of a row that is no event, its digest. */
  readonly id: string;
}

/** Names the rows of raw objects, in the order of their numbers: the occurrence counts over the whole slice. */
export class RowNames {
  readonly #source: string;
  readonly #stream: StreamName;
  readonly #copies = new Map<string, number>();

  constructor(source: string, stream: StreamName) {
    this.#source = source;
    this.#stream = stream;
  }

  next(row: unknown): ExpectedEvent {
    const fields =
      typeof row === 'object' && row !== null && !Array.isArray(row)
        ? (row as Record<string, unknown>)
        : undefined;
    const instant = parseTime(fields?.['time']);
    const time = instant === undefined ? '' : new Date(instant).toISOString();
    const digest = createHash('sha256')
      .update(canonical(this.#stream, row, fields, time))
      .digest('hex');
    const occurrence = this.#copies.get(digest) ?? 0;
    this.#copies.set(digest, occurrence + 1);
    const name = `v1\n${this.#source}\n${this.#stream}\n${time.slice(0, 10)}\n${digest}\n${occurrence}`;
    return { row, time, id: time === '' ? digest : uuid5(name) };
  }
}

const canonical = (
  stream: StreamName,
  row: unknown,
  fields: Record<string, unknown> | undefined,
  time: string,
): string =>
  fields
    ? JSON.stringify(
        Object.fromEntries(
          IDENTITY[stream]
            .filter((name) => fields[name] !== undefined && fields[name] !== null)
            .map((name) => [name, name === 'time' && time !== '' ? time : fields[name]]),
        ),
      )
    : JSON.stringify(row);

const uuid5 = (name: string): string => {
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** The expected text of a projection of a raw object: a function of its rows, their names and its time only. */
export const expectedText = (
  kind: Format | 'rejected',
  stream: StreamName,
  events: readonly ExpectedEvent[],
  ingestTime: Date,
  accountId: string,
): string =>
  [...events]
    .filter(({ time }) => (time === '') === (kind === 'rejected'))
    .sort((a, b) => compare(a.time, b.time) || compare(a.id, b.id))
    .map(({ row, id }) => {
      if (kind === 'rejected') return jsonToLine(row);
      const parsedRow = parseRow(stream, row);
      if (!parsedRow) return 'a row that cannot be read\n';
      const provenance = { eventId: id, ingestTime: instantOf(ingestTime), accountId };
      return eventToLine(
        kind === 'flat'
          ? parsedRowToFlat(parsedRow, provenance)
          : parsedRowToOcsf(parsedRow, provenance, '1.8.0'),
      );
    })
    .join('');

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** SHA-256 over sorted ids, each followed by LF: what a ledger entry calls its digest. */
export const digestOf = (ids: readonly string[]): string => {
  const digest = createHash('sha256');
  for (const id of [...ids].sort()) digest.update(`${id}\n`);
  return digest.digest('hex');
};
