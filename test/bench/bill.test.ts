import { describe, expect, it } from '@jest/globals';
import { billOf, dollarsOf, freeDollars } from '../../bench/day/bill.ts';
import { billedMs } from '../../bench/day/lambda-time.ts';
import { functionUsage } from '../../bench/day/usage.ts';
import { NO_CALLS } from '../../bench/polls/counting-store.ts';
import { aDayUsage, aDeployment, aFunction } from './measurements.ts';

/** The dollars of one item of a bill. */
const dollars = (bill: ReturnType<typeof billOf>, item: string): number =>
  bill.find((one) => one.item.startsWith(item))?.dollars ?? NaN;

describe('a bill', () => {
  it('of nothing is nothing', () => {
    expect(dollarsOf(billOf(aDayUsage(), aDeployment()))).toBe(0);
  });

  it('covers thirty days of both functions', () => {
    const usage = aDayUsage({
      poller: aFunction({
        runs: 50_000,
        billedMs: 1_000_000,
        calls: { ...NO_CALLS, puts: 1500, gets: 10_000, lists: 500, announced: 1000 },
      }),
      watch: aFunction({
        runs: 50_000,
        memoryMib: 256,
        billedMs: 2_000_000,
        calls: { ...NO_CALLS, puts: 500 },
      }),
      cloudWatchRequests: 1000,
    });

    const bill = billOf(usage, aDeployment());

    expect(dollars(bill, 'Lambda, invocations')).toBeCloseTo(0.6, 10); // 3 million
    expect(dollars(bill, 'Lambda, GB-seconds')).toBeCloseTo(30_000 * 0.000_013_333_4, 10);
    expect(dollars(bill, 'S3, puts')).toBeCloseTo(0.3, 10); // 60,000
    expect(dollars(bill, 'S3, gets')).toBeCloseTo(0.12, 10); // 300,000
    expect(dollars(bill, 'S3, lists')).toBeCloseTo(0.075, 10); // 15,000
    expect(dollars(bill, 'SNS, messages')).toBeCloseTo(0.015, 10); // 30,000
    expect(dollars(bill, 'SQS, requests')).toBeCloseTo(0.036, 10); // 90,000
    expect(dollars(bill, 'Secrets Manager, calls')).toBeCloseTo(7.5, 10); // 1.5 million
    expect(dollars(bill, 'CloudWatch, requests')).toBeCloseTo(0.3, 10); // 30,000
  });

  it('stores delivered objects, and overwritten versions for a day', () => {
    const calls = { ...NO_CALLS, createdBytes: 1e9, replacedBytes: 2e9 };

    const bill = billOf(aDayUsage({ poller: aFunction({ calls }) }), aDeployment());

    expect(dollars(bill, 'S3, MB')).toBeCloseTo(32 * 0.023, 10);
  });

  it('has the fixed resources of the deployment, and the polling of its queue', () => {
    const deployed = aDeployment({
      alarms: 13,
      metrics: 48,
      dashboards: 1,
      drawn: 34,
      secrets: 1,
      polledQueues: 1,
    });

    const bill = billOf(aDayUsage(), deployed);

    expect(dollars(bill, 'CloudWatch, alarms')).toBeCloseTo(1.3, 10);
    expect(dollars(bill, 'CloudWatch, metrics')).toBeCloseTo(14.4, 10);
    expect(dollars(bill, 'CloudWatch, dashboards')).toBe(0);
    expect(dollars(bill, 'Secrets Manager, secrets')).toBeCloseTo(0.4, 10);
    expect(dollars(bill, 'SQS, requests')).toBeCloseTo(648_000 * 0.000_000_4, 10);
    expect(freeDollars(deployed)).toBeCloseTo(1 + 3, 10);
  });

  it('charges for a dashboard with more metrics than the free tier', () => {
    const bill = billOf(aDayUsage(), aDeployment({ dashboards: 1, drawn: 51 }));

    expect(dollars(bill, 'CloudWatch, dashboards')).toBe(3);
  });
});

describe('the time of a function', () => {
  it('is CPU on a share of a core, and every wait', () => {
    const invocation = { cpuMs: 100, zoomRequests: 2, storeCalls: 3 };

    expect(billedMs(invocation, 1769)).toBeCloseTo(100 + 2 * 150 + 3 * 20, 10);
    expect(billedMs(invocation, 1769 / 4)).toBeCloseTo(400 + 2 * 150 + 3 * 20, 10);
  });

  it('adds up over its runs, of which one is the longest', () => {
    const run = (requests: number) => ({ cpuMs: 0, requests, calls: { ...NO_CALLS, gets: 1 } });

    const usage = functionUsage([run(1), run(5)], 512);

    expect(usage).toMatchObject({ runs: 2, requests: 6, billedMs: 940, longestMs: 770 });
    expect(usage.calls.gets).toBe(2);
  });
});
