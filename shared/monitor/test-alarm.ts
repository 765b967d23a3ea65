import { disarmed } from '../model/chat-text.ts';
import type { Alarms } from './ports.ts';

/**
 * Sends a test through the whole path of an alarm: it goes on and at once off again, both marked. Only for an alarm that is
 * off: of one that is on, this would announce the end of an incident that goes on.
 */
export const testAlarm = async (alarms: Alarms, name: string, by: string): Promise<void> => {
  await alarms.set(
    name,
    'ALARM',
    `TEST by ${disarmed(by)}: this is to prove that ${name} reaches you. Nothing is wrong, and there is nothing to do; its end follows at once.`,
  );
  await alarms.set(name, 'OK', `TEST over. ${name} reaches you, and nothing was wrong.`);
};
