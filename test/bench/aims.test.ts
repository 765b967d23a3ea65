import { describe, expect, it } from '@jest/globals';
import { type Aim, evaluateAims } from '../../bench/report/aims.ts';
import type { Results } from '../../bench/report/results.ts';
import { aDay, aPart, aRound } from './measurements.ts';

const FLOOR = 0;
const SPEED = 1;
const BUDGET = 2;
const MEMORY = 3;
const WARM = 4;
const FIRST = 5;

const aim = (results: Results, index: number): Aim | undefined => evaluateAims(results)[index];

const CALLS = {
  lists: 8,
  gets: 16,
  puts: 6,
  created: 0,
  createdBytes: 0,
  replacedBytes: 6000,
  announced: 0,
};

describe('the aims', () => {
  it('are not measured without measurements', () => {
    expect(evaluateAims({}).map(({ verdict }) => verdict)).toEqual(Array<string>(6).fill('not measured'));
  });

  it('take the median over the rounds of the ratio within a round, and the worst day', () => {
    const rounds = [aRound(100_000, 2.2, 2), aRound(100_000, 9, 3), aRound(100_000, 1.2, 1)];
    const within = { throughput: aPart([aDay(100_000, 0, rounds)]) };
    const beyond = {
      throughput: aPart([aDay(100_000, 0, rounds), aDay(1_000_000, 0, [aRound(1_000_000, 25, 20)])]),
    };

    expect(aim(within, FLOOR)).toMatchObject({
      verdict: 'met',
      measured: '1.20 times, the worst of days of 100,000 rows',
    });
    expect(aim(beyond, FLOOR)).toMatchObject({
      verdict: 'missed',
      measured: '1.25 times, the worst of days of 100,000 and 1,000,000 rows',
    });
  });

  it('count rows a second by the slowest day that lasts, at no latency', () => {
    const days = [
      aDay(10_000, 0, [aRound(10_000, 10, 1)]),
      aDay(100_000, 150, [aRound(100_000, 50, 50)]),
      aDay(100_000, 0, [aRound(100_000, 2.5, 1)]),
    ];
    const slower = [...days, aDay(1_000_000, 0, [aRound(1_000_000, 25.1, 1)])];

    expect(aim({ throughput: aPart(days) }, SPEED)).toMatchObject({
      verdict: 'met',
      measured: '40,000, the slowest of days of 100,000 rows',
    });
    expect(aim({ throughput: aPart(slower) }, SPEED)?.verdict).toBe('missed');
  });

  it("compare requests with what Zoom's budget allows, by the worst", () => {
    const paceOf = (perSecond: number, seconds: number) => ({
      latencyMs: 150,
      days: 4,
      requests: 80,
      rows: 24_000,
      perSecond,
      seconds,
    });

    expect(aim({ pace: aPart([paceOf(8, 10), paceOf(40, 2.1)]) }, BUDGET)).toMatchObject({
      verdict: 'met',
      measured: '95 % of the budget, the least of 8, 40 requests a second',
    });
    expect(aim({ pace: aPart([paceOf(8, 10), paceOf(40, 4)]) }, BUDGET)).toMatchObject({
      verdict: 'missed',
      measured: '50 % of the budget, the least of 8, 40 requests a second',
    });
  });

  it('hold the most memory of any round against the limit, of a million rows alone', () => {
    const million = (...peaks: number[]) => ({
      throughput: aPart([
        aDay(
          1_000_000,
          0,
          peaks.map((peak) => aRound(1_000_000, 20, 20, peak)),
        ),
        aDay(100_000, 0, [aRound(100_000, 2, 2, 900)]),
      ]),
    });

    expect(aim(million(400, 512), MEMORY)).toMatchObject({
      verdict: 'met',
      measured: '512 MB at the most',
    });
    expect(aim(million(400, 513), MEMORY)?.verdict).toBe('missed');
  });

  it('distinguish a warm idle poll from the first of a process', () => {
    const most = { requests: 2, calls: CALLS };
    const idle = aPart([
      { rows: 100, firstMs: [120], warmMs: [9, 10, 49], most },
      { rows: 100_000, firstMs: [90], warmMs: [49, 12, 11], most },
    ]);

    expect(aim({ idle }, WARM)).toMatchObject({
      verdict: 'met',
      measured: '12 ms, the most of any size of day',
    });
    expect(aim({ idle }, FIRST)).toMatchObject({
      verdict: 'missed',
      measured: '120 ms, the most of any size of day',
    });
  });
});
