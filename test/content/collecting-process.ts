import { createContentCollector } from '../../shared/app/content.ts';
import { parseDay } from '../../shared/model/day.ts';
import { CONTENT_TYPES } from '../../shared/model/content-config.ts';
import { systemClock } from '../../shared/runtime/clock.ts';

/**
 * A collector as a process of its own, so that a test can kill it: `OUT`, `FROM` and `TO` and Zoom's variables are in the
 * environment. It ends with 0 when every file of the range is settled, and with 3 when something is left for another run.
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
const report = await collector.collect(
  { streams: ['person', 'meeting', 'recording'], from, to },
  new AbortController().signal,
);
await collector.close();
const left =
  report.files.failed.filter(({ final }) => !final).length + report.problems.length + report.files.processing;
if (process.env['VERBOSE'])
  console.error(
    JSON.stringify({
      left,
      problems: report.problems,
      failed: report.files.failed.map((f) => f.message),
      held: report.files.held,
    }),
  );
process.exitCode = left === 0 ? 0 : 3;
