import { beforeAll, describe, expect, it } from '@jest/globals';
import { CONTENT_SCENARIOS, type ContentScore } from '../../simulator/acceptance/index.ts';
import { zoomLogSource } from '../support/command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Each run is a separate process. With a compile cache, it starts in half the time. */
const environment = { NODE_COMPILE_CACHE: temporaryFolder() };

const acceptance = (...args: string[]) => zoomLogSource(['acceptance', ...args], { environment });

describe('our own downloader', () => {
  let code: number | null;
  let scores: readonly ContentScore[];
  beforeAll(async () => {
    const finished = await acceptance('--content', '--json', '--jobs', '2');
    code = finished.code;
    scores = (JSON.parse(finished.stdout) as { scenarios: readonly ContentScore[] }).scenarios;
  }, 600_000);

  it.each(CONTENT_SCENARIOS.map(({ name, about }) => [name, about]))(
    'holds each version once: %s, %s',
    (name) => {
      const score = scores.find((one) => one.name === name);

      expect(score?.offered).toBeGreaterThan(0);
      expect(score).toMatchObject({
        held: score?.offered,
        lost: 0,
        repeated: 0,
        invented: 0,
        again: 0,
        passed: true,
        runsNotMade: 0,
      });
    },
  );

  it('passes as a whole, with exit code 0', () => {
    expect({ code, scenarios: scores.length }).toEqual({ code: 0, scenarios: CONTENT_SCENARIOS.length });
  });
});

describe('the kit for downloaders', () => {
  it('counts a file that Zoom never had, and all that is lost', async () => {
    const script = 'echo "<html>Sign in</html>" > "$ACCEPTANCE_OUTPUT/video.mp4"';

    const { code, stdout } = await acceptance(
      '--content',
      '--scenario',
      'recut-later',
      '--',
      'sh',
      '-c',
      script,
    );

    expect(code).toBe(1);
    expect(stdout).toContain('1 file with bytes that Zoom did not have');
    expect(stdout).toContain('FAILED: 1 of 1 scenario; 3 files lost, 0 repeated, 1 invented.');
  });

  it('gives each run the account, the first day, the stream and its folders', async () => {
    const script =
      'test "$ACCEPTANCE_STREAMS $ACCEPTANCE_FIRST_DAY" = "recording 2026-10-12" && test -d "$ACCEPTANCE_OUTPUT"';

    const { stdout } = await acceptance('--content', '--scenario', 'recut-later', '--', 'sh', '-c', script);

    expect(stdout).not.toContain('ended with an error');
    expect(stdout).toContain('nothing is in $ACCEPTANCE_OUTPUT');
  });

  it.each([
    [['--scenario', 'recut-later'], "the scenario 'recut-later' needs --content"],
    [['--content', '--scenario', 'twins'], "the scenario 'twins' is for the logs: leave out --content"],
    [['--content', '--stream', 'activity'], "option '--stream <stream>' is for the logs"],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await acceptance(...args);

    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('lists its scenarios', async () => {
    const { stdout } = await acceptance('--content', '--list', '--json');

    expect((JSON.parse(stdout) as { name: string }[]).map(({ name }) => name)).toEqual(
      CONTENT_SCENARIOS.map(({ name }) => name),
    );
  });
});
