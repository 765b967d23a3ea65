import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
// eslint-disable-next-line no-restricted-imports -- polls a folder that another process makes
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateCompany, type Simulator, startSimulator } from '../../simulator/index.ts';
import { environmentFor, type Finished, zoomLogSource } from '../support/command.ts';
import { inMounts, itWithMounts } from '../support/mounts.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NOW = '2026-11-20T12:00:00Z';
const DAYS = `--from 2026-11-14 --to 2026-11-20 --now ${NOW}`;

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ now: NOW, speed: 0 });
  simulator.addRows(generateCompany({ seed: 8, from: '2026-11-14', to: '2026-11-20', rowsPerDay: 300 }));
});
afterAll(() => simulator.close());

/** Runs `steps`, each of which prints its exit code on a separate line: `collect=1`. */
const inFolder = (steps: string, out: string): Promise<Finished> =>
  inMounts(`exec 3>&1; step() { name=$1; shift; "$BIN" "$@"; echo "$name=$?" >&3; }\n${steps}`, {
    ...environmentFor(simulator),
    OUT: out,
  });

const aFolder = (): string => {
  const out = join(temporaryFolder(), 'out');
  mkdirSync(out);
  return out;
};

describe('a full disk', () => {
  itWithMounts('collect names the folder and the remedy, and status says so', async () => {
    const { stdout, stderr } = await inFolder(
      `mount -t tmpfs -o size=256k tmpfs "$OUT"
       step collect collect --out "$OUT" ${DAYS}
       step status status --out "$OUT" --now ${NOW}
       step again collect --out "$OUT" ${DAYS}
       step poll poll --out "$OUT" --now ${NOW} --json
       step show show --out "$OUT"`,
      aFolder(),
    );

    expect(`${stdout}${stderr}`).not.toMatch(/failed unexpectedly|\n\s+at /);
    expect(stdout).toMatch(
      /No space is left for the folder .*out \(ENOSPC\).*is kept.*Free some space and run the command again/,
    );
    expect(stdout.match(/^UNHEALTHY .*/gm)).toEqual([
      expect.stringMatching(/^UNHEALTHY No space is left for the folder .*out\.$/),
    ]);
    expect(stdout).toMatch(
      /Data loss: none while Zoom keeps the rows \(six months\)\. The last run did not end\./,
    );
    expect(stdout).toMatch(/"complete":false.*"error":\{"reason":"folder-full"/);
    const codes = stdout.match(/^(?:collect|status|again|poll|show)=\d$/gm);
    expect(codes?.slice(0, 4)).toEqual(['collect=1', 'status=1', 'again=1', 'poll=1']);
  });

  itWithMounts(
    'collect counts the rows delivered before the failure, and the next run does not count them again',
    async () => {
      const { stdout } = await inFolder(
        `mount -t tmpfs -o size=256k tmpfs "$OUT"
       step full collect --out "$OUT" ${DAYS}
       echo "stored $(find "$OUT/raw" -name '*.gz' -exec zcat {} + | wc -l)"
       mount -o remount,size=64m "$OUT"
       step freed collect --out "$OUT" ${DAYS} --json
       step verify verify --out "$OUT" --json`,
        aFolder(),
      );

      const recorded = [...stdout.matchAll(/: ([\d,]+) new events? in/g)].map(([, count = '']) =>
        Number(count.replaceAll(',', '')),
      );
      const delivered = recorded.reduce((sum, count) => sum + count, 0);
      const later = Number(/"delivered":(\d+)/.exec(stdout)?.[1]);
      const events = [...stdout.matchAll(/"events":(\d+)/g)].reduce(
        (sum, [, count]) => sum + Number(count),
        0,
      );
      expect(delivered).toBeGreaterThan(0);
      expect(stdout).toContain(`\nstored ${delivered}\n`);
      expect(delivered + later).toBe(events);
    },
  );

  itWithMounts('collect resumes once there is space, and status is healthy again', async () => {
    const { stdout } = await inFolder(
      `mount -t tmpfs -o size=256k tmpfs "$OUT"
       step full collect --out "$OUT" ${DAYS} >/dev/null
       mount -o remount,size=64m "$OUT"
       step freed status --out "$OUT" --now ${NOW} >/dev/null
       step collect collect --out "$OUT" ${DAYS} --json
       step status status --out "$OUT" --now ${NOW}
       step verify verify --out "$OUT"`,
      aFolder(),
    );

    expect(stdout).toMatch(/"complete":true/);
    expect(stdout).toMatch(/^collect=0$/m);
    expect(stdout).toMatch(/^status=0$/m);
    expect(stdout).toMatch(/Verified: no differences\.\nverify=0$/m);
  });

  itWithMounts('compact and replay end with a sentence and exit code 1', async () => {
    const { stdout, stderr } = await inFolder(
      `mount -t tmpfs -o size=8m tmpfs "$OUT"
       step collect collect --out "$OUT" ${DAYS} >/dev/null
       dd if=/dev/zero of="$OUT/_state/filler" bs=1k 2>/dev/null
       step replay replay --out "$OUT" --from 2026-11-14 --to 2026-11-20 --into v2
       step compact compact --out "$OUT"`,
      aFolder(),
    );

    expect(stdout).toMatch(/^replay=1$/m);
    expect(stdout).toMatch(/^compact=1$/m);
    expect(stderr.match(/No space is left for the folder/g)).toHaveLength(2);
    expect(stderr).not.toMatch(/failed unexpectedly/);
  });
});

describe('a read-only folder', () => {
  itWithMounts('is named by commands that write, and does not affect commands that read', async () => {
    const { stdout, stderr } = await inFolder(
      `mount -t tmpfs -o size=8m tmpfs "$OUT"
       step first collect --out "$OUT" ${DAYS} >/dev/null
       mount -o remount,bind,ro "$OUT"
       step collect collect --out "$OUT" ${DAYS}
       step poll poll --out "$OUT" --now ${NOW}
       step replay replay --out "$OUT" --from 2026-11-14 --to 2026-11-20 --into v2
       step compact compact --out "$OUT"
       cd "$OUT"
       step demo demo
       step status status --out "$OUT" --now ${NOW} >/dev/null
       step verify verify --out "$OUT" --against-zoom --now ${NOW} >/dev/null`,
      aFolder(),
    );

    expect(stdout.match(/^\w+=\d$/gm)).toEqual([
      'first=0',
      'collect=2',
      'poll=2',
      'replay=2',
      'compact=2',
      'demo=2',
      'status=0',
      'verify=0',
    ]);
    expect(stderr.match(/The folder .*(?:out|demo) can't be written to \(EROFS.*--out/g)).toHaveLength(5);
  });
});

describe('a folder that is moved away during a run', () => {
  it('is named and not created again', async () => {
    const out = join(temporaryFolder(), 'out');

    const running = zoomLogSource(['collect', '--out', out, ...DAYS.split(' ')], {
      environment: { ...environmentFor(simulator), ZOOM_REQUESTS_PER_SECOND: '3' },
    });
    while (!existsSync(join(out, 'raw'))) await sleep(10);
    renameSync(out, `${out}.moved`);
    const { code, stdout, stderr } = await running;

    expect(code).toBe(1);
    expect(`${stdout}${stderr}`).toMatch(
      /The folder .*out was removed, moved or unmounted during the run.*Put it back/,
    );
    expect(`${stdout}${stderr}`).not.toMatch(/failed unexpectedly/);
    expect(existsSync(out)).toBe(false);
    const status = await zoomLogSource(['status', '--out', `${out}.moved`, '--now', NOW]);
    expect(status.code).toBe(1);
    expect(status.stdout).toMatch(/UNHEALTHY zoom: the last collect did not end/);
  });
});
