import type { Collector } from '../../../shared/collect/collect-slice.ts';
import type { ObjectStore, Reports } from '../../../shared/collect/ports.ts';
import { limitsFor } from '../../../shared/collect/log/concurrency.ts';
import { type Day, parseDay } from '../../../shared/model/day.ts';
import type { Slice } from '../../../shared/model/slice.ts';
import { SettableClock } from '../doubles/settable-clock.ts';

/** Parses a day. */
export const day = (text: string): Day => {
  const parsed = parseDay(text);
  if (!parsed) throw new RangeError(text);
  return parsed;
};

export const aSlice = (fields: Partial<Slice> = {}): Slice => ({
  source: 'quillmere',
  stream: 'operation',
  day: day('2026-11-18'),
  ...fields,
});

export const aCollector = (
  store: ObjectStore,
  reports: Reports,
  fields: Partial<Collector> = {},
): Collector => ({
  store,
  reports,
  clock: new SettableClock(),
  mapping: { formats: ['flat', 'ocsf'], ocsfVersion: '1.8.0', accountId: 'Sim-Account-000000000001' },
  limits: limitsFor(1),
  ...fields,
});

/** A signal that never aborts. */
export const never = new AbortController().signal;
