import type { FlatEvent } from './flat-event.ts';
import type { OcsfEvent } from './ocsf-event.ts';
import type { OperationDetail } from './operation-detail.ts';

/** An event without the fields that were parsed from its detail. The kind of the event is unchanged. */
export const withoutDetail = (event: FlatEvent | OcsfEvent): FlatEvent | OcsfEvent =>
  isOcsf(event) ? ocsfWithoutDetail(event) : flatWithoutDetail(event);

/** Only a flat event has an `event_id` at the top. */
export const isOcsf = (event: FlatEvent | OcsfEvent): event is OcsfEvent => !('event_id' in event);

const NOTHING_READ: OperationDetail = { status: 'none' };

const ocsfWithoutDetail = (event: OcsfEvent): OcsfEvent => {
  const lighter = { ...event };
  delete lighter.entity_result;
  if (lighter.entity) {
    lighter.entity = { ...lighter.entity };
    delete lighter.entity.data;
  }
  if (lighter.unmapped['detail']) lighter.unmapped = { ...lighter.unmapped, detail: NOTHING_READ };
  return lighter;
};

const flatWithoutDetail = (event: FlatEvent): FlatEvent =>
  event.detail ? { ...event, detail: NOTHING_READ } : event;
