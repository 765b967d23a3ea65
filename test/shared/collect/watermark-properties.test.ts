import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SliceState } from '../../../shared/collect/state/slice-state.ts';
import { type StreamWatermark, streamWatermark } from '../../../shared/collect/ledger/watermark.ts';
import { addDays, type Day, daysBetween } from '../../../shared/model/day.ts';
import { day } from '../../support/builders/collector.ts';
import { runs } from '../../support/builders/damage.ts';

const FIRST = day('2026-10-26'); // over the end of a month, and a Sunday of summer time
const DAYS = 14;

/** How far a day has come: each stage is more than the one before. */
const STAGES = ['open', 'late', 'closed', 'confirmed'] as const;
type Stage = (typeof STAGES)[number] | 'gap';

const stateOf = (stage: Stage): SliceState => {
  const at = '2026-11-18T00:00:00.000Z';
  const ledger = {
    revision: 0,
    sha256: '',
    verdict: stage === 'gap' ? ('gap' as const) : ('complete' as const),
    rows: stage === 'late' ? 4 : 5,
    closedAt: at,
    ...(stage === 'confirmed' && { confirmedAt: at }),
  };
  return {
    openedAt: at,
    ...{ objects: 1, rows: 5, rejected: 0, dayMismatch: 0, newest: '', held: 0, vanished: 0, pagesRead: 1 },
    lateness: Array<number>(17).fill(0),
    ...(stage !== 'open' && { ledger }),
  };
};

const aStage = fc.constantFrom<Stage>('open', 'late', 'closed', 'confirmed', 'confirmed', 'gap');
const stages = fc.array(fc.option(aStage, { nil: undefined, freq: 8 }), { minLength: DAYS, maxLength: DAYS });
const aSince = fc.option(fc.integer({ min: 0, max: DAYS - 1 }), { nil: undefined });

const statesOf = (all: readonly (Stage | undefined)[]): Map<Day, SliceState> =>
  new Map(all.flatMap((stage, index) => (stage ? [[addDays(FIRST, index), stateOf(stage)]] : [])));

const watermark = (all: readonly (Stage | undefined)[], since: number | undefined): StreamWatermark =>
  streamWatermark(statesOf(all), since === undefined ? undefined : addDays(FIRST, since), undefined);

const isAtLeast = (a: Day | undefined, b: Day | undefined): boolean => b === undefined || (a ?? '') >= b;

describe('a watermark', () => {
  it('claims only closed days, and as complete only confirmed or deleted ones', () => {
    fc.assert(
      fc.property(stages, aSince, (all, since) => {
        const { complete_from: from, closed_up_to: closed, complete_up_to: complete } = watermark(all, since);
        const stageOf = (on: Day): Stage | undefined => all[daysBetween(FIRST, on).length - 1];

        for (const on of from && closed ? daysBetween(from, closed) : [])
          expect(['closed', 'confirmed', 'gap']).toContain(stageOf(on));
        for (const on of from && complete ? daysBetween(from, complete) : [])
          expect(['confirmed', 'gap']).toContain(stageOf(on));
        expect(isAtLeast(closed, complete)).toBe(true);
      }),
      runs(500),
    );
  });

  it('only moves forward, so that no claim is withdrawn', () => {
    fc.assert(
      fc.property(stages, fc.nat({ max: DAYS - 1 }), fc.nat({ max: DAYS - 1 }), (all, since, at) => {
        const stage = all[at] ?? 'open';
        // A day before them that closes later than they are confirmed joins the claims with what it has.
        fc.pre(at >= since && stage !== 'gap' && stage !== 'confirmed');
        const further = all.with(at, STAGES[STAGES.indexOf(stage) + 1] ?? 'confirmed');

        const [before, after] = [watermark(all, since), watermark(further, since)];

        expect(isAtLeast(after.closed_up_to, before.closed_up_to)).toBe(true);
        expect(isAtLeast(after.complete_up_to, before.complete_up_to)).toBe(true);
        if (before.complete_from) expect((after.complete_from ?? '9') <= before.complete_from).toBe(true);
      }),
      runs(500),
    );
  });

  it('names every gap once, in ranges of days that do not touch', () => {
    fc.assert(
      fc.property(stages, aSince, (all, since) => {
        const { gaps } = watermark(all, since);

        const named = gaps.flatMap(({ from, to }) => daysBetween(from, to));
        expect(named).toEqual(
          [...statesOf(all)].flatMap(([on, { ledger }]) => (ledger?.verdict === 'gap' ? [on] : [])),
        );
        gaps.forEach(({ from }, index) => {
          const before = gaps[index - 1];
          if (before) expect(addDays(before.to, 1) < from).toBe(true);
        });
      }),
      runs(300),
    );
  });

  it('does not depend on the order of the known days', () => {
    fc.assert(
      fc.property(stages, aSince, (all, since) => {
        const states = statesOf(all);
        const anchor = since === undefined ? undefined : addDays(FIRST, since);
        const backwards = new Map([...states].reverse());

        expect(streamWatermark(backwards, anchor, undefined)).toEqual(
          streamWatermark(states, anchor, undefined),
        );
      }),
      runs(200),
    );
  });
});
