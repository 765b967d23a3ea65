import { STREAMS } from '../model/stream.ts';
import { emailsIn, isEmail } from './email.ts';
import type { Envelope, FlatEvent } from './flat-event.ts';
import { MAPPING_VERSION, type Provenance, SCHEMA_VERSION } from './format.ts';
import { controlsIn } from './controls-in.ts';
import { snakeCased } from './text.ts';
import type { OperationDetail } from './operation-detail.ts';
import type { ParsedRow } from './parsed-row.ts';
import { rowToFlat } from './row-to-flat.ts';

/** The row itself with an envelope: for readers that know Zoom's own names. */
export const parsedRowToFlat = (parsedRow: ParsedRow, provenance: Provenance): FlatEvent => {
  const { top, quarantined } = rowToFlat(parsedRow.stream, parsedRow.row);
  const event: FlatEvent = { ...parsedRowToEnvelope(parsedRow, provenance), ...top };
  if (quarantined) event._row = quarantined;
  return event;
};

/** The fields that we add to a row. */
export const parsedRowToEnvelope = (
  parsedRow: ParsedRow,
  { eventId, ingestTime, accountId }: Provenance,
): Envelope => {
  const { stream, time, eventType, area, category, verb, actor, detail, addresses } = parsedRow;
  const target = detail?.target;
  const envelope: Envelope = {
    event_id: eventId,
    schema_version: SCHEMA_VERSION,
    mapping_version: MAPPING_VERSION,
    event_time: time.text,
    ingest_time: ingestTime.text,
    stream,
    log_type: STREAMS[stream].logType,
    event_type: eventType,
    area,
    account_id: accountId,
  };
  if (category !== undefined) envelope.category = snakeCased(category);
  if (verb !== undefined) envelope.verb = verb;
  if (actor) {
    envelope.actor_name = actor.name;
    if (actor.email !== undefined) envelope.actor_email = actor.email;
  }
  if (target) {
    envelope.target_type = target.type;
    envelope.target_name = target.name;
    if (target.email !== undefined) envelope.target_email = target.email;
  }
  const people = new Set(detail ? peopleOf(detail) : []);
  if (people.size > 0) envelope.target_emails = sorted(people);
  if (detail) Object.assign(envelope, controlsIn(detail));
  if (detail) envelope.detail = detail;
  addIndicators(envelope, parsedRow);
  if (addresses) envelope.any_ip_addresses = sorted(new Set(addresses));
  return envelope;
};

/** The people whom a detail is about: its target, those it lists, or, in a batch without either, those its items name. */
const peopleOf = ({ target, people = [], changes = [] }: OperationDetail): string[] => {
  if (target) return [...(target.email === undefined ? [] : [target.email]), ...people];
  const named = changes.map(({ setting = '' }) => setting).filter(isEmail);
  return [...people, ...named.map((email) => email.toLowerCase())];
};

/** The fields that analysts search in every log source. */
const addIndicators = (envelope: Envelope, { row, actor, detail }: ParsedRow): void => {
  const emails = new Set<string>();
  const usernames = new Set<string>();
  const people = detail?.target?.type === 'user' ? [actor, detail.target] : [actor];
  for (const person of people) {
    if (person?.email !== undefined) emails.add(person.email);
    else if (person) usernames.add(person.name);
  }
  const text = row['operation_detail'];
  if (detail && typeof text === 'string') {
    for (const email of emailsIn(text)) emails.add(email.toLowerCase());
  }

  if (usernames.size > 0) envelope.any_usernames = sorted(usernames);
  if (emails.size === 0) return;
  envelope.any_emails = sorted(emails);
  envelope.any_domain_names = sorted(new Set(envelope.any_emails.map(domainOf)));
};

const sorted = (texts: ReadonlySet<string>): string[] => [...texts].sort();
const domainOf = (email: string): string => email.slice(email.indexOf('@') + 1);
