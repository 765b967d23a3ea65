import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  closesAt,
  confirmsAt,
  liveDays,
  mergePlans,
  type PlanInput,
  planStream,
  PURPOSES,
} from '../../../shared/collect/plan.ts';
import type { SliceState } from '../../../shared/collect/state/slice-state.ts';
import { addDays, type Day, dayOf, oldestDayKept } from '../../../shared/model/day.ts';
import { HOUR_MS } from '../../../shared/model/duration.ts';
import { day } from '../../support/builders/collector.ts';
import { runs } from '../../support/builders/damage.ts';

const START = Date.UTC(2026, 10, 18);

const aState = (now: Date): fc.Arbitrary<SliceState> =>
  fc
    .record({
      hoursAgo: fc.integer({ min: 0, max: 24 * 30 }),
      pages: fc.integer({ min: 1, max: 50 }),
      held: fc.constantFrom(0, 0, 0, 2),
      wasRead: fc.boolean(),
      verdict: fc.constantFrom(undefined, 'complete' as const, 'gap' as const),
      isConfirmed: fc.boolean(),
    })
    .map(({ hoursAgo, pages, held, wasRead, verdict, isConfirmed }) => {
      const at = new Date(now.getTime() - hoursAgo * HOUR_MS).toISOString();
      const confirmed = isConfirmed ? { confirmedAt: at } : {};
      return {
        openedAt: at,
        ...{
          objects: 1,
          rows: 5,
          rejected: 0,
          dayMismatch: 0,
          newest: '',
          held,
          vanished: 0,
          pagesRead: pages,
        },
        lateness: Array<number>(17).fill(0),
        ...(wasRead && { lastWhole: { beganAt: at, endedAt: at, pages, rows: 5, order: '' } }),
        ...(verdict && { ledger: { revision: 0, sha256: '', verdict, rows: 5, closedAt: at, ...confirmed } }),
      };
    });

const anInput: fc.Arbitrary<PlanInput> = fc.integer({ min: -24 * 400, max: 24 * 400 }).chain((hours) => {
  const now = new Date(START + hours * HOUR_MS);
  const today = dayOf(now);
  const states = fc
    .array(
      fc.tuple(
        fc.integer({ min: -200, max: 3 }).map((count) => addDays(today, count)),
        aState(now),
      ),
      {
        maxLength: 40,
      },
    )
    .map((days): ReadonlyMap<Day, SliceState> => new Map(days));
  return fc.record({
    source: fc.constant('acme'),
    stream: fc.constantFrom('operation' as const, 'activity' as const),
    now: fc.constant(now),
    lookbackDays: fc.integer({ min: 1, max: 30 }),
    since: fc.integer({ min: -250, max: 0 }).map((count) => addDays(today, count)),
    states,
  });
});

const daysOf = (input: PlanInput): Day[] => planStream(input).map(({ slice }) => slice.day);

describe('a plan for any state', () => {
  it('has no day twice, no future day, and none that Zoom has deleted', () => {
    fc.assert(
      fc.property(anInput, (input) => {
        const days = daysOf(input);

        expect(new Set(days).size).toBe(days.length);
        for (const one of days) {
          expect(one <= dayOf(input.now)).toBe(true);
          expect(one >= oldestDayKept(input.now)).toBe(true);
        }
      }),
      runs(200),
    );
  });

  it('has today, and every open day of the lookback that was never read whole', () => {
    fc.assert(
      fc.property(anInput, (input) => {
        const days = daysOf(input);

        expect(days).toContain(dayOf(input.now));
        const wanted = liveDays(input.now, input.lookbackDays).filter(
          (one) => one >= input.since && one >= oldestDayKept(input.now) && !input.states.get(one)?.lastWhole,
        );
        expect(wanted.filter((one) => !days.includes(one))).toEqual([]);
      }),
      runs(200),
    );
  });

  it('lists a day with unconfirmed copies, and one that was never read, until it is done', () => {
    fc.assert(
      fc.property(anInput, (input) => {
        const planned = new Map(planStream(input).map((one) => [one.slice.day, one]));

        for (const [on, { held, lastWhole }] of input.states) {
          if (on > dayOf(input.now) || on < oldestDayKept(input.now)) continue;
          if (held > 0 || !lastWhole) expect(planned.get(on)?.listing).toBe('whole');
        }
      }),
      runs(200),
    );
  });

  it('is in order of its purposes, each listing limited in cost, also after merging', () => {
    fc.assert(
      fc.property(anInput, anInput, (one, other) => {
        for (const plan of [planStream(one), mergePlans([planStream(one), planStream(other)])]) {
          const urgency = plan.map(({ purpose }) => PURPOSES.indexOf(purpose));
          expect(urgency).toEqual([...urgency].sort((a, b) => a - b));
          for (const { listing, requests } of plan) {
            expect(requests).toBeGreaterThanOrEqual(1);
            if (listing === 'tip') expect(requests).toBe(1);
          }
        }
        const merged = mergePlans([planStream(one), planStream(other)]);
        expect(merged).toHaveLength(planStream(one).length + planStream(other).length);
      }),
      runs(100),
    );
  });

  it('is deterministic, and does not depend on the order of the known days', () => {
    fc.assert(
      fc.property(anInput, (input) => {
        const plan = planStream(input);
        const backwards = new Map([...input.states].reverse());

        expect(planStream(input)).toEqual(plan);
        expect(planStream({ ...input, states: backwards })).toEqual(plan);
      }),
      runs(100),
    );
  });
});

describe('a day', () => {
  it('closes when its lookback is over, and is confirmed a week later', () => {
    expect(closesAt(day('2026-11-18'), 3)).toEqual(new Date('2026-11-22T00:00:00Z'));
    expect(confirmsAt(day('2026-11-18'), 3)).toEqual(new Date('2026-11-29T00:00:00Z'));
  });
});
