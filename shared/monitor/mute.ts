import * as z from 'zod';
import { muteKey, MUTES_PREFIX } from '../contract/object-keys.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { readJson, writeJson } from '../collect/state/state-file.ts';
import type { AlarmState, Alarms } from './ports.ts';

const MuteSchema = z.object({
  alarm: z.string(),
  by: z.string(),
  why: z.string().optional(),
  since: z.iso.datetime(),
  until: z.iso.datetime(),
  /** What whoever listens was told last, before the mute. */
  told: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
  endedAt: z.iso.datetime().optional(),
});

/** A time in which nobody is told of an alarm. The alarm itself goes on and off as ever, for all to see. */
export type Mute = z.infer<typeof MuteSchema>;

/** Mutes an alarm. It ends by itself: the watch ends it at the first run after `until`. A mute within a mute replaces it. */
export const beginMute = async (
  store: ObjectStore,
  alarms: Alarms,
  alarm: AlarmState,
  { by, why, until }: { by: string; why: string | undefined; until: Date },
  now: Date,
): Promise<Mute> => {
  const before = await readMute(store, alarm.name);
  const mute: Mute = {
    alarm: alarm.name,
    by,
    ...(why !== undefined && { why }),
    since: now.toISOString(),
    until: until.toISOString(),
    told: before && isOpen(before) ? before.told : alarm.state,
  };
  // Kept first: an alarm that nobody hears and no mute accounts for would stay so.
  await writeJson(store, muteKey(alarm.name), mute);
  await alarms.setActionsEnabled(alarm.name, false);
  return mute;
};

/**
 * Ends a mute: from here on whoever listens is told again, and of what they missed: that the alarm is on, or that it went
 * off. CloudWatch tells of changes alone, so before it is heard again the alarm is set to what makes the truth a change.
 */
export const endMute = async (
  store: ObjectStore,
  alarms: Alarms,
  mute: Mute,
  alarm: AlarmState | undefined,
  now: Date,
): Promise<void> => {
  if (alarm) {
    const isMissed = alarm.state === 'ALARM' || (alarm.state === 'OK' && mute.told === 'ALARM');
    if (isMissed) await alarms.set(alarm.name, alarm.state === 'OK' ? 'ALARM' : 'INSUFFICIENT_DATA', ENDED);
    await alarms.setActionsEnabled(alarm.name, true);
    if (isMissed) await alarms.set(alarm.name, alarm.state, alarm.reason);
  }
  await writeJson(store, muteKey(mute.alarm), { ...mute, endedAt: now.toISOString() });
};

const ENDED = 'A mute ends; what was missed is told next.';

/** The mute of an alarm that was begun last. */
export const readMute = (store: ObjectStore, alarm: string): Promise<Mute | undefined> =>
  readJson(store, muteKey(alarm), MuteSchema);

/** The mutes that have not been ended. */
export const readMutes = async (store: ObjectStore): Promise<Mute[]> => {
  const stored = await store.list(MUTES_PREFIX);
  const mutes = await Promise.all(
    stored.map(async ({ key }) => {
      const mute = await readJson(store, key, MuteSchema);
      // Ending a mute writes to the key of the alarm that it names: that must be this one.
      return mute && muteKey(mute.alarm) === key ? mute : undefined;
    }),
  );
  return mutes.filter((mute) => mute !== undefined).filter(isOpen);
};

const isOpen = ({ endedAt }: Mute): boolean => endedAt === undefined;
