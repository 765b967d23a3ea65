import type { ObjectStore } from '../shared/collect/ports.ts';
import { type FailedRuns, onlyFailedRuns } from '../shared/app/archive.ts';
import { formatInstant } from '../shared/health/format.ts';
import { printable } from './text.ts';

/**
 * The message for a folder or bucket (or one source in it) whose runs all failed before anything was stored; undefined for any
 * other.
 */
export const onlyFailedRunsToText = async (
  store: ObjectStore,
  out: string,
  source?: string,
): Promise<string | undefined> => {
  const failed = await onlyFailedRuns(store, source);
  if (!failed) return undefined;
  const which =
    source === undefined ? 'every run there failed' : `every run of the source "${source}" failed`;
  return (
    `Nothing was collected into ${out} yet: ${which}.\n` +
    `${failed.flatMap(linesOf).join('')}Details: bin/zoom-log-source status --out ${out}\n`
  );
};

const linesOf = ({ source, streams, unfinished }: FailedRuns): string[] => [
  ...streams.map(
    ({ stream, lastRun: { run, endedAt, error } }) =>
      `  ${source} ${stream}: ${run} of ${formatInstant(new Date(endedAt))}: ${printable(error?.message ?? '')}\n`,
  ),
  ...(unfinished
    ? [
        `  ${source}: the ${unfinished.run} started at ${formatInstant(new Date(unfinished.beganAt))} did not end.\n`,
      ]
    : []),
];
