import { afterAll, describe, expect, it } from '@jest/globals';
import { type Simulator, startSimulator } from '../../simulator/index.ts';
import { environmentFor, type Finished, zoomLogSource } from '../support/command.ts';
import { anOperation, aSignIn } from '../support/rows.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const TODAY = '2026-11-20';
const NOON = `${TODAY}T12:00:00Z`;

const zooms: Simulator[] = [];
afterAll(() => Promise.all(zooms.map((zoom) => zoom.close())));

/** Rows of today whose time is a number, and rows as ever. */
const bad = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    stream: 'operation' as const,
    day: TODAY,
    row: { ...anOperation({ operation_detail: `Bad ${index}` }), time: 1_795_860_000_000 + index },
  }));
const good = (count: number, time = `${TODAY}T11:00:00Z`) =>
  Array.from({ length: count }, (_, index) => ({
    stream: 'operation' as const,
    row: anOperation({ time, operation_detail: `Good ${index}` }),
  }));

/** A Zoom with rows, and a folder that is polled from it at a time of today or later. */
const polledFrom = async (rows: Parameters<Simulator['addRows']>[0]) => {
  const zoom = await startSimulator({ now: NOON, speed: 0 });
  zooms.push(zoom);
  zoom.addRows([...rows, { stream: 'activity', row: aSignIn({ time: `${TODAY}T11:30:00Z` }) }]);
  const out = temporaryFolder();
  const run = (now: string, command: string): Promise<Finished> =>
    zoomLogSource([command, '--out', out, '--now', now], { environment: environmentFor(zoom) });
  return { zoom, run };
};

const verdictOf = ({ stdout }: Finished): string | undefined => /^zoom +operation +(\w+)/m.exec(stdout)?.[1];

describe('rows whose time does not parse', () => {
  it('are told by poll and status, be they three, and nobody says that the stream is quiet', async () => {
    const { run } = await polledFrom(bad(3));

    const poll = await run(NOON, 'poll');
    const status = await run(`${TODAY}T12:05:00Z`, 'status');

    expect(poll.stdout).toMatch(
      /UNREADABLE zoom operation log, 2026-11-20:\n {2}3 rows came without a readable time, and no readable row since\. Nothing is lost: /,
    );
    expect([poll.code, verdictOf(status), status.code]).toEqual([1, 'not_parsing', 1]);
    expect(status.stdout).toContain(
      '3 rows of 2026-11-20 came without a readable time, and no readable row since',
    );
  });

  it('are told again by later runs and days later, and never as silence', async () => {
    const { run } = await polledFrom(bad(3));
    await run(NOON, 'poll');

    const again = await run('2026-11-24T12:00:00Z', 'poll');
    const status = await run('2026-11-24T12:05:00Z', 'status');

    expect(again.code).toBe(1);
    expect([verdictOf(status), status.code]).toEqual(['not_parsing', 1]);
  });

  it('are forgiven as soon as rows come that can be read', async () => {
    const { zoom, run } = await polledFrom(bad(3));
    await run(NOON, 'poll');
    zoom.addRows(good(1, `${TODAY}T12:03:00Z`));

    const poll = await run(`${TODAY}T12:05:00Z`, 'poll');
    const status = await run(`${TODAY}T12:06:00Z`, 'status');

    expect(poll.stdout).not.toContain('UNREADABLE');
    expect([poll.code, verdictOf(status), status.code]).toEqual([0, 'flowing', 0]);
  });

  it('are a note where one comes among many', async () => {
    const { run } = await polledFrom([...good(2000), ...bad(1)]);

    const poll = await run(NOON, 'poll');
    const status = await run(`${TODAY}T12:05:00Z`, 'status');

    expect(poll.stdout).toContain('1 row in rejected/');
    expect([poll.code, verdictOf(status), status.code]).toEqual([0, 'flowing', 0]);
    expect(status.stdout).toContain(
      'zoom operation: 1 row without a readable time, kept verbatim in rejected/.',
    );
  });
});

describe('an event that is dated in the future', () => {
  it('does not hide the newest event, and is not called "now"', async () => {
    const future = {
      stream: 'operation' as const,
      day: TODAY,
      row: anOperation({ time: '2030-01-01T00:00:00Z' }),
    };
    const { run } = await polledFrom([...good(1, `${TODAY}T11:50:00Z`), future]);

    await run(NOON, 'poll');
    const status = await run(`${TODAY}T12:05:00Z`, 'status');

    expect(status.stdout).toMatch(/^zoom +operation +flowing +- +2026-11-20 11:50 \(15 min\) /m);
  });
});
