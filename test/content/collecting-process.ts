import { createContentCollector } from '../../shared/app/content.ts';
import { CONTENT_TYPES } from '../../shared/model/content-config.ts';
import { parseDay } from '../../shared/model/day.ts';
import { systemClock } from '../../shared/runtime/clock.ts';

/**
 * A collector as a process of its own, so that a test can kill it and measure it: `OUT`, `FROM`, `TO` and Zoom's variables are in
 * the environment. Prints what it did as JSON. Ends with 0 when every file of the range is settled, else with 3.
 */
const { OUT = '', FROM = '', TO = '' } = process.env;
const [from, to] = [parseDay(FROM), parseDay(TO)];
if (!from || !to) throw new Error('FROM and TO must be days');

const collector = await createContentCollector({
  environment: process.env,
  out: OUT,
  source: 'acme',
  choice: {
    types: [...CONTENT_TYPES],
    mode: 'archive',
    people: { include: 'all', exclude: [], future: true },
  },
  clock: systemClock,
  random: Math.random,
});
const startedAt = performance.now();
const { files, problems } = await collector.collect(
  { streams: ['person', 'meeting', 'recording'], from, to },
  new AbortController().signal,
);
const seconds = (performance.now() - startedAt) / 1000;
await collector.close();

const left = files.failed.filter(({ final }) => !final).length + problems.length + files.processing;
const done: CollectingEnd = {
  held: files.held,
  bytes: files.bytes,
  left,
  seconds,
  maxRssMiB: process.resourceUsage().maxRSS / 1024,
  problems: [...problems, ...files.failed].map(({ reason, message }) => `${reason}: ${message}`),
};
process.stdout.write(`${JSON.stringify(done)}\n`);
process.exitCode = left === 0 ? 0 : 3;

/** What a collector did, as it prints it. */
export interface CollectingEnd {
  readonly held: number;
  readonly bytes: number;
  /** What the next run must do: files that failed or are not ready, and lists that were refused. */
  readonly left: number;
  readonly seconds: number;
  readonly maxRssMiB: number;
  readonly problems: readonly string[];
}
