import { describe, expect, it } from '@jest/globals';
import {
  isConfirmable,
  readyToClose,
  mergePlans,
  type PlanInput,
  planStream,
  PURPOSES,
  yieldsToLiveDays,
} from '../../../shared/collect/plan.ts';
import type { SliceState } from '../../../shared/collect/state/slice-state.ts';
import { addDays, dayOf } from '../../../shared/model/day.ts';
import { day } from '../../support/builders/collector.ts';
import { aSliceState, inLedger, wholeAt } from '../../support/builders/slice-states.ts';

const NOW = new Date('2026-06-10T12:00:00Z');

/** What is planned of one day alone, three days of lookback. */
const dueOn = (on: string, state?: Partial<SliceState>, now = NOW) => {
  const states = new Map(state ? [[day(on), aSliceState(state)]] : []);
  const input: PlanInput = {
    source: 'acme',
    stream: 'operation',
    now,
    lookbackDays: 3,
    since: state ? addDays(dayOf(now), 1) : day(on),
    states,
  };
  const found = planStream(input).find(({ slice }) => slice.day === day(on));
  return found && `${found.purpose} ${found.listing} ${found.requests}`;
};

describe('what is due of a day', () => {
  it.each<[string, string, Partial<SliceState> | undefined, string | undefined]>([
    ['today, never listed', '2026-06-10', undefined, 'whole whole 1'],
    ['today, listed by its tip alone', '2026-06-10', {}, 'whole whole 1'],
    ['today, read whole an hour ago', '2026-06-10', wholeAt('2026-06-10T11:00:00Z'), 'whole whole 1'],
    ['today, read whole just now', '2026-06-10', wholeAt('2026-06-10T11:00:01Z'), 'tip tip 1'],
    [
      'today, of twenty pages, read whole two hours ago',
      '2026-06-10',
      wholeAt('2026-06-10T10:00:00Z', 20),
      'whole whole 20',
    ],
    [
      'today, of twenty-one pages, read two hours ago',
      '2026-06-10',
      wholeAt('2026-06-10T10:00:00Z', 21),
      'tip tip 1',
    ],
    [
      'today, read just now, with copies to prove',
      '2026-06-10',
      { ...wholeAt('2026-06-10T11:59:00Z'), held: 1 },
      'whole whole 1',
    ],
    [
      'yesterday, read whole just before it ended',
      '2026-06-09',
      wholeAt('2026-06-09T23:59:59Z'),
      'whole whole 1',
    ],
    ['yesterday, read whole a while ago', '2026-06-09', wholeAt('2026-06-10T11:30:00Z'), undefined],
    ['the last live day', '2026-06-07', wholeAt('2026-06-10T11:30:00Z'), undefined],
    ['a day that is over, never read', '2026-06-06', {}, 'catch-up whole 1'],
    [
      'a day that is over, read within its lookback',
      '2026-06-06',
      wholeAt('2026-06-09T23:59:59Z', 4),
      'close whole 4',
    ],
    ['a day that is over, read after its lookback', '2026-06-06', wholeAt('2026-06-10T00:00:00Z'), undefined],
    [
      'a day that is over, with copies to prove',
      '2026-06-06',
      { ...wholeAt('2026-06-10T00:00:00Z'), held: 2 },
      'close whole 1',
    ],
    [
      'a day that closed a week ago',
      '2026-05-30',
      { ...wholeAt('2026-06-03T00:00:00Z'), ...inLedger() },
      'confirm whole 1',
    ],
    [
      'a day that closed less than a week ago',
      '2026-05-31',
      { ...wholeAt('2026-06-04T00:00:00Z'), ...inLedger() },
      undefined,
    ],
    [
      'a day that is confirmed',
      '2026-05-30',
      { ...wholeAt('2026-06-03T00:00:00Z'), ...inLedger({ confirmedAt: '2026-06-10T00:10:00Z' }) },
      undefined,
    ],
    [
      'a day that was read late enough to confirm it',
      '2026-05-30',
      { ...wholeAt('2026-06-10T00:00:00Z'), ...inLedger() },
      undefined,
    ],
    [
      'a gap',
      '2026-05-30',
      { ...wholeAt('2026-06-03T00:00:00Z'), ...inLedger({ verdict: 'gap' }) },
      undefined,
    ],
    ['a day that Zoom still keeps', '2025-12-11', {}, 'catch-up whole 1'],
    ['a day that Zoom has forgotten', '2025-12-10', {}, undefined],
    ['tomorrow', '2026-06-11', {}, undefined],
  ])('%s', (_, on, state, expected) => {
    expect(dueOn(on, state)).toBe(expected);
  });

  it.each([
    [
      'that ended this moment, read just before',
      '2026-06-09',
      '2026-06-09T23:59:59Z',
      '2026-06-10T00:00:00Z',
      {},
      'whole whole 1',
    ],
    [
      'that ended a while ago, read as it ended',
      '2026-06-09',
      '2026-06-10T00:00:00Z',
      '2026-06-10T00:30:00Z',
      {},
      'tip tip 1',
    ],
    [
      'whose lookback ended this moment',
      '2026-06-06',
      '2026-06-09T23:59:59Z',
      '2026-06-10T00:00:00Z',
      {},
      'close whole 1',
    ],
    [
      'to be confirmed from this moment on',
      '2026-05-30',
      '2026-06-03T00:00:00Z',
      '2026-06-10T00:00:00Z',
      inLedger(),
      'confirm whole 1',
    ],
  ])('is, of a day %s', (_, on, read, now, state, expected) => {
    expect(dueOn(on, { ...wholeAt(read), ...state }, new Date(now))).toBe(expected);
  });

  it.each([
    ['until two hours after midnight', '2026-06-10T01:59:59Z', 'tip tip 1'],
    ['no longer than that', '2026-06-10T02:00:00Z', undefined],
  ])('is its tip %s', (_, now, expected) => {
    const state = wholeAt('2026-06-10T01:30:00Z');

    expect(dueOn('2026-06-09', state, new Date(now))).toBe(expected);
  });
});

describe('the order of a plan', () => {
  const planned = (since: string, states: [string, Partial<SliceState>][] = []): string[] =>
    planStream({
      source: 'acme',
      stream: 'operation',
      now: NOW,
      lookbackDays: 1,
      since: day(since),
      states: new Map(states.map(([on, state]) => [day(on), aSliceState(state)])),
    }).map(({ slice, purpose }) => `${slice.day} ${purpose}`);

  it('is by purpose, then oldest first', () => {
    const states: [string, Partial<SliceState>][] = [
      ['2026-06-05', wholeAt('2026-06-05T12:00:00Z')],
      ['2026-06-06', wholeAt('2026-06-06T12:00:00Z')],
      ['2026-06-08', {}],
      ['2026-06-10', wholeAt('2026-06-10T11:30:00Z')],
    ];

    expect(planned('2026-06-10', states.toReversed())).toEqual([
      '2026-06-10 tip',
      '2026-06-05 close',
      '2026-06-06 close',
      '2026-06-08 catch-up',
    ]);
  });

  it('of a back-fill is newest first, except for the two weeks that Zoom deletes next', () => {
    const plan = planned('2025-12-23').filter((listing) => listing.endsWith('catch-up'));

    expect(plan.slice(0, 3)).toEqual(['2025-12-23 catch-up', '2025-12-24 catch-up', '2026-06-08 catch-up']);
    expect(plan.at(-1)).toBe('2025-12-25 catch-up');
  });

  it('names the slice', () => {
    const [first] = planStream({
      source: 'acme',
      stream: 'activity',
      now: NOW,
      lookbackDays: 1,
      since: day('2026-06-10'),
      states: new Map(),
    });

    expect(first?.slice).toEqual({ source: 'acme', stream: 'activity', day: '2026-06-10' });
  });

  it('of several streams is by purpose, too', () => {
    const [today, yesterday] = ['2026-06-10', '2026-06-09'].map((on) =>
      planStream({
        source: 'acme',
        stream: 'operation',
        now: NOW,
        lookbackDays: 1,
        since: day(on),
        states: new Map([[day(on), aSliceState(wholeAt(`${on}T11:30:00Z`))]]),
      }),
    );

    expect(mergePlans([yesterday ?? [], today ?? []]).map(({ purpose }) => purpose)).toEqual([
      'tip',
      'whole',
      'whole',
    ]);
  });

  it('has back-fills and confirmations last', () => {
    expect(PURPOSES.filter(yieldsToLiveDays)).toEqual(['confirm', 'catch-up']);
  });
});

describe('a day', () => {
  const ON = day('2026-06-01');

  it.each<[string, Partial<SliceState>, boolean]>([
    ['read when its lookback was over', wholeAt('2026-06-05T00:00:00Z'), true],
    ['read before', wholeAt('2026-06-04T23:59:59Z'), false],
    ['with copies to prove', { ...wholeAt('2026-06-05T00:00:00Z'), held: 1 }, false],
    ['never read', {}, false],
  ])('is ready to close, or not: %s', (_, state, expected) => {
    expect(readyToClose(ON, aSliceState(state), 3)).toBe(expected);
  });

  it.each<[string, Partial<SliceState>, boolean]>([
    ['read a week after its lookback', wholeAt('2026-06-12T00:00:00Z'), true],
    ['read before', wholeAt('2026-06-11T23:59:59Z'), false],
    ['never read', {}, false],
  ])('may be confirmed, or not: %s', (_, state, expected) => {
    expect(isConfirmable(ON, aSliceState(state), 3)).toBe(expected);
  });
});
