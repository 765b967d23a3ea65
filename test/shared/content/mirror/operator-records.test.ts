import { beforeEach, describe, expect, it } from '@jest/globals';
import { addHold, readActiveHolds, readHolds, releaseHold } from '../../../../shared/content/mirror/hold.ts';
import { resolveHolds } from '../../../../shared/content/mirror/hold-people.ts';
import {
  readMirrorDecisions,
  recordMirrorDecision,
} from '../../../../shared/content/mirror/mirror-decisions.ts';
import { aContentSlice, commitRows } from '../../../support/builders/content.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';
import { SettableClock } from '../../../support/doubles/settable-clock.ts';

const AT = '2026-11-20T12:00:00.000Z';
const LATER = '2026-11-21T12:00:00.000Z';

let store: MemoryStore;
beforeEach(() => {
  store = new MemoryStore();
});

const hold = (name: string, change: object = {}) => ({
  name,
  at: AT,
  by: 'ines',
  people: ['ann@example.com'],
  ...change,
});

describe('a hold', () => {
  it('is on until it is released by a further record, and its own record stays', async () => {
    await addHold(store, hold('matter-7'));
    const before = await store.read('holds/matter-7.json');
    expect(await readActiveHolds(store, 'acme')).toMatchObject([{ name: 'matter-7', by: 'ines' }]);

    expect(await releaseHold(store, { name: 'matter-7', at: LATER, by: 'jo', why: 'closed' })).toBe(true);

    expect(await readActiveHolds(store, 'acme')).toEqual([]);
    expect(await store.read('holds/matter-7.json')).toEqual(before);
    expect(await readHolds(store)).toMatchObject([
      { hold: { name: 'matter-7' }, release: { at: LATER, by: 'jo', why: 'closed' } },
    ]);
    expect(await releaseHold(store, { name: 'matter-7', at: AT, by: 'ines' })).toBe(false);
  });

  it('has a name that is never used again', async () => {
    await addHold(store, hold('matter-7'));
    await releaseHold(store, { name: 'matter-7', at: LATER, by: 'ines' });

    await expect(addHold(store, hold('matter-7', { at: LATER }))).rejects.toThrow(
      'There is a hold "matter-7" already, and a hold is never changed.',
    );
    await expect(releaseHold(store, { name: 'matter-8', at: LATER, by: 'ines' })).rejects.toThrow(
      'There is no hold "matter-8".',
    );
  });

  it('of one source is not one of others', async () => {
    await addHold(store, hold('a', { source: 'acme' }));
    await addHold(store, hold('b', { source: 'globex' }));
    await addHold(store, hold('c'));

    expect((await readActiveHolds(store, 'acme')).map(({ name }) => name)).toEqual(['a', 'c']);
  });

  it('that cannot be read stops the reading of all: what it keeps is not known', async () => {
    await store.create('holds/matter-7.json', Buffer.from('{"form":1}'));

    await expect(readActiveHolds(store, 'acme')).rejects.toThrow(
      'holds/matter-7.json cannot be read, so what the hold keeps is not known, and nothing is hidden.',
    );
  });

  it('is one of a person under each address that the lists of people had', async () => {
    const clock = new SettableClock();
    const person = (email: string) => ({ id: 'id-ann', email, display_name: email, status: 'active' });
    await commitRows(store, clock, aContentSlice('2026-10-01', 'person'), [person('ann@example.com')]);
    await commitRows(store, clock, aContentSlice('2026-11-01', 'person'), [person('ann.lee@example.com')]);
    await addHold(store, hold('matter-7'));
    await addHold(store, hold('all', { people: 'all' }));

    const [all, one] = await resolveHolds(store, 'acme', await readActiveHolds(store, 'acme'));

    expect(all?.names).toBe('all');
    expect(one?.names).toEqual(new Set(['ann@example.com', 'id-ann', 'ann.lee@example.com']));
  });
});

describe('the decisions about a mirror', () => {
  const decision = (change: object = {}) => ({
    kind: 'mode' as const,
    mode: 'mirror' as const,
    at: AT,
    by: 'ines',
    departures: ['a 1'],
    ...change,
  });

  it('make an archive of a source without any, and the last mode counts', async () => {
    expect(await readMirrorDecisions(store, 'acme')).toEqual({
      mode: 'archive',
      released: new Set(),
      count: 0,
    });

    await recordMirrorDecision(store, 'acme', decision());
    await recordMirrorDecision(store, 'acme', {
      kind: 'release',
      at: LATER,
      by: 'ines',
      departures: ['b 2'],
    });
    await recordMirrorDecision(store, 'globex', decision({ mode: 'archive' }));

    expect(await readMirrorDecisions(store, 'acme')).toEqual({
      mode: 'mirror',
      released: new Set(['a 1', 'b 2']),
      count: 2,
    });
  });

  it('of two operators at the same time are both recorded', async () => {
    await Promise.all([
      recordMirrorDecision(store, 'acme', decision()),
      recordMirrorDecision(store, 'acme', decision({ by: 'jo', departures: ['b 1'] })),
    ]);

    expect((await readMirrorDecisions(store, 'acme')).released).toEqual(new Set(['a 1', 'b 1']));
  });

  it('stop everything if one of them is damaged or missing', async () => {
    await recordMirrorDecision(store, 'acme', decision());
    await recordMirrorDecision(store, 'acme', decision({ mode: 'archive', at: LATER }));
    store.remove('mirror/source=acme/000000.json');

    await expect(readMirrorDecisions(store, 'acme')).rejects.toThrow(
      'mirror/source=acme/000000.json is missing or cannot be read.',
    );
  });
});
