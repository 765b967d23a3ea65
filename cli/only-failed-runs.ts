import type { ObjectStore } from '../shared/collect/ports.ts';
import { type FailedRuns, onlyFailedRuns } from '../shared/connector.ts';
import { spellInstant } from '../shared/health/spell.ts';
import { printable } from './text.ts';

/** What there is to say of a folder or bucket whose runs all failed before anything was stored; undefined of any other. */
export const onlyFailedRunsToText = async (store: ObjectStore, out: string): Promise<string | undefined> => {
  const failed = await onlyFailedRuns(store);
  if (!failed) return undefined;
  return (
    `Nothing was collected into ${out} yet: every run there failed.\n` +
    `${failed.flatMap(linesOf).join('')}See bin/zoom-log-source status --out ${out}\n`
  );
};

const linesOf = ({ source, streams, unfinished }: FailedRuns): string[] => [
  ...streams.map(
    ({ stream, lastRun: { run, endedAt, error } }) =>
      `  ${source} ${stream}: ${run} of ${spellInstant(new Date(endedAt))}: ${printable(error?.message ?? '')}\n`,
  ),
  ...(unfinished
    ? [
        `  ${source}: the ${unfinished.run} that began ${spellInstant(new Date(unfinished.beganAt))} did not end.\n`,
      ]
    : []),
];
