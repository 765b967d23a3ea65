import { STREAMS, type StreamName } from '../model/stream.ts';
import { MAPPING_VERSION, type OcsfVersion, type Provenance } from './format.ts';
import type { Area } from './area.ts';
import { controlsIn } from './controls-in.ts';
import { emailsIn } from './email.ts';
import type { OperationDetail } from './operation-detail.ts';
import { lostRoleOf } from './operation-to-kind.ts';
import type { OcsfActivity, OcsfClassName } from './ocsf-activity.ts';
import { OCSF_DIALECTS, type OcsfDialect } from './ocsf-dialect.ts';
import type { OcsfEndpoint, OcsfEvent, OcsfObservable, OcsfOs, OcsfUser } from './ocsf-event.ts';
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
  // A release that lacks the activity still has its name.
  const activityName = activity.caption ?? parsedRow.activity.caption ?? parsedRow.action;
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

  const observables = [...observablesOf(facts), ...listedObservables(parsedRow, facts)];
  if (observables.length > 0) facts.observables = observables;
  facts.raw_data = rawData;
  return facts;
};

const metadataOf = (
  { stream, row, code, area, detail }: ParsedRow,
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
    labels: labelsOf(area, detail),
  };
  if (code !== undefined) metadata.event_code = code;
  return metadata;
};

const labelsOf = (area: Area, detail: OperationDetail | undefined): string[] => {
  const { controls = [], weakened = [] } = detail ? controlsIn(detail) : {};
  return [
    `area:${area}`,
    ...controls.map((control) => `control:${control}`),
    ...weakened.map((control) => `weakened:${control}`),
  ];
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
    privileges:
      parsedRow.detail?.changes?.flatMap((change) => lostRoleOf(change) ?? change.new_value ?? []) ?? [],
  }),
  groupManagement: ({ detail }, dialect) => {
    const { group, target, people } = detail ?? {};
    // The user who entered or left: the target, or the one that an item of the group lists.
    const [member] = target?.type === 'user' ? [target] : (people?.map(addressToPerson) ?? []);
    const name = group ?? target?.name ?? UNKNOWN.name;
    return { group: { name }, ...(member && { user: personToUser(member, dialect) }) };
  },
  entityManagement: (parsedRow, dialect, activity) => parsedRowToEntities(parsedRow, dialect, activity),
};

const addressToPerson = (email: string): Person => ({ name: email, email });

const UNKNOWN: Person = { name: 'Unknown' };

const targetToUser = ({ detail }: ParsedRow, dialect: OcsfDialect): OcsfUser => {
  const { target = UNKNOWN } = detail ?? {};
  return personToUser(target, dialect);
};

const endpointOf = (ip: string, clientType = ''): OcsfEndpoint => {
  const client = clientType.toLowerCase();
  const os = osOf(client);
  return { ip, ...CLIENTS.get(client), ...(os && { os }) };
};

/** Operating systems by the words of a client's type. The first that matches applies: an iPad may be an "iPhone/iPad". */
const SYSTEMS: readonly (readonly [RegExp, OcsfOs])[] = [
  [/\bipad(?:os)?\b/, { name: 'iPadOS', type_id: 302, type: 'iPadOS' }],
  [/\b(?:iphone|ios)\b/, { name: 'iOS', type_id: 301, type: 'iOS' }],
  [/\bandroid\b/, { name: 'Android', type_id: 201, type: 'Android' }],
  [/\bmac(?:os|intosh|book)?\b|\bos ?x\b|\bdarwin\b/, { name: 'macOS', type_id: 300, type: 'macOS' }],
  [/\bwin(?:dows)?\d*\b/, { name: 'Windows', type_id: 100, type: 'Windows' }],
  [/\b(?:linux|ubuntu|debian|fedora|centos)\b/, { name: 'Linux', type_id: 200, type: 'Linux' }],
];

const osOf = (client: string): OcsfOs | undefined => {
  const words = client.slice(0, LONGEST_CLIENT).replaceAll('_', ' ');
  return SYSTEMS.find(([pattern]) => pattern.test(words))?.[1];
};
const LONGEST_CLIENT = 256;

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

/** More would make a line too long for its readers. `any_emails` of the flat line has all. */
const MOST_LISTED = 100;

/** The addresses of the row that no attribute has, as observables; they are put into `unmapped`. */
const listedObservables = ({ row, detail, addresses }: ParsedRow, facts: OcsfFacts): OcsfObservable[] => {
  const text = row['operation_detail'];
  const known = new Set([facts.actor?.user, facts.user, facts.entity?.user].map((user) => user?.email_addr));
  const found = detail && typeof text === 'string' ? emailsIn(text).map((email) => email.toLowerCase()) : [];
  const emails = [...new Set(found)].filter((email) => !known.has(email)).slice(0, MOST_LISTED);
  const others = addresses?.slice(1, 1 + MOST_LISTED) ?? [];
  if (emails.length > 0) facts.unmapped['emails'] = emails;
  if (others.length > 0) facts.unmapped['ip_addresses'] = others;
  return [
    ...others.map((value, index) => ({
      name: `unmapped.ip_addresses.${index}`,
      type_id: 2 as const,
      type: 'IP Address' as const,
      value,
    })),
    ...emails.map((value, index) => ({
      name: `unmapped.emails.${index}`,
      type_id: 5 as const,
      type: 'Email Address' as const,
      value,
    })),
  ];
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
