import { CfnOutput, CfnParameter, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { SourcesFile } from '../shared/model/sources-file.ts';
import { QUERIES, readSavedQueries } from './catalog/saved-queries.ts';
import { EventTables } from './constructs/event-tables.ts';
import { QueryResults } from './constructs/query-results.ts';
import { Workgroup } from './constructs/workgroup.ts';

/** The name of the catalog's stack, from the connector's. */
export const catalogStackName = (stack: string): string => `${stack}-catalog`;

/**
 * The parameter that names the bucket of the events. An import from the other stack would lock its export, so that neither
 * could be changed without the other.
 */
export const BUCKET_PARAMETER = 'EventsBucket';

export interface CatalogStackProps {
  readonly file: SourcesFile;
  readonly catalog: NonNullable<SourcesFile['catalog']>;
  /** The folder of the queries to save. */
  readonly queries?: string;
}

/** What Athena needs to query the events: tables, the timeline, a workgroup, and saved queries. */
export class CatalogStack extends Stack {
  constructor(scope: Construct, { file, catalog, queries = QUERIES }: CatalogStackProps) {
    super(scope, catalogStackName(file.stack), {
      stackName: catalogStackName(file.stack),
      description: 'zoom-log-source: tables over Zoom audit logs, for Athena',
      analyticsReporting: false,
    });

    const bucket = new CfnParameter(this, BUCKET_PARAMETER, {
      description: 'The bucket of the events: an output of the other stack',
      allowedPattern: '[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]',
    });
    const database = file.stack.replaceAll('-', '_');
    const tables = new EventTables(this, 'Tables', {
      database,
      bucketName: bucket.valueAsString,
      sources: file.sources.map(({ name }) => name),
      compaction: file.compaction,
    });
    const results = new QueryResults(this, 'Results', {
      kmsKey: file.bucket.kmsKey,
      days: catalog.resultDays,
    });
    const workgroup = new Workgroup(this, 'Questions', {
      name: file.stack,
      results,
      scanLimitGb: catalog.scanLimitGb,
    });
    for (const query of readSavedQueries(queries)) workgroup.save(query, database);

    new CfnOutput(this, 'Database', { value: tables.database.ref });
    new CfnOutput(this, 'Workgroup', { value: workgroup.workgroup.name });
  }
}
