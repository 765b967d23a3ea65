import type { StreamName } from '../model/stream.ts';
import { isEnvelopeField, type Envelope, type FlatEvent } from './flat-event.ts';
import type { OcsfEvent } from './ocsf-event.ts';
import type { OperationDetail } from './operation-detail.ts';

/** An event without what was read out of its detail. What sort of event it is stays as it was judged. */
export const withoutDetail = (event: FlatEvent | OcsfEvent): FlatEvent | OcsfEvent =>
  isOcsf(event) ? ocsfWithoutDetail(event) : flatWithoutDetail(event);

/** An event without those of our attributes that only repeat a part of its row. */
export const withoutRepeats = (event: FlatEvent | OcsfEvent): FlatEvent | OcsfEvent =>
  isOcsf(event) ? ocsfWithoutRepeats(event) : flatWithoutRepeats(event);

/** A flat event has an `event_id` at the top, be it ours or the row's. */
const isOcsf = (event: FlatEvent | OcsfEvent): event is OcsfEvent => !('event_id' in event);

const NOTHING_READ: OperationDetail = { status: 'none' };

const ocsfWithoutDetail = (event: OcsfEvent): OcsfEvent => {
  const lighter = { ...event };
  delete lighter.entity_result;
  if (lighter.entity) {
    lighter.entity = { ...lighter.entity };
    delete lighter.entity.data;
  }
  if (lighter.unmapped?.['detail']) lighter.unmapped = { ...lighter.unmapped, detail: NOTHING_READ };
  return lighter;
};

const ocsfWithoutRepeats = (event: OcsfEvent): OcsfEvent => {
  const lighter = { ...event };
  delete lighter.message;
  return lighter;
};

/** Whose rows have a detail: elsewhere a field of that name is the row's own. */
const HAS_DETAIL: Readonly<Record<StreamName, boolean>> = { operation: true, activity: false };

const flatWithoutDetail = (event: FlatEvent): FlatEvent => {
  const { _connector: ours } = event;
  if (ours?.detail) return { ...event, _connector: { ...ours, detail: NOTHING_READ } };
  const stream = ours?.stream ?? (event.stream as StreamName);
  return HAS_DETAIL[stream] ? { ...event, detail: NOTHING_READ } : event;
};

const REPEATS: ReadonlySet<keyof Envelope> = new Set([
  'actor_name',
  'actor_email',
  'target_name',
  'target_email',
  'any_emails',
  'any_usernames',
  'any_domain_names',
] as const);

/** Where the row has taken names of ours, only `_connector` is surely ours. */
const flatWithoutRepeats = (event: FlatEvent): FlatEvent =>
  event._connector ? { ...event, _connector: onlyOriginals(event._connector) } : onlyOriginals(event);

const onlyOriginals = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).filter(([name]) => !(isEnvelopeField(name) && REPEATS.has(name))),
  );
