import { Aws } from 'aws-cdk-lib';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import { CURATED } from '../../shared/contract/object-keys.ts';
import { CURATED_TABLES } from '../../shared/compact/curated-tables.ts';
import { STREAM_NAMES } from '../../shared/model/stream.ts';
import { EVENTS_VIEW, type Table, TABLES } from '../../shared/normalize/tables.ts';
import { eventsViewSql, eventsViewType } from '../catalog/events-view.ts';
import { columnsToGlue, partitionsToGlue, typeToHive } from '../catalog/hive-type.ts';
import { prestoView } from '../catalog/presto-view.ts';
import { projectionOf } from '../catalog/projection.ts';

export interface EventTablesProps {
  readonly database: string;
  /** The bucket of the events. */
  readonly bucketName: string;
  /** The names of all sources. */
  readonly sources: readonly string[];
  readonly compaction: boolean;
}

interface Form {
  readonly classification: string;
  readonly inputFormat: string;
  readonly outputFormat: string;
  readonly serde: string;
}

/**
 * Hive's own JSON reader. According to AWS, Athena's other one can count rows wrongly, and our lines don't need its features
 * (lines that are not JSON, names in upper case).
 */
const JSON_LINES: Form = {
  classification: 'json',
  inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
  serde: 'org.apache.hive.hcatalog.data.JsonSerDe',
};

const PARQUET: Form = {
  classification: 'parquet',
  inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  serde: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
};

/** The tables over the delivered objects, and the timeline over them. No crawler and no repair: partitions are projected. */
export class EventTables extends Construct {
  readonly database: CfnDatabase;
  readonly #props: EventTablesProps;

  constructor(scope: Construct, id: string, props: EventTablesProps) {
    super(scope, id);
    this.#props = props;
    this.database = new CfnDatabase(this, 'Database', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: {
        name: props.database,
        description: 'Zoom audit logs, as zoom-log-source delivers them',
      },
    });
    for (const table of TABLES) this.#add(table, JSON_LINES, folderOf(table));
    if (props.compaction) {
      for (const stream of STREAM_NAMES) this.#add(CURATED_TABLES[stream], PARQUET, `${CURATED}/${stream}/`);
    }
    this.#addView();
  }

  #add(
    { name, columns, partitions }: Pick<Table, 'name' | 'columns' | 'partitions'>,
    form: Form,
    folder: string,
  ): void {
    const location = `s3://${this.#props.bucketName}/${folder}`;
    const known = { source: this.#props.sources, stream: STREAM_NAMES };
    this.#table(name, {
      tableType: 'EXTERNAL_TABLE',
      parameters: {
        EXTERNAL: 'TRUE',
        classification: form.classification,
        ...projectionOf(partitions, known, location),
      },
      partitionKeys: partitionsToGlue(partitions),
      storageDescriptor: {
        columns: columnsToGlue(columns),
        location,
        inputFormat: form.inputFormat,
        outputFormat: form.outputFormat,
        serdeInfo: { serializationLibrary: form.serde },
      },
    });
  }

  #addView(): void {
    const columns = EVENTS_VIEW.columns.map((name) => ({ name, type: eventsViewType(name) ?? 'string' }));
    this.#table(EVENTS_VIEW.name, {
      tableType: 'VIRTUAL_VIEW',
      partitionKeys: [],
      parameters: { presto_view: 'true', comment: 'Both streams as one timeline' },
      viewOriginalText: prestoView(eventsViewSql(this.#props), this.#props.database, columns),
      viewExpandedText: '/* Presto View */',
      storageDescriptor: {
        columns: columns.map(({ name, type }) => ({ name, type: viewTypeToHive(type) })),
        serdeInfo: { name: '-', serializationLibrary: '-' },
      },
    });
  }

  #table(name: string, input: Omit<CfnTable.TableInputProperty, 'name'>): void {
    const table = new CfnTable(this, name, {
      catalogId: Aws.ACCOUNT_ID,
      databaseName: this.#props.database,
      tableInput: { name, ...input },
    });
    table.node.addDependency(this.database);
  }
}

/** The key prefix of a table's objects, up to its first partition. */
const folderOf = ({ format, streams, partitions }: Table): string =>
  'stream' in partitions ? `${format}/` : `${format}/${streams.join()}/`;

const viewTypeToHive = (type: NonNullable<ReturnType<typeof eventsViewType>>): string => {
  if (type === 'date') return type;
  return type === 'timestamp-as-string' ? 'timestamp' : typeToHive(type);
};
