import { disarmed } from '../model/chat-text.ts';
import type { Alarms } from './ports.ts';

/**
 * Sends a test alarm: it is raised and at once cleared, both marked. Only for an alarm that is off: for one that is on, this
 * would announce the end of a current incident.
 */
export const testAlarm = async (alarms: Alarms, name: string, by: string): Promise<void> => {
  await alarms.set(
    name,
    'ALARM',
    `TEST by ${disarmed(by)}: this checks that ${name} reaches you. There is no problem and no action is needed. Its end follows at once.`,
  );
  await alarms.set(name, 'OK', `TEST over. ${name} reaches you. There was no problem.`);
};
