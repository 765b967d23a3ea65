import { describe, expect, it } from '@jest/globals';
import { beginMute, endMute, readMute, readMutes } from '../../../shared/monitor/mute.ts';
import type { AlarmState } from '../../../shared/monitor/ports.ts';
import { MemoryAlarms } from '../../support/doubles/memory-alarms.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';

const NAME = 'zls-acme-collection';
const NOW = new Date('2026-06-01T09:00:00Z');
const UNTIL = new Date('2026-06-01T17:00:00Z');

const BY = { by: 'ines', why: 'A change of plan.', until: UNTIL };

/** An alarm that was never set, or that is in a state of which subscribers were notified. */
const anAlarm = async (state?: 'OK' | 'ALARM') => {
  const store = new MemoryStore();
  const alarms = new MemoryAlarms();
  alarms.make([NAME]);
  if (state) await alarms.set(NAME, state, `It is ${state}.`);
  alarms.notifications.splice(0);

  const read = async (): Promise<AlarmState> => {
    const alarm = (await alarms.read([NAME])).get(NAME);
    if (alarm) return alarm;
    throw new Error('It is gone.');
  };
  const mute = async (fields = {}) => beginMute(store, alarms, await read(), { ...BY, ...fields }, NOW);
  const end = async (): Promise<void> => {
    const [kept] = await readMutes(store);
    if (!kept) throw new Error('Nothing is muted.');
    await endMute(store, alarms, kept, await read(), UNTIL);
  };
  const notifications = (): string[] =>
    alarms.notifications.map(({ state: recorded, reason }) => `${recorded} ${reason}`);
  return { store, alarms, read, mute, end, notifications };
};

describe('a mute', () => {
  it('is stored with who, why and until when, and stops notifications', async () => {
    const { store, alarms, mute, read, notifications } = await anAlarm('OK');

    await mute();
    await alarms.set(NAME, 'ALARM', 'It fails.');

    expect(await readMutes(store)).toEqual([
      {
        alarm: NAME,
        by: 'ines',
        why: 'A change of plan.',
        since: NOW.toISOString(),
        until: UNTIL.toISOString(),
        told: 'OK',
      },
    ]);
    expect(await read()).toMatchObject({ state: 'ALARM', actionsEnabled: false });
    expect(notifications()).toEqual([]);
  });

  it('is ignored under the name of another alarm: ending it would write there', async () => {
    const { store, mute } = await anAlarm('OK');
    const kept = await mute();
    store.remove('_state/mutes/' + NAME + '.json');

    await store.replace('_state/mutes/zls-acme-deadline.json', Buffer.from(JSON.stringify(kept)));
    await store.replace(
      '_state/mutes/x.json',
      Buffer.from(JSON.stringify({ ...kept, alarm: '../sources/acme' })),
    );

    expect(await readMutes(store)).toEqual([]);
  });

  it('needs no reason', async () => {
    const { mute } = await anAlarm('OK');

    expect(await mute({ why: undefined })).not.toHaveProperty('why');
  });

  it('within a mute replaces it, and keeps what was notified before the first', async () => {
    const { store, alarms, mute } = await anAlarm('ALARM');
    await mute();
    await alarms.set(NAME, 'OK', 'It is over.');

    await mute({ by: 'amara', until: new Date('2026-06-02T09:00:00Z') });

    expect(await readMutes(store)).toMatchObject([
      { by: 'amara', until: '2026-06-02T09:00:00.000Z', told: 'ALARM' },
    ]);
  });

  it('after one that has ended keeps what was notified since', async () => {
    const { store, alarms, mute, end } = await anAlarm('ALARM');
    await mute();
    await alarms.set(NAME, 'OK', 'It is over.');
    await end();

    await mute();

    expect(await readMute(store, NAME)).toMatchObject({ told: 'OK' });
  });

  it('of an alarm does not mute others', async () => {
    const { alarms, mute, notifications } = await anAlarm('OK');
    alarms.make(['zls-acme-deadline']);

    await mute();
    await alarms.set('zls-acme-deadline', 'ALARM', 'Soon.');

    expect(notifications()).toEqual(['ALARM Soon.']);
  });

  it('whose alarm can’t be silenced is stored nonetheless, so that it ends', async () => {
    const { store, alarms, read } = await anAlarm('OK');
    const alarm = await read();
    alarms.setActionsEnabled = () => Promise.reject(new Error('Denied.'));

    await expect(beginMute(store, alarms, alarm, BY, NOW)).rejects.toThrow('Denied.');

    expect(await readMutes(store)).toHaveLength(1);
  });
});

type State = 'OK' | 'ALARM';

describe('the end of a mute', () => {
  it.each<[string, State | undefined, State[], string[]]>([
    ['on, as last notified: notified again', 'ALARM', [], ['ALARM It is ALARM.']],
    ['on, and was off', 'OK', ['ALARM'], ['ALARM Now ALARM.']],
    ['off, and was on', 'ALARM', ['OK'], ['OK Now OK.']],
    ['off, as last notified: nothing was missed', 'OK', [], []],
    ['off, and was on only meanwhile', 'OK', ['ALARM', 'OK'], []],
    ['on again, after it was off meanwhile', 'ALARM', ['OK', 'ALARM'], ['ALARM Now ALARM.']],
    ['never set', undefined, [], []],
    ['on, and was never set', undefined, ['ALARM'], ['ALARM Now ALARM.']],
    ['off, and was never set', undefined, ['OK'], []],
  ])('notifies of what was missed: the alarm is %s', async (_, before, meanwhile, expected) => {
    const { alarms, mute, end, read, notifications } = await anAlarm(before);
    await mute();
    for (const state of meanwhile) await alarms.set(NAME, state, `Now ${state}.`);

    await end();

    expect(notifications()).toEqual(expected);
    expect(await read()).toMatchObject({
      state: meanwhile.at(-1) ?? before ?? 'INSUFFICIENT_DATA',
      actionsEnabled: true,
    });
  });

  it('is stored, and later changes are notified', async () => {
    const { store, alarms, mute, end, notifications } = await anAlarm('OK');
    await mute();

    await end();
    await alarms.set(NAME, 'ALARM', 'It fails.');

    expect(await readMutes(store)).toEqual([]);
    expect(await readMute(store, NAME)).toMatchObject({ by: 'ines', endedAt: UNTIL.toISOString() });
    expect(notifications()).toEqual(['ALARM It fails.']);
  });

  it('of an alarm that is gone is kept as well', async () => {
    const { store, alarms, mute } = await anAlarm('OK');
    const kept = await mute();

    await endMute(store, alarms, kept, undefined, UNTIL);

    expect(await readMutes(store)).toEqual([]);
  });
});
