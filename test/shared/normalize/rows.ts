import { instantOf } from '../../../shared/model/instant.ts';
import type { StreamName } from '../../../shared/model/stream.ts';
import {
  parsedRowToFlat,
  parsedRowToOcsf,
  parseRow,
  type FlatEvent,
  type OcsfEvent,
  type OcsfVersion,
  type Provenance,
  type ParsedRow,
} from '../../../shared/normalize/index.ts';

export type Row = Readonly<Record<string, unknown>>;

/** A row of the operation log; `undefined` leaves a field out. */
export const anOperation = (fields: Row = {}): Row =>
  present({
    time: '2026-03-04T05:06:07Z',
    operator: 'it@acme.test',
    category_type: 'User',
    action: 'Update',
    operation_detail: 'Update User ann@acme.test  - Job Title: set to Driver',
    ...fields,
  });

/** A row of the sign in / sign out report; `undefined` leaves a field out. */
export const anActivity = (fields: Row = {}): Row =>
  present({
    email: 'ann@acme.test',
    time: '2026-03-04T05:06:07Z',
    type: 'Sign in',
    ip_address: '198.51.100.7',
    client_type: 'Browser',
    version: '-',
    ...fields,
  });

const present = (fields: Row): Row =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

export const PROVENANCE: Provenance = {
  eventId: '0d4b1f4e-7d0a-5d0e-9b57-1c1f4f1f6a01',
  ingestTime: instantOf(new Date('2026-03-04T05:20:00Z')),
  accountId: 'qWeRtYuIoP0123456789aA',
};

/** The reading of a row that can be placed. */
export const parsedRowOf = (stream: StreamName, row: unknown): ParsedRow => {
  const parsedRow = parseRow(stream, row);
  if (!parsedRow) throw new Error(`not placeable: ${JSON.stringify(row)}`);
  return parsedRow;
};

export const flatOf = (stream: StreamName, row: unknown): FlatEvent =>
  parsedRowToFlat(parsedRowOf(stream, row), PROVENANCE);

export const ocsfOf = (stream: StreamName, row: unknown, version: OcsfVersion = '1.8.0'): OcsfEvent =>
  parsedRowToOcsf(parsedRowOf(stream, row), PROVENANCE, version);
