import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventsViewType } from '../../infra/catalog/events-view.ts';
import { CURATED_TABLES, REVISION } from '../../shared/compact/curated-tables.ts';
import { STREAM_NAMES, STREAMS, type StreamName } from '../../shared/model/stream.ts';
import { type ColumnType, EVENTS_VIEW, type Table, TABLES } from '../../shared/normalize/tables.ts';
import { linesUnder } from '../support/delivered.ts';
import { closedCompany, UNDOCUMENTED } from '../support/fixtures/closed-company.ts';
import { MemoryStore } from '../support/doubles/memory-store.ts';
import { columnsOf, withoutTypes } from '../support/record-columns.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { catalogStack, Synthesized } from './synthesized.ts';

interface GlueTable {
  readonly Name: string;
  readonly TableType: string;
  readonly Parameters: Readonly<Record<string, string>>;
  readonly PartitionKeys: readonly { Name: string; Type: string }[];
  readonly ViewOriginalText?: string;
  readonly StorageDescriptor: {
    readonly Columns: readonly { Name: string; Type: string }[];
    readonly Location: string;
    readonly SerdeInfo: { readonly SerializationLibrary: string };
  };
}

const aCatalog = (file: object = {}, queries = temporaryFolder()): Synthesized =>
  new Synthesized(file, catalogStack(queries));

let plain: Synthesized;
let compacted: Synthesized;
beforeAll(() => {
  plain = aCatalog();
  compacted = aCatalog({ compaction: true });
}, 60_000);

const tablesOf = (catalog: Synthesized): Map<string, GlueTable> =>
  new Map(
    catalog.named('AWS::Glue::Table').map((name) => {
      const table = catalog.of(name)['TableInput'] as GlueTable;
      return [table.Name, table];
    }),
  );

const tableOf = (catalog: Synthesized, name: string): GlueTable => {
  const found = tablesOf(catalog).get(name);
  if (!found) throw new Error(`there is no table ${name}`);
  return found;
};

/** A type of Hive, read back. */
const hiveToType = (type: string): ColumnType => {
  const array = /^array<(.+)>$/.exec(type)?.[1];
  if (array !== undefined) return { array: hiveToType(array) };
  const struct = /^struct<(.+)>$/.exec(type)?.[1];
  if (struct === undefined) return 'string';
  return {
    struct: Object.fromEntries(
      splitOutside(struct).map((field) => {
        const colon = field.indexOf(':');
        return [field.slice(0, colon), hiveToType(field.slice(colon + 1))];
      }),
    ),
  };
};

/** Splits at the commas outside of brackets. */
const splitOutside = (text: string): string[] => {
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (const [index, character] of Array.from(text).entries()) {
    depth += character === '<' ? 1 : character === '>' ? -1 : 0;
    if (character !== ',' || depth > 0) continue;
    parts.push(text.slice(start, index));
    start = index + 1;
  }
  return [...parts, text.slice(start)];
};

const shapeOf = ({ StorageDescriptor: { Columns: columns } }: GlueTable): object =>
  withoutTypes(Object.fromEntries(columns.map(({ Name, Type }) => [Name, hiveToType(Type)])));

describe('the tables', () => {
  it('are one for each format and stream, and the timeline; one more a stream for compacted days', () => {
    const names = ['zoom_operation', 'zoom_activity', 'zoom_ocsf', 'zoom_events'];

    expect([...tablesOf(plain).keys()].sort()).toEqual([...names].sort());
    expect([...tablesOf(compacted).keys()].sort()).toEqual(
      [...names, 'zoom_operation_curated', 'zoom_activity_curated'].sort(),
    );
  });

  it('have the columns of delivered lines, except undocumented fields', async () => {
    const store = new MemoryStore();
    await closedCompany(store);
    const linesOf = async (format: string, streams: readonly StreamName[]): Promise<object[]> =>
      (
        await Promise.all(streams.map((stream) => linesUnder(store, `${format}/${stream}/`)))
      ).flat() as object[];

    for (const { name, format, streams } of TABLES) {
      const documented: readonly string[] = streams.flatMap((stream) => STREAMS[stream].identityFields);
      const rows = (await linesOf('raw', streams)).filter((row) => row instanceof Object);
      const undocumented = Object.keys(columnsOf(rows)).filter((field) => !documented.includes(field));
      const columns = Object.entries(columnsOf(await linesOf(format, streams))).filter(
        ([column]) => column !== 'unmapped' && !undocumented.includes(column),
      );

      expect(undocumented).toContain(UNDOCUMENTED);
      expect([name, shapeOf(tableOf(plain, name))]).toEqual([
        name,
        withoutTypes(Object.fromEntries(columns)),
      ]);
    }
  });

  it.each(STREAM_NAMES)('of compacted days have the columns of the lines, and the revision: %s', (stream) => {
    const lines = tableOf(compacted, `zoom_${stream}`);
    const curated = tableOf(compacted, CURATED_TABLES[stream].name);

    expect(curated.StorageDescriptor.Columns).toEqual([
      ...lines.StorageDescriptor.Columns,
      { Name: REVISION, Type: 'int' },
    ]);
    expect(curated.StorageDescriptor.SerdeInfo.SerializationLibrary).toMatch(/ParquetHiveSerDe$/);
    expect(curated.StorageDescriptor.Location).toBe(`s3://<EventsBucket>/curated/${stream}/`);
  });

  it('are read by the JSON reader that AWS recommends for such lines', () => {
    const readers = TABLES.map(
      ({ name }) => tableOf(plain, name).StorageDescriptor.SerdeInfo.SerializationLibrary,
    );

    expect(new Set(readers)).toEqual(new Set(['org.apache.hive.hcatalog.data.JsonSerDe']));
  });

  it.each(TABLES)(
    'find each day of each source where it is delivered: $name',
    ({ name, partitions }: Table) => {
      const { Parameters: parameters, PartitionKeys: keys } = tableOf(plain, name);

      expect(keys).toEqual(Object.entries(partitions).map(([Name, Type]) => ({ Name, Type })));
      expect(parameters).toMatchObject({
        'projection.enabled': 'true',
        'projection.source.type': 'enum',
        'projection.source.values': 'acme,globex',
        'projection.dt.type': 'date',
        'projection.dt.format': 'yyyy-MM-dd',
        'projection.dt.range': '2024-01-01,NOW+1DAYS',
        'projection.dt.interval': '1',
        'projection.dt.interval.unit': 'DAYS',
      });
      const day = { stream: 'operation', source: 'acme', dt: '2026-11-20' };
      const folder = Object.entries(day).reduce(
        (text, [key, value]) => text.replace(`\${${key}}`, value),
        parameters['storage.location.template'] ?? '',
      );
      expect(folder).toMatch(
        /^s3:\/\/<EventsBucket>\/(?:flat|ocsf)\/(?:operation|activity)\/source=acme\/dt=2026-11-20\/$/,
      );
    },
  );

  it('are in a database that is named after the deployment', () => {
    const catalog = aCatalog({ stack: 'zoom-logs-eu' });
    const databases = catalog.named('AWS::Glue::Table').map((name) => catalog.of(name)['DatabaseName']);

    expect(new Set(databases)).toEqual(new Set(['zoom_logs_eu']));
    expect(catalog.of('TablesDatabase')).toMatchObject({ DatabaseInput: { Name: 'zoom_logs_eu' } });
  });
});

describe('the timeline', () => {
  const definitionOf = (catalog: Synthesized) => {
    const { ViewOriginalText: text = '' } = tableOf(catalog, 'zoom_events');
    const encoded = /^\/\* Presto View: ([A-Za-z0-9+/=]+) \*\/$/.exec(text)?.[1] ?? '';
    return JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as {
      originalSql: string;
      catalog: string;
      schema: string;
      columns: { name: string; type: string }[];
    };
  };

  it.each([false, true])('is a view in the form of Athena (compaction: %s)', (compaction) => {
    const catalog = compaction ? compacted : plain;
    const { originalSql, columns, ...place } = definitionOf(catalog);
    const table = tableOf(catalog, 'zoom_events');

    expect(place).toEqual({ catalog: 'awsdatacatalog', schema: 'zoom_log_source' });
    expect(table).toMatchObject({
      TableType: 'VIRTUAL_VIEW',
      PartitionKeys: [],
      Parameters: { presto_view: 'true' },
    });
    expect(columns.map(({ name }) => name)).toEqual(EVENTS_VIEW.columns);
    expect(table.StorageDescriptor.Columns.map(({ Name }) => Name)).toEqual(EVENTS_VIEW.columns);
    expect(originalSql).not.toMatch(/;\s*$/);
  });

  it('declares the types of its columns for both engines', () => {
    const { columns } = definitionOf(plain);
    const { StorageDescriptor: storage } = tableOf(plain, 'zoom_events');
    const typesOf = (name: string): unknown[] => [
      columns.find((column) => column.name === name)?.type,
      storage.Columns.find((column) => column.Name === name)?.Type,
    ];

    expect(typesOf('event_id')).toEqual(['varchar', 'string']);
    expect(typesOf('event_time')).toEqual(['timestamp(3)', 'timestamp']);
    expect(typesOf('dt')).toEqual(['date', 'date']);
    expect(typesOf('detail')[0]).toMatch(
      /^row\("status" varchar, .*"changes" array\(row\("setting" varchar, /,
    );
    expect(typesOf('detail')[1]).toMatch(/^struct<status:string,.*changes:array<struct<setting:string,/);
    expect(EVENTS_VIEW.columns.filter((name) => eventsViewType(name) === undefined)).toEqual([]);
  });

  it('reads no compacted days if compaction is off', () => {
    expect(definitionOf(plain).originalSql).not.toContain('curated');
    expect(definitionOf(compacted).originalSql).toContain('zoom_operation_curated');
  });
});

describe('the workgroup', () => {
  it('enforces for all users the read limit, the place of results, and their encryption', () => {
    const catalog = aCatalog({ catalog: { scanLimitGb: 5 } });

    expect(catalog.of('QuestionsWorkgroup')).toMatchObject({
      Name: 'zoom-log-source',
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        BytesScannedCutoffPerQuery: 5_000_000_000,
        ResultConfiguration: {
          OutputLocation: 's3://<ResultsBucket>/',
          ExpectedBucketOwner: '<AWS::AccountId>',
          EncryptionConfiguration: { EncryptionOption: 'SSE_S3' },
        },
      },
    });
  });

  it.each([
    ['one that is made', true, '<ResultsKey.Arn>'],
    [
      'one of the operator',
      'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    ],
  ])('encrypts by a key where the events are: %s', (_, kmsKey, arn) => {
    const catalog = aCatalog({ bucket: { kmsKey } });

    expect(catalog.of('QuestionsWorkgroup')).toMatchObject({
      WorkGroupConfiguration: {
        ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: arn } },
      },
    });
  });

  it('keeps results for a limited time, without public access, over TLS only', () => {
    const catalog = aCatalog({ catalog: { resultDays: 7 } });

    expect(catalog.of('ResultsBucket')).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 7, Status: 'Enabled' }, {}] },
    });
    expect(catalog.statementsOf('ResultsBucketPolicy')).toEqual([
      {
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 's3:*',
        Resource: ['<ResultsBucket.Arn>', '<ResultsBucket.Arn>/*'],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  });

  it('grants no permissions: they belong to the users’ own roles', () => {
    expect(plain.named('AWS::IAM::Role')).toEqual([]);
    expect(plain.named('AWS::IAM::Policy')).toEqual([]);
  });
});

describe('the saved queries', () => {
  it('are the files of a folder, each by the title in its first line', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'sso.sql'), '-- Who touched SSO?\n-- More.\nSELECT 1\n');
    writeFileSync(join(folder, 'bare.sql'), 'SELECT 2\n');
    writeFileSync(join(folder, 'notes.md'), 'no question');
    const catalog = aCatalog({}, folder);

    const saved = catalog.named('AWS::Athena::NamedQuery').map((name) => catalog.of(name));

    expect(saved).toEqual([
      expect.objectContaining({ Name: 'bare', QueryString: 'SELECT 2\n', WorkGroup: 'zoom-log-source' }),
      {
        Name: 'Who touched SSO?',
        Description: 'queries/athena/sso.sql',
        Database: 'zoom_log_source',
        QueryString: '-- Who touched SSO?\n-- More.\nSELECT 1\n',
        WorkGroup: 'zoom-log-source',
      },
    ]);
  });

  it.each([
    ['is not there', (): string => join(temporaryFolder(), 'none')],
    ['is empty', temporaryFolder],
  ])('are none if the folder %s', (_, folderOf) => {
    expect(aCatalog({}, folderOf()).named('AWS::Athena::NamedQuery')).toEqual([]);
  });
});
