import { knownSources } from '../shared/collect/known-sources.ts';
import { type LastRun, readLastRun } from '../shared/collect/last-run.ts';
import { streamPrefix } from '../shared/collect/object-keys.ts';
import type { ObjectStore } from '../shared/collect/ports.ts';
import { readRunRecord } from '../shared/collect/run-record.ts';
import { spellInstant } from '../shared/health/spell.ts';
import { STREAM_NAMES } from '../shared/model/stream.ts';
import { printable } from './text.ts';

/** What there is to say of a folder or bucket whose runs all failed before anything was stored; undefined if it has events or was never run. */
export const onlyFailedRuns = async (store: ObjectStore, out: string): Promise<string | undefined> => {
  const failures: string[] = [];
  for (const source of await knownSources(store)) {
    const unfinished = await readRunRecord(store, source);
    for (const stream of STREAM_NAMES) {
      const lastRun = await readLastRun(store, source, stream);
      if (lastRun && (!lastRun.error || lastRun.slices > 0)) return undefined;
      if ((await store.list(streamPrefix('raw', { source, stream }))).length > 0) return undefined;
      if (lastRun) failures.push(`  ${source} ${stream}: ${failureOf(lastRun)}`);
    }
    if (unfinished && unfinished.endedAt === undefined) {
      const began = spellInstant(new Date(unfinished.beganAt));
      failures.push(`  ${source}: the ${unfinished.run} that began ${began} did not end.`);
    }
  }
  if (failures.length === 0) return undefined;
  return (
    `Nothing was collected into ${out} yet: every run there failed.\n${failures.join('\n')}\n` +
    `See bin/zoom-log-source status --out ${out}\n`
  );
};

const failureOf = ({ run, endedAt, error }: LastRun): string =>
  `${run} of ${spellInstant(new Date(endedAt))}: ${printable(error?.message ?? '')}`;
