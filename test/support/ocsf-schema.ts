import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parseEventTime } from '../../shared/model/event-time.ts';
import { AREAS, OcsfEventSchema, type OcsfEvent } from '../../shared/normalize/index.ts';
import {
  type FileActivityEvent,
  FileActivityEventSchema,
} from '../../shared/content/ocsf/file-activity-event.ts';
import { publishedSchemaProblems } from './published-schema.ts';
import { referenceFolder } from './reference.ts';

/**
 * The errors of an OCSF event: by OCSF's own schema for its class and release (if the reference is there), by
 * ours and its published JSON Schema, and by rules that no schema can state. Empty for a valid event. Expect `[]` of every OCSF event of every test.
 */
export const ocsfProblems = (event: unknown): string[] => {
  const { success, data, error } = OcsfEventSchema.safeParse(event);
  if (!success) return error.issues.map(({ path, message }) => `our schema: ${path.join('.')}: ${message}`);
  return [
    ...publishedSchemaProblems('ocsf', data),
    ...schemaProblems(data),
    ...timeProblems(data),
    ...observableProblems(data),
    ...rawDataProblems(data),
    ...labelProblems(data),
    ...emptyProblems(data, ''),
  ];
};

/** The same of an event about a file of content. */
export const fileActivityProblems = (event: unknown): string[] => {
  const { success, data, error } = FileActivityEventSchema.safeParse(event);
  if (!success) return error.issues.map(({ path, message }) => `our schema: ${path.join('.')}: ${message}`);
  return [
    ...schemaProblems(data),
    ...timeProblems(data),
    ...observableProblems(data),
    ...emptyProblems(data, ''),
  ];
};

const SCHEMA_NAMES: Readonly<Record<(OcsfEvent | FileActivityEvent)['class_uid'], string>> = {
  3001: 'account_change',
  3002: 'authentication',
  3004: 'entity_management',
  3005: 'user_access',
  3006: 'group_management',
  6006: 'file_hosting',
};

const validators = new Map<string, ValidateFunction>();

const schemaProblems = (event: OcsfEvent | FileActivityEvent): string[] => {
  const folder = referenceFolder();
  if (folder === undefined) return [];
  const name = `${SCHEMA_NAMES[event.class_uid]}-${event.metadata.version}`;
  const validate = validators.get(name) ?? compile(join(folder, 'ocsf', `${name}.schema.json`));
  validators.set(name, validate);
  if (validate(event)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${name}: ${instancePath} ${message ?? 'is refused'} ${JSON.stringify(params)}`,
  );
};

const compile = (path: string): ValidateFunction =>
  new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true }).compile(
    JSON.parse(readFileSync(path, 'utf8')) as object,
  );

/** Zoom was founded in 2011. Seconds or microseconds in place of milliseconds fall outside of these years. */
const [EARLIEST, LATEST] = [Date.UTC(2011), Date.UTC(2100)];

const timeProblems = ({ time, time_dt, metadata }: OcsfEvent | FileActivityEvent): string[] => [
  ...(time >= EARLIEST && time < LATEST ? [] : [`time ${time} is no epoch time in milliseconds`]),
  ...(Date.parse(time_dt) === time ? [] : [`time_dt ${time_dt} is not time ${time}`]),
  ...(parseEventTime(metadata.original_time)?.getTime() === time
    ? []
    : [`metadata.original_time ${metadata.original_time} is not time ${time}`]),
];

const observableProblems = (event: OcsfEvent | FileActivityEvent): string[] =>
  (event.observables ?? [])
    .filter(({ name, value }) => valueAt(event, name) !== value)
    .map(({ name, value }) => `observable ${name} does not lead to ${value}`);

const valueAt = (event: object, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], event);

const rawDataProblems = ({ raw_data, unmapped, metadata }: OcsfEvent): string[] => {
  try {
    const row = JSON.parse(raw_data ?? String(unmapped['raw_data'])) as Record<string, unknown>;
    return row['time'] === metadata.original_time ? [] : ['raw_data is not the row: its time is another'];
  } catch {
    return ['raw_data is no JSON'];
  }
};

const labelProblems = ({ metadata: { labels } }: OcsfEvent): string[] =>
  AREAS.some((area) => labels[0] === `area:${area}`) && labels.slice(1).every((label) => CONTROL.test(label))
    ? []
    : ['labels hold no area, or something else than controls after it'];
const CONTROL = /^(?:control|weakened):[a-z_]+$/;

/** Attributes that should have been left out; `unmapped` may hold any values of the row. */
const emptyProblems = (value: unknown, path: string): string[] => {
  if (path === '/unmapped') return [];
  if (value === null || value === undefined || value === '')
    return [`${path} is ${value === '' ? '""' : String(value)}`];
  if (typeof value !== 'object') return [];
  const entries = Object.entries(value);
  if (entries.length === 0) return [`${path} is empty`];
  return entries.flatMap(([name, item]) => emptyProblems(item, `${path}/${name}`));
};
