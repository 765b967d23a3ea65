import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { colorizeFor, WITHOUT_COLOR } from '../../cli/colorize.ts';
import { isDeploymentWell } from '../../cli/status-deployed.ts';
import { statusToText } from '../../cli/status-to-text.ts';
import { healthOf, isWell } from '../../cli/stream-health.ts';
import { watchScreen } from '../../cli/watch-screen.ts';
import type { StreamStatus } from '../../shared/app/archive.ts';
import { assessSource } from '../../shared/health/assess-source.ts';
import type {
  Expectations,
  SourceObservations,
  StreamObservations,
} from '../../shared/health/observations.ts';
import { startSimulator } from '../../simulator/index.ts';
import { environmentFor, zoomLogSource } from '../support/command.ts';
import { anOperation, aSignIn } from '../support/builders/rows.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NOW = new Date('2026-11-18T12:00:00Z');
const hoursAgo = (hours: number): Date => new Date(NOW.getTime() - hours * 3_600_000);

const EXPECTED: Expectations = {
  auth: 'server-to-server',
  pollMs: 300_000,
  lookbackDays: 3,
  dropOffMinutes: { operation: 1440, activity: 1440 },
  learnedBaseline: false,
  quietDays: [],
};

const aStream = (fields: Partial<StreamObservations> = {}): StreamObservations => ({
  stream: 'operation',
  polling: {
    firstAt: hoursAgo(60),
    endedAt: NOW,
    firstReadAt: hoursAgo(60),
    readAt: NOW,
    failing: undefined,
    everyMs: 300_000,
  },
  newestEvent: hoursAgo(0.5),
  unreadable: undefined,
  closedUpTo: undefined,
  completeUpTo: undefined,
  days: new Map(),
  ...fields,
});

const aSource = (streams: readonly StreamObservations[]): SourceObservations => ({
  source: 'acme',
  streams,
  watchedSince: hoursAgo(60),
  pollingSince: undefined,
  requestsToday: 12,
  parkedUntil: undefined,
  unreadable: undefined,
  lastFailure: undefined,
});

const aStatus = (fields: Partial<StreamStatus> = {}): StreamStatus => ({
  futureEvents: undefined,
  source: 'acme',
  stream: 'operation',
  newestEvent: '2026-11-18T11:30:00.000Z',
  events: 1234,
  rejected: 0,
  objects: 56,
  firstDay: undefined,
  lastDay: undefined,
  days: 7,
  openDays: [],
  held: 0,
  vanished: 0,
  lateness: undefined,
  watermark: undefined,
  requestsToday: 12,
  parkedUntil: undefined,
  lastRun: undefined,
  unfinishedRun: undefined,
  ...fields,
});

/** The output of `status` for a source with these streams, and whether all are healthy. */
const printed = (streams: readonly StreamObservations[], status: Partial<StreamStatus> = {}) => {
  const assessment = assessSource(aSource(streams), EXPECTED, NOW);
  const rows = streams.map(({ stream }) => aStatus({ ...status, stream }));
  const health = healthOf(rows, [assessment], 's3://bucket', 3);
  return { text: statusToText(health, NOW, WITHOUT_COLOR), well: health.every(isWell) };
};

const failing = (reason: string, message: string) => {
  const { polling } = aStream();
  return polling && { ...polling, failing: { reason, message, since: hoursAgo(3) } };
};

describe('the status of a source', () => {
  it('is a table with the verdict of each stream', () => {
    const { text, well } = printed([aStream(), aStream({ stream: 'activity', newestEvent: hoursAgo(5) })]);

    expect(text.split('\n').map((line) => line.trimEnd())).toEqual([
      'SOURCE  STREAM     VERDICT  COMPLETE UP TO  NEWEST EVENT (UTC)         EVENTS  LAST RUN',
      'acme    operation  flowing  -               2026-11-18 11:30 (30 min)   1,234  never',
      'acme    activity   quiet    -               2026-11-18 11:30 (30 min)   1,234  never',
      'acme: 12 requests today (UTC).',
      '',
    ]);
    expect(well).toBe(true);
  });

  it('fits into 120 columns, with words of any length', () => {
    const { text } = printed([aStream({ polling: failing('bucket-missing', 'gone') })], {
      source: 'acme',
      newestEvent: '2026-11-04T11:30:00.000Z',
      events: 12_345_678,
      days: 184,
      watermark: {
        complete_up_to: '2026-11-10',
        closed_up_to: '2026-11-17',
      } as unknown as StreamStatus['watermark'],
      lastRun: {
        run: 'collect',
        endedAt: '2026-11-04T11:30:00Z',
        delivered: 0,
        slices: 0,
        missing: 1,
        error: { day: '2026-11-18', reason: 'bucket-missing', message: 'gone' },
      },
    });

    const [head = '', row = ''] = text.split('\n');
    expect(row).toMatch(/^acme .*not_delivering +2026-11-10 \(11-17\) .*FAILED/);
    expect(Math.max(head.length, row.length)).toBeLessThanOrEqual(120);
  });

  it('reports a problem of a whole source once, with start, error and data loss', () => {
    const polling = failing('role-too-weak', 'The role is too weak. [code 200, tracking id x]');
    const { text, well } = printed([aStream({ polling }), aStream({ stream: 'activity', polling })]);

    expect(text.match(/UNHEALTHY/g)).toHaveLength(1);
    expect(text).toContain(
      [
        'UNHEALTHY acme is authorized by a user whose role lacks privileges.',
        '  Since 2026-11-18 09:00 UTC (3 hours).',
        '  Error: The role is too weak. [code 200, tracking id x]',
        '  Data loss: none. Zoom keeps the rows for six months, and the next successful run collects them all.',
        '  Runbook: docs/runbook.md#unauthorized',
        '',
      ].join('\n'),
    );
    expect(well).toBe(false);
  });

  it('reports the silence of one stream with its limit', () => {
    const { text, well } = printed([aStream({ newestEvent: hoursAgo(26) }), aStream({ stream: 'activity' })]);

    expect(text).toMatch(/operation +silent .*\n.*activity +flowing/);
    expect(text).toMatch(
      /UNHEALTHY The operation stream of acme is silent: .* for 26 hours, counted from .* limit is 24 hours/,
    );
    expect(well).toBe(false);
  });

  it('does not let untrusted text move the cursor', () => {
    const polling = failing('failed', 'He said \u001b[2J and \u202e.\nThe second line.');
    const { text } = printed([aStream({ polling })]);

    expect(text).toContain('  Error: He said \\u001b[2J and \\u202e.\n  The second line.\n');
  });
});

describe('colours', () => {
  it.each([
    ['on a terminal', true, {}, '\u001b[31msilent\u001b[39m'],
    ['for who declined them', true, { NO_COLOR: '1' }, 'silent'],
    ['in a file or a pipe', false, {}, 'silent'],
  ])('%s', (_, stdoutIsTty, environment, text) => {
    const colorize = colorizeFor({ stdoutIsTty, environment });

    expect(colorize('red', 'silent')).toBe(text);
  });
});

describe('status --watch', () => {
  /** An operator who watches a number of refreshes and then presses Ctrl-C. */
  const watching = async (
    stdoutIsTty: boolean,
    looks: number,
  ): Promise<{ printed: string[]; slept: number[] }> => {
    const stop = new AbortController();
    const all: { printed: string[]; slept: number[] } = { printed: [], slept: [] };
    const clock = {
      now: () => NOW,
      sleep: (ms: number) => {
        all.slept.push(ms);
        if (all.slept.length === looks) stop.abort();
        return Promise.resolve();
      },
    };
    let look = 0;
    await watchScreen(() => Promise.resolve(`look ${(look += 1)}\n`), 5000, {
      stdout: (text) => all.printed.push(text),
      clock,
      signal: stop.signal,
      stdoutIsTty,
    });
    return all;
  };

  it('refreshes in place on a terminal', async () => {
    const { printed: screens, slept } = await watching(true, 2);

    expect(screens).toEqual(['\u001b[H\u001b[2Jlook 1\n', '\u001b[H\u001b[2Jlook 2\n']);
    expect(slept).toEqual([5000, 5000]);
  });

  it('prints one status after the other without a terminal', async () => {
    const { printed: screens } = await watching(false, 3);

    expect(screens).toEqual(['look 1\n', 'look 2\n', 'look 3\n']);
  });
});

describe('a deployment', () => {
  it.each([
    ['flowing', true],
    ['quiet', true],
    ['silent', false],
    ['not_connected', false],
  ] as const)('with a stream that is %s is healthy: %s', (verdict, expected) => {
    const [stream] = healthOf([aStatus()], [], 'out', 3);
    const streams = stream ? [{ ...stream, verdict }] : [];

    expect(
      isDeploymentWell({ stack: 'a', at: NOW, streams, alarms: [], healthChecks: [], undeployed: [] }),
    ).toBe(expected);
  });
});

describe('the status of a folder', () => {
  let out: string;
  beforeAll(async () => {
    out = join(temporaryFolder(), 'out');
    const zoom = await startSimulator({ now: NOW, speed: 0 });
    zoom.addRows([
      {
        stream: 'operation',
        row: anOperation({ time: '2026-11-18T11:50:00Z' }),
        visibleFrom: '2026-11-18T11:50:00Z',
      },
      { stream: 'activity', row: aSignIn({ time: '2026-11-18T02:00:00Z' }) },
    ]);
    for (const now of ['2026-11-18T06:00:00Z', '2026-11-18T11:00:00Z', '2026-11-18T12:00:00Z']) {
      zoom.clock.set(now);
      await zoomLogSource(['poll', '--out', out, '--now', now], { environment: environmentFor(zoom) });
    }
    await zoom.close();
  });

  const statusAt = (now: string, ...args: string[]) =>
    zoomLogSource(['status', '--out', out, '--now', now, ...args]);

  it('is assessed by the interval of its last polls, and exits with 0 or 1', async () => {
    const well = await statusAt('2026-11-18T12:10:00Z');
    const late = await statusAt('2026-11-18T15:10:00Z');
    const silent = await statusAt('2026-11-18T12:10:00Z', '--drop-off-minutes', '60');

    expect(well).toMatchObject({ code: 0, stderr: '' });
    expect(well.stdout).toMatch(/operation +flowing .*\n.*activity +quiet /);
    expect(late.code).toBe(1);
    expect(late.stdout).toMatch(/operation +not_running .*\n.*activity +not_running /);
    expect(late.stdout).toContain('UNHEALTHY zoom is not polled.\n  Since 2026-11-18 12:00 UTC (3 hours).');
    expect(silent.code).toBe(1);
    expect(silent.stdout).toMatch(/operation +flowing .*\n.*activity +silent /);
  });

  it('has the same facts in JSON as in text', async () => {
    const { code, stdout } = await statusAt('2026-11-18T15:10:00Z', '--json');

    const [operation] = JSON.parse(stdout) as unknown[];
    expect(code).toBe(1);
    expect(operation).toMatchObject({
      source: 'zoom',
      stream: 'operation',
      events: 1,
      newestEvent: '2026-11-18T11:50:00.000Z',
      lookbackDays: 3,
      verdict: 'not_running',
      since: expect.stringMatching(/^2026-11-18T12:00:0\d\.\d{3}Z$/),
      cause: 'not-running',
      because: 'zoom is not polled',
      problems: [
        {
          cause: 'not-running',
          what: 'zoom is not polled.',
          since: expect.stringMatching(/^2026-11-18T12:00:0\d\.\d{3}Z$/),
          lost: expect.stringContaining('Data loss: none'),
          todo: expect.stringContaining('schedule'),
          runbook: 'docs/runbook.md#not_running',
        },
      ],
    });
  });

  it('can be limited to one source', async () => {
    const one = await statusAt('2026-11-18T12:10:00Z', '--source', 'zoom');
    const none = await statusAt('2026-11-18T12:10:00Z', '--source', 'acme');

    expect(one.code).toBe(0);
    expect(none).toMatchObject({ code: 2, stdout: '' });
    expect(none.stderr).toContain(`${out} has no source "acme". It has zoom.`);
  });

  it('runs until Ctrl-C, which is not a failure', async () => {
    const command = join(import.meta.dirname, '../../bin/zoom-log-source');
    const child = spawn(command, ['status', '--out', out, '--watch', '3600'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = once(child, 'exit');

    const [text] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    child.kill('SIGINT');

    expect(await ended).toEqual([0, null]);
    expect(text).toMatch(/^SOURCE +STREAM +VERDICT /);
  });

  it.each([
    [['--drop-off-minutes', '5'], /15 to 43200 minutes/],
    [['--drop-off-minutes', 'never'], /15 to 43200 minutes/],
    [['--watch', '0'], /whole number from 1 to 3600/],
    [['--deployed'], /'--deployed' cannot be used with option '--out <dir>'/],
  ])('%j is refused', async (args, message) => {
    const { code, stdout, stderr } = await statusAt('2026-11-18T12:10:00Z', ...args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
