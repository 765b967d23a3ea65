import { expect } from '@jest/globals';
import type { StreamName } from '../../shared/model/stream.ts';
import { beginMute } from '../../shared/monitor/mute.ts';
import { type Course, SourceHistory, type PollEnd, STACK } from './source-history.ts';

/** Events of a company that works from Monday to Friday, 8 to 18 o'clock. */
export const office = (hour: Date, stream: StreamName): number => {
  const isWeekday = hour.getUTCDay() >= 1 && hour.getUTCDay() <= 5;
  const isOpen = isWeekday && hour.getUTCHours() >= 8 && hour.getUTCHours() < 18;
  return isOpen ? { operation: 12, activity: 40 }[stream] : 0;
};

/** Whether an instant is between two others, such as `2026-06-01T09:00`; the second is excluded. */
export const between = (at: Date, from: string, to: string): boolean => {
  const text = at.toISOString().slice(0, 16);
  return from <= text && text < to;
};

/** A failure of both streams from one instant to another. */
export const fails =
  (reason: string, from: string, to: string): NonNullable<Course['poll']> =>
  (at) =>
    between(at, from, to) ? { reason } : 'read';

/** No poll of either stream from one instant to another. */
export const noPolls =
  (from: string, to: string): NonNullable<Course['poll']> =>
  (at): PollEnd =>
    between(at, from, to) ? 'gone' : 'read';

/** The office without events between two instants. */
export const silentIn =
  (from: string, to: string, streams: readonly StreamName[] = ['operation', 'activity']) =>
  (hour: Date, stream: StreamName): number =>
    streams.includes(stream) && between(hour, from, to) ? 0 : office(hour, stream);

/** An operator mutes an alarm until an instant. */
export const mute = (name: string, until: string) => async (history: SourceHistory) => {
  const alarm = (await history.alarms.read([name])).get(name);
  if (!alarm) throw new Error(name);
  await beginMute(
    history.store,
    history.alarms,
    alarm,
    { by: 'op', why: undefined, until: new Date(until) },
    history.now,
  );
};

/** The name of the source's collection alarm. */
export const COLLECTION = `${STACK}-acme-collection`;

/** The course of a source, and the notifications that it causes. Instants are UTC: `2026-06-01T07:00`. */
export interface History {
  readonly name: string;
  /** Default: 2026-06-01T07:00, a Monday. */
  readonly from?: string;
  readonly to: string;
  readonly course: Course;
  /** All notifications of on-call, in order. An alarm that was never raised sends no end. */
  readonly notifications: readonly string[];
  readonly verdict?: Partial<Record<StreamName, string>> | string;
}

const MONDAY = '2026-06-01T07:00';

/** Runs a history, and expects the notifications and the verdicts at its end. */
export const expectHistory = async ({
  from = MONDAY,
  to,
  course,
  notifications,
  verdict,
}: History): Promise<void> => {
  const history = await new SourceHistory(`${from}:00Z`, course).until(`${to}:00Z`);

  expect(history.notifications).toEqual(notifications);
  if (verdict !== undefined) {
    const expected = typeof verdict === 'string' ? { operation: verdict, activity: verdict } : verdict;
    expect(await history.verdicts()).toEqual(expected);
  }
};
