import { afterAll, describe, expect, it } from '@jest/globals';
import { type Simulator, startSimulator } from '../../simulator/index.ts';
import { environmentFor, type Finished, zoomLogSource } from '../support/command.ts';
import { anOperation, aSignIn } from '../support/builders/rows.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const TODAY = '2026-11-20';
const NOON = `${TODAY}T12:00:00Z`;

const zooms: Simulator[] = [];
afterAll(() => Promise.all(zooms.map((zoom) => zoom.close())));

/** Rows of today whose time is a number, and usual rows. */
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
    zoomLogSource([...command.split(' '), '--out', out, '--now', now], { environment: environmentFor(zoom) });
  const show = (option: string): Promise<Finished> => zoomLogSource(['show', option, '--out', out]);
  return { zoom, run, show };
};

const verdictOf = ({ stdout }: Finished): string | undefined => /^zoom +operation +(\w+)/m.exec(stdout)?.[1];

describe('rows whose time does not parse', () => {
  it('are reported by poll and status, even if only three, and the stream is not called quiet', async () => {
    const { run } = await polledFrom(bad(3));

    const poll = await run(NOON, 'poll');
    const status = await run(`${TODAY}T12:05:00Z`, 'status');

    expect(poll.stdout).toMatch(
      /UNREADABLE zoom operation log, 2026-11-20:\n {2}3 rows of 2026-11-20 could not be read, and no readable row has arrived since\.\n {2}Data loss: none\. raw\/ has/,
    );
    expect([poll.code, verdictOf(status), status.code]).toEqual([1, 'not_parsing', 1]);
    expect(status.stdout).toContain(
      '3 rows of 2026-11-20 could not be read, and no readable row has arrived since',
    );
  });

  it('are reported again by later runs and days later, and never as silence', async () => {
    const { run } = await polledFrom(bad(3));
    await run(NOON, 'poll');

    const again = await run('2026-11-24T12:00:00Z', 'poll');
    const status = await run('2026-11-24T12:05:00Z', 'status');

    expect(again.code).toBe(1);
    expect([verdictOf(status), status.code]).toEqual(['not_parsing', 1]);
  });

  it('are no longer reported after readable rows appear', async () => {
    const { zoom, run } = await polledFrom(bad(3));
    await run(NOON, 'poll');
    zoom.addRows(good(1, `${TODAY}T12:03:00Z`));

    const poll = await run(`${TODAY}T12:05:00Z`, 'poll');
    const status = await run(`${TODAY}T12:06:00Z`, 'status');

    expect(poll.stdout).not.toContain('UNREADABLE');
    expect([poll.code, verdictOf(status), status.code]).toEqual([0, 'flowing', 0]);
  });

  it('are only a note if there is one among many', async () => {
    const { run } = await polledFrom([...good(2000), ...bad(1)]);

    const poll = await run(NOON, 'poll');
    const status = await run(`${TODAY}T12:05:00Z`, 'status');

    expect(poll.stdout).toContain('1 row in rejected/');
    expect([poll.code, verdictOf(status), status.code]).toEqual([0, 'flowing', 0]);
    expect(status.stdout).toContain('zoom operation: 1 unreadable row, kept in rejected/.');
  });
});

describe('rows most of which cannot be read', () => {
  it.each(['poll', 'collect --from 2026-11-20 --to 2026-11-20'])(
    'are judged by `%s` as they are by status, though one can be read',
    async (command) => {
      const { run } = await polledFrom([...good(1), ...bad(1299)]);

      const first = await run(NOON, command);
      await run(`${TODAY}T12:01:00Z`, 'poll');
      const status = await run(`${TODAY}T12:05:00Z`, 'status');

      const explanation =
        /1,299 of 1,300 rows of today and yesterday could not be read and are in rejected\//;
      expect(first.stdout).toMatch(/UNREADABLE zoom operation log, 2026-11-19 to 2026-11-20:/);
      expect(first.stdout).toMatch(explanation);
      expect([first.code, verdictOf(status), status.code]).toEqual([1, 'not_parsing', 1]);
      expect(status.stdout).toMatch(explanation);
    },
  );

  it('are in the JSON of a poll', async () => {
    const { run } = await polledFrom([...good(1), ...bad(299)]);

    const { stdout, code } = await run(NOON, 'poll --json');

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      unreadable: [],
      notParsing: [{ source: 'zoom', stream: 'operation', from: '2026-11-19', to: '2026-11-20' }],
    });
  });

  it('do not concern a collect of other days', async () => {
    const { run } = await polledFrom([...good(1), ...bad(299)]);
    await run(NOON, 'poll');

    const { stdout, code } = await run(`${TODAY}T12:05:00Z`, 'collect --from 2026-11-10 --to 2026-11-12');

    expect(stdout).not.toContain('UNREADABLE');
    expect(code).toBe(0);
  });
});

describe('a row that is rejected for another reason than its time', () => {
  it('is reported with the correct reason by every command', async () => {
    const deep = { stream: 'operation' as const, day: TODAY, json: '['.repeat(200) + ']'.repeat(200) };
    const { run, show } = await polledFrom([deep]);

    const outputs = [
      await run(NOON, 'poll'),
      await run(`${TODAY}T12:05:00Z`, 'status'),
      await run(`${TODAY}T12:05:00Z`, 'verify'),
      await show('--audit'),
    ].map(({ stdout }) => stdout);

    for (const output of outputs) {
      expect(output).toMatch(/1 unreadable row|1 row.* could not be read/);
      expect(output).not.toMatch(/without a readable time/);
    }
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

  it('is reported by status with its date and a remedy until that date', async () => {
    const dated = (time: string) => ({
      stream: 'operation' as const,
      day: TODAY,
      row: anOperation({ time }),
    });
    const { run } = await polledFrom([dated('2026-12-01T00:00:00Z'), dated('2026-12-03T10:00:00Z')]);

    await run(NOON, 'poll');
    const status = await run(`${TODAY}T12:05:00Z`, 'status');
    const json = await run(`${TODAY}T12:05:00Z`, 'status --json');
    const later = await run('2026-12-04T00:00:00Z', 'status');

    expect(status.stdout).toMatch(
      /^zoom operation: 2 events dated in the future \(2026-12-01 to 2026-12-03\)\. .*Check the clock of the collecting machine/m,
    );
    expect(JSON.parse(json.stdout)).toContainEqual(
      expect.objectContaining({
        stream: 'operation',
        futureEvents: { rows: 2, first: '2026-12-01T00:00:00.000Z', last: '2026-12-03T10:00:00.000Z' },
      }),
    );
    expect(later.stdout).not.toContain('dated in the future');
  });
});
