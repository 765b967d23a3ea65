import { STREAMS, type StreamName } from '../model/stream.ts';
import { MAPPING_VERSION, type OcsfVersion, type Provenance } from './format.ts';
import type { OcsfActivity, OcsfClassName } from './ocsf-activity.ts';
import { OCSF_DIALECTS, type OcsfDialect } from './ocsf-dialect.ts';
import type { OcsfEndpoint, OcsfEvent, OcsfObservable, OcsfUser } from './ocsf-event.ts';
import { type OcsfKind, ocsfKindOf } from './ocsf-kind.ts';
import { ocsfWithinLimit } from './ocsf-within-limit.ts';
import { type Person, personToUser } from './person.ts';
import type { ParsedRow } from './parsed-row.ts';
import { parsedRowToEntities } from './parsed-row-to-entities.ts';
import { textOf } from './text.ts';

/** The event in OCSF, in the release that the operator chose. `rawData` is the row as JSON. */
export const parsedRowToOcsf = (
  parsedRow: ParsedRow,
  provenance: Provenance,
  version: OcsfVersion,
  rawData = JSON.stringify(parsedRow.row),
): OcsfEvent => {
  const event = {
    ...ocsfKindOf(ocsfActivityOf(parsedRow, version), parsedRow.outcome),
    ...parsedRowToOcsfFacts(parsedRow, provenance, version, rawData),
  };
  return ocsfWithinLimit(event, OCSF_DIALECTS[version].longestText);
};

/** All attributes of an event except those of its kind. */
export type OcsfFacts = Omit<OcsfEvent, keyof OcsfKind>;

/** The parsed row in a release of OCSF. */
export const ocsfActivityOf = ({ activity }: ParsedRow, version: OcsfVersion): OcsfActivity =>
  OCSF_DIALECTS[version].substitutes.get(activity) ?? activity;

/** The attributes of the event in addition to its kind. `rawData` is the row as JSON. */
export const parsedRowToOcsfFacts = (
  parsedRow: ParsedRow,
  provenance: Provenance,
  version: OcsfVersion,
  rawData: string,
): OcsfFacts => {
  const dialect = OCSF_DIALECTS[version];
  const activity = ocsfActivityOf(parsedRow, version);
  const activityName = activity.caption ?? parsedRow.action;
  const { time, message, actor } = parsedRow;

  const facts: OcsfFacts = {
    time: time.ms,
    time_dt: time.text,
    timezone_offset: 0,
    metadata: metadataOf(parsedRow, provenance, version),
    unmapped: { mapping_version: MAPPING_VERSION, ...UNMAPPED[parsedRow.stream](parsedRow) },
  };
  if (activityName !== undefined) facts.activity_name = activityName;
  if (message !== undefined) facts.message = message;
  if (actor) facts.actor = { user: personToUser(actor, dialect) };
  Object.assign(facts, CLASS_ATTRIBUTES[activity.class](parsedRow, dialect, activity));

  const observables = observablesOf(facts);
  if (observables.length > 0) facts.observables = observables;
  facts.raw_data = rawData;
  return facts;
};

const metadataOf = (
  { stream, row, code, area }: ParsedRow,
  { eventId, ingestTime, accountId }: Provenance,
  version: OcsfVersion,
): OcsfEvent['metadata'] => {
  const { feature, rowsField } = STREAMS[stream];
  const metadata: OcsfEvent['metadata'] = {
    version,
    uid: eventId,
    profiles: OCSF_DIALECTS[version].profiles,
    product: { vendor_name: 'Zoom', name: 'Zoom', feature: { name: feature } },
    log_provider: 'Zoom Reports API',
    log_name: rowsField,
    original_time: String(row['time']),
    logged_time: ingestTime.ms,
    tenant_uid: accountId,
    labels: [`area:${area}`],
  };
  if (code !== undefined) metadata.event_code = code;
  return metadata;
};

type Attributes = Partial<OcsfEvent>;

const CLASS_ATTRIBUTES: Readonly<
  Record<OcsfClassName, (parsedRow: ParsedRow, dialect: OcsfDialect, activity: OcsfActivity) => Attributes>
> = {
  authentication: (parsedRow, dialect) => ({
    user: personToUser(parsedRow.actor ?? UNKNOWN, dialect),
    service: { name: 'Zoom' },
    is_remote: true,
    ...(parsedRow.addresses && { src_endpoint: endpointOf(parsedRow.addresses[0], parsedRow.clientType) }),
  }),
  accountChange: (parsedRow, dialect) => ({ user: targetToUser(parsedRow, dialect) }),
  userAccess: (parsedRow, dialect) => ({
    user: targetToUser(parsedRow, dialect),
    privileges: parsedRow.detail?.changes?.flatMap(({ new_value }) => new_value ?? []) ?? [],
  }),
  groupManagement: ({ detail }) => ({ group: { name: detail?.target?.name ?? UNKNOWN.name } }),
  entityManagement: (parsedRow, dialect, activity) => parsedRowToEntities(parsedRow, dialect, activity),
};

const UNKNOWN: Person = { name: 'Unknown' };

const targetToUser = ({ detail }: ParsedRow, dialect: OcsfDialect): OcsfUser =>
  personToUser(detail?.target ?? UNKNOWN, dialect);

const endpointOf = (ip: string, clientType: string | undefined): OcsfEndpoint => ({
  ip,
  ...CLIENTS.get(clientType?.toLowerCase() ?? ''),
});

/** A desktop client may run on a laptop, so it is not conclusive. */
const CLIENTS: ReadonlyMap<string, Pick<OcsfEndpoint, 'type_id' | 'type'>> = new Map([
  ['browser', { type_id: 8, type: 'Browser' }],
  ['iphone', { type_id: 5, type: 'Mobile' }],
  ['android', { type_id: 5, type: 'Mobile' }],
  ['ipad', { type_id: 4, type: 'Tablet' }],
]);

const observablesOf = ({ src_endpoint, actor, user, entity }: OcsfFacts): OcsfObservable[] => {
  const observables: OcsfObservable[] = [];
  const addEmail = (name: string, value: string | undefined) => {
    if (value !== undefined) observables.push({ name, type_id: 5, type: 'Email Address', value });
  };
  if (src_endpoint) {
    observables.push({ name: 'src_endpoint.ip', type_id: 2, type: 'IP Address', value: src_endpoint.ip });
  }
  addEmail('actor.user.email_addr', actor?.user.email_addr);
  addEmail('user.email_addr', user?.email_addr);
  addEmail('entity.user.email_addr', entity?.user?.email_addr);
  return observables;
};

type Unmapped = Record<string, unknown>;

const UNMAPPED: Readonly<Record<StreamName, (parsedRow: ParsedRow) => Unmapped>> = {
  operation: ({ row, detail }) => {
    const unmapped: Unmapped = {};
    if (typeof row['category_type'] === 'string') unmapped['category_type'] = row['category_type'];
    if (typeof row['action'] === 'string') unmapped['action'] = row['action'];
    unmapped['detail'] = detail;
    return unmapped;
  },
  activity: ({ row, addresses, clientType }) => {
    const unmapped: Unmapped = {};
    if (clientType !== undefined) unmapped['client_type'] = row['client_type'];
    if (textOf(row['version']) !== undefined) unmapped['version'] = row['version'];
    // The endpoint has only the first address of a list.
    if (addresses?.length !== 1 && textOf(row['ip_address']) !== undefined)
      unmapped['ip_address'] = row['ip_address'];
    return unmapped;
  },
};
