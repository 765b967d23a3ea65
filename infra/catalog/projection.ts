import type { Table } from '../../shared/normalize/tables.ts';

/** The first day that a query can see. Fixed: a start that moved with the clock would hide old days. */
export const FIRST_DAY = '2024-01-01';

/** The values of a partition: a list for a text, a range for a day. */
export type KnownValues = Readonly<Record<string, readonly string[]>>;

/** The properties from which Athena derives the partitions of a table, so that none must be registered. */
export const projectionOf = (
  partitions: Table['partitions'],
  known: KnownValues,
  location: string,
): Record<string, string> => ({
  'projection.enabled': 'true',
  ...(Object.assign({}, ...Object.keys(partitions).map((name) => projected(name, known[name]))) as object),
  'storage.location.template': `${location}${Object.keys(partitions).map(keyPart).join('')}`,
});

const projected = (name: string, values: readonly string[] | undefined): Record<string, string> =>
  values
    ? { [`projection.${name}.type`]: 'enum', [`projection.${name}.values`]: values.join(',') }
    : {
        [`projection.${name}.type`]: 'date',
        [`projection.${name}.format`]: 'yyyy-MM-dd',
        [`projection.${name}.range`]: `${FIRST_DAY},NOW+1DAYS`,
        [`projection.${name}.interval`]: '1',
        [`projection.${name}.interval.unit`]: 'DAYS',
      };

/** The folder of a stream has its bare name. */
const keyPart = (name: string): string => (name === 'stream' ? '${stream}/' : `${name}=\${${name}}/`);
