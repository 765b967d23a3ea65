import { describe, expect, it } from '@jest/globals';
import type { Missing } from '../../../../shared/collect/collect-slices.ts';
import { readLastRun, writeFailedStart, writeLastRun } from '../../../../shared/collect/state/last-run.ts';
import { aSlice, day } from '../../../support/builders/collector.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';
import { anOutcome } from '../../../support/builders/outcomes.ts';

const at = (minute: number): Date => new Date(Date.UTC(2026, 5, 1, 9, minute));
const iso = (minute: number): string => at(minute).toISOString();

const SLICE = aSlice({ source: 'acme', day: day('2026-06-01') });
const OTHERS = aSlice({ source: 'acme', stream: 'activity' });

const done = (delivered = 0) => anOutcome({ slice: SLICE, delivered });
const missed = (reason: string, slice = SLICE) =>
  ({ slice, reason, message: `${reason} happened.` }) as Missing;
const failed = (reason: string) => ({ day: '2026-06-01', reason, message: `${reason} happened.` });

const NOTHING = { outcomes: [], partial: [], missing: [], deferred: [] };

/** Runs one after another, five minutes apart; what is kept of them. */
const after = async (...runs: readonly (Partial<typeof NOTHING> & { run?: 'collect' })[]) => {
  const store = new MemoryStore();
  for (const [index, { run = 'poll', ...came }] of runs.entries()) {
    await writeLastRun(store, 'acme', 'operation', run, { ...NOTHING, ...came }, at(index * 5));
  }
  return readLastRun(store, 'acme', 'operation');
};

type Came = Parameters<typeof after>[0];
const came = (fields: object): Came => fields as Came;

describe('the record of a run', () => {
  it('has its work for the stream, and that the stream was read', async () => {
    const other = anOutcome({ slice: OTHERS, delivered: 100 });
    const read = came({ outcomes: [done(3), done(4), other], missing: [missed('failed', OTHERS)] });

    expect(await after(read)).toEqual({
      run: 'poll',
      endedAt: iso(0),
      delivered: 7,
      slices: 2,
      missing: 0,
      polling: { firstAt: iso(0), endedAt: iso(0), firstReadAt: iso(0), readAt: iso(0) },
    });
  });

  it('has what it delivered of days that it did not finish', async () => {
    const read = came({
      outcomes: [done(3), anOutcome({ slice: SLICE, delivered: 10, cutShort: true })],
      partial: [anOutcome({ slice: SLICE, delivered: 100 }), anOutcome({ slice: OTHERS, delivered: 1000 })],
      missing: [missed('zoom-failing')],
    });

    expect(await after(read)).toMatchObject({ delivered: 113, slices: 1, missing: 1 });
  });

  it('is empty if it had no work for the stream', async () => {
    const other = came({
      outcomes: [anOutcome({ slice: OTHERS })],
      missing: [missed('failed', OTHERS)],
      deferred: [OTHERS],
    });

    expect(await after(other)).toBeUndefined();
  });

  it('remembers the first poll, the distance of the last two, and when it was read', async () => {
    const read = came({ outcomes: [done()] });

    expect((await after(read, read, came({ missing: [missed('zoom-failing')] })))?.polling).toEqual({
      firstAt: iso(0),
      endedAt: iso(10),
      everyMs: 300_000,
      firstReadAt: iso(0),
      readAt: iso(5),
      failing: { ...failed('zoom-failing'), since: iso(10) },
    });
  });

  it('has the start of a failure until it ends', async () => {
    const fails = came({ missing: [missed('grant-dead')] });
    const read = came({ outcomes: [done()] });

    expect((await after(fails, fails))?.polling?.failing).toEqual({ ...failed('grant-dead'), since: iso(0) });
    expect((await after(fails, fails))?.error).toEqual(failed('grant-dead'));
    expect((await after(fails, read))?.polling).toMatchObject({ firstReadAt: iso(5), readAt: iso(5) });
    expect((await after(fails, read))?.polling?.failing).toBeUndefined();
  });

  it.each([
    ['zoom-failing', false],
    ['stopped', false],
    ['rate-limited', false],
    ['day-too-old', false],
    ['damaged-object', true],
    ['aws-denied', true],
  ])('is a failure that lasts, though another day was read: %s, %s', async (reason, lasts) => {
    const kept = await after(came({ outcomes: [done()], missing: [missed(reason)] }));

    expect(kept?.missing).toBe(1);
    expect(kept?.error).toEqual(failed(reason));
    expect(kept?.polling?.failing).toEqual(lasts ? { ...failed(reason), since: iso(0) } : undefined);
  });

  it('has that the budget was used up if all slices were deferred', async () => {
    const kept = await after(came({ deferred: [SLICE] }));

    expect(kept?.error).toBeUndefined();
    expect(kept?.polling?.failing).toEqual({
      day: '2026-06-01',
      reason: 'share-used',
      message:
        `The daily request budget ("requestsPerDay") was used up before ${SLICE.day} was read to its end. Rows already read ` +
        `are kept, and runs after midnight (UTC) continue.`,
      since: iso(0),
    });
  });

  it('has the work that was done, if other slices were deferred', async () => {
    expect(await after(came({ outcomes: [done(3)], deferred: [SLICE] }))).toMatchObject({
      delivered: 3,
      slices: 1,
      missing: 0,
    });
  });

  it('keeps the results of the polls if it was started by hand', async () => {
    const read = came({ outcomes: [done()] });
    const byHand = came({ run: 'collect', missing: [missed('grant-dead')] });

    const kept = await after(read, byHand);

    expect(kept).toMatchObject({ run: 'collect', endedAt: iso(5), missing: 1 });
    expect(kept?.polling).toEqual({ firstAt: iso(0), endedAt: iso(0), firstReadAt: iso(0), readAt: iso(0) });
  });

  it('has the reason why it could not begin', async () => {
    const store = new MemoryStore();

    await writeFailedStart(store, 'acme', 'operation', failed('secret-missing'), at(0));

    expect(await readLastRun(store, 'acme', 'operation')).toEqual({
      run: 'poll',
      endedAt: iso(0),
      delivered: 0,
      slices: 0,
      missing: 0,
      error: failed('secret-missing'),
      polling: { firstAt: iso(0), endedAt: iso(0), failing: { ...failed('secret-missing'), since: iso(0) } },
    });
  });
});
