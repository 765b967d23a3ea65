import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type ScenarioScore, SCENARIOS } from '../../simulator/acceptance/index.ts';
import { zoomLogSource } from '../support/command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Each run is a separate process. With a compile cache, it starts in half the time. */
const environment = { NODE_COMPILE_CACHE: temporaryFolder() };

const acceptance = (...args: string[]) => zoomLogSource(['acceptance', ...args], { environment });

interface Scores {
  readonly passed: boolean;
  readonly scenarios: readonly ScenarioScore[];
}

/** Plays one scenario with a shell script for a collector. */
const withScript = async (script: string, ...args: string[]) => {
  const finished = await acceptance('--scenario', 'new-field', ...args, '--', 'sh', '-c', script);
  expect(finished.stderr + finished.stdout).not.toMatch(/\n\s+at /);
  return finished;
};

/** Killed orphans may stay as zombies if no process reaps them. */
const isRunning = (pid: number): boolean =>
  /^[^Z\s]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout);

describe('our own collector', () => {
  let code: number | null;
  let scores: Scores;
  beforeAll(async () => {
    const finished = await acceptance('--json', '--jobs', '2');
    code = finished.code;
    scores = JSON.parse(finished.stdout) as Scores;
  }, 300_000);

  it.each(SCENARIOS.map(({ name, about }) => [name, about]))('loses and repeats nothing: %s, %s', (name) => {
    const score = scores.scenarios.find((one) => one.name === name);

    expect(score?.reported).toBeGreaterThan(30);
    expect(score).toMatchObject({
      delivered: score?.reported,
      lost: 0,
      repeated: 0,
      invented: 0,
      passed: true,
      runsNotMade: 0,
    });
  });

  it('passes as a whole, with exit code 0', () => {
    expect({ code, passed: scores.passed, scenarios: scores.scenarios.length }).toEqual({
      code: 0,
      passed: true,
      scenarios: SCENARIOS.length,
    });
  });
});

describe('reports a faulty collector and continues', () => {
  it('fails on its own: the rest of its rows are lost', async () => {
    const { code, stdout } = await withScript(
      'echo "secret $ZOOM_CLIENT_SECRET" >&2; exit 7',
      '--stream',
      'operation',
    );

    expect(code).toBe(1);
    expect(stdout).toMatch(/new-field\s+80\s+0\s+80\s+0\s+0\s+[\d.]+\s+4\n/);
    expect(stdout).toContain('4 of 4 runs ended with an error (exit code 7)');
    expect(stdout).toContain('nothing was delivered');
    expect(stdout).toContain('FAILED: 1 of 1 scenario; 80 rows lost, 0 repeated.');
  });

  it('dies of a signal', async () => {
    const { stdout } = await withScript('kill -SEGV $$');

    expect(stdout).toContain('4 of 4 runs were killed by a signal');
  });

  it('hangs: it is ended with all that it started, and after two such runs no more are made', async () => {
    const keep = join(temporaryFolder(), 'kept');

    const { code, stdout } = await withScript(
      'sleep 300 & echo $! > "$ACCEPTANCE_STATE/child"; wait',
      '--timeout',
      '1',
      '--keep',
      keep,
    );

    const child = Number(readFileSync(join(keep, 'new-field/state/child'), 'utf8'));
    expect(code).toBe(1);
    expect(stdout).toContain('2 of 2 runs did not end within 1 s (--timeout)');
    expect(stdout).toContain('2 later runs skipped');
    expect(isRunning(child)).toBe(false);
  });

  it('leaves a process running when it ends: that is ended, too', async () => {
    const keep = join(temporaryFolder(), 'kept');

    await withScript('sleep 300 & echo $! > "$ACCEPTANCE_STATE/child"', '--keep', keep);

    const child = Number(readFileSync(join(keep, 'new-field/state/child'), 'utf8'));
    expect(isRunning(child)).toBe(false);
  });

  it('prints garbage, and a row that Zoom never had', async () => {
    const row = '{"time":"2026-10-12T09:00:00Z","operator":"nobody","action":"Update"}';

    const { code, stdout } = await withScript(`head -c 3000 /dev/urandom; echo; echo '${row}'`);

    expect(code).toBe(1);
    expect(stdout).toContain('4 lines with a row that Zoom did not have');
    expect(stdout).toMatch(/\d+ lines without a row/);
    expect(stdout).toMatch(/160 rows lost, 0 repeated, 4 invented\./);
  });

  it('leaves a file that cannot be unpacked', async () => {
    const { stdout } = await withScript(`printf '\\037\\213oops' > "$ACCEPTANCE_OUTPUT/rows.gz"`);

    expect(stdout).toContain("1 file in $ACCEPTANCE_OUTPUT can't be decompressed");
  });

  it('does not repeat the output and the arguments of the collector, which may contain secrets', async () => {
    const script = 'echo "the password is hunter2"; echo hunter2 >&2; exit 1';

    const { stdout, stderr } = await withScript(script);

    expect(stdout + stderr).not.toContain('hunter2');
  });
});

describe('the adapter contract', () => {
  it('gives each run the address of Zoom, the time and the first day, and keeps the state between runs', async () => {
    const keep = join(temporaryFolder(), 'kept');
    const names =
      'ZOOM_API_URL ZOOM_CLIENT_ID NO_PROXY no_proxy ACCEPTANCE_NOW ACCEPTANCE_FIRST_DAY ACCEPTANCE_DAYS_BACK ACCEPTANCE_STREAMS';
    const script = `for name in ${names}; do eval "echo $name=\\$$name"; done >> "$ACCEPTANCE_STATE/told"`;

    await withScript(script, '--stream', 'activity', '--keep', keep);

    const recorded = readFileSync(join(keep, 'new-field/state/told'), 'utf8').split('\n').slice(0, 8);
    expect(recorded).toEqual([
      expect.stringMatching(/^ZOOM_API_URL=http:\/\/127\.0\.0\.1:\d+\/v2$/),
      'ZOOM_CLIENT_ID=sim-client-id',
      'NO_PROXY=localhost,127.0.0.1',
      'no_proxy=localhost,127.0.0.1',
      'ACCEPTANCE_NOW=2026-10-12T11:00:00.000Z',
      'ACCEPTANCE_FIRST_DAY=2026-10-12',
      'ACCEPTANCE_DAYS_BACK=0',
      'ACCEPTANCE_STREAMS=activity',
    ]);
    expect(readdirSync(join(keep, 'new-field')).sort()).toEqual([
      ...['invented.jsonl', 'lost.jsonl', 'output', 'repeated.jsonl', 'runs', 'state', 'zoom.jsonl'],
    ]);
    expect(readFileSync(join(keep, 'new-field/lost.jsonl'), 'utf8').split('\n')).toHaveLength(81);
  });
});

describe('the call', () => {
  it('lists the scenarios', async () => {
    const { code, stdout } = await acceptance('--list');

    expect(code).toBe(0);
    for (const { name, about } of SCENARIOS) {
      expect(stdout).toContain(`${name} `);
      expect(stdout).toContain(about);
    }
  });

  it('fails at once if the command is not a program, and does not repeat its arguments', async () => {
    const { code, stdout, stderr } = await acceptance('--', 'no-such-collector', '--password', 'hunter2');

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/The command "no-such-collector" can't be started: the program does not exist\./);
    expect(stderr).not.toContain('hunter2');
  });

  it.each([
    [['--scenario', 'rainy-day'], /'rainy-day' is invalid\. Known: steady-day, /],
    [['--timeout', '0'], /whole number from 1/],
    [['--stream', 'meetings'], /one of operation, activity/],
  ])('is wrong: %j', async (args, message) => {
    const { code, stderr } = await acceptance(...args);

    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('does not write into a folder that is not empty', async () => {
    const keep = temporaryFolder();
    writeFileSync(join(keep, 'thesis.docx'), 'mine');

    const { code, stderr } = await acceptance('--keep', keep, '--', 'true');

    expect(code).toBe(2);
    expect(stderr).toContain(`The folder ${keep} is not empty.`);
    expect(existsSync(join(keep, 'steady-day'))).toBe(false);
  });
});
