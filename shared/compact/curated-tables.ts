import type { StreamName } from '../model/stream.ts';
import { ACTIVITY_TABLE, type Columns, OPERATION_TABLE, type Table } from '../normalize/tables.ts';

/** A table over the Parquet files of one stream. */
export interface CuratedTable {
  readonly name: string;
  readonly stream: StreamName;
  readonly columns: Columns;
  readonly partitions: Table['partitions'];
}

const curated = (stream: StreamName, { name, columns, partitions }: Table): CuratedTable => ({
  name: `${name}_curated`,
  stream,
  columns: { ...columns, [REVISION]: 'int' },
  partitions,
});

/** The column that says which entry of the ledger a row was written for: of a day's files the one with the most counts. */
export const REVISION = 'ledger_revision';

/** The columns of the flat lines, and the revision. */
export const CURATED_TABLES: Readonly<Record<StreamName, CuratedTable>> = {
  operation: curated('operation', OPERATION_TABLE),
  activity: curated('activity', ACTIVITY_TABLE),
};
