import { createContentCollector, type ContentReport } from '../../shared/app/content.ts';
import type { Clock } from '../../shared/collect/ports.ts';
import type { ContentObserver } from '../../shared/content/content-context.ts';
import type { ContentStreamName } from '../../shared/model/content-stream.ts';
import { CONTENT_TYPES } from '../../shared/model/content-config.ts';
import { type Day, parseDay } from '../../shared/model/day.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import { clientEnvironment, type Simulator } from '../../simulator/index.ts';

/** How much faster than real time a simulator must run for `collectContentFrom`. */
export const SPEED = 50;

/** A clock that runs with the simulator's: a wait of a minute takes about a second. */
export const clockOf = (simulator: Simulator): Clock => ({
  now: () => simulator.clock.now(),
  sleep: (ms, signal) => systemClock.sleep(ms / SPEED, signal),
});

/** What a test collects. */
export interface TestCollection {
  readonly out: string;
  readonly from: string;
  readonly to: string;
  readonly streams?: readonly ContentStreamName[];
  /** Default: `acme`. */
  readonly source?: string;
  readonly observer?: ContentObserver;
}

/** Collects content of everyone, with files of all types, over HTTP from a simulator into a folder. */
export const collectContentFrom = async (
  simulator: Simulator,
  { out, from, to, streams = ['person', 'meeting', 'recording'], source = 'acme', observer }: TestCollection,
): Promise<ContentReport> => {
  const collector = await createContentCollector({
    environment: clientEnvironment(simulator),
    out,
    source,
    choice: {
      types: [...CONTENT_TYPES],
      mode: 'archive',
      people: { include: 'all', exclude: [], future: true },
    },
    clock: clockOf(simulator),
    random: () => 0.5,
  });
  try {
    const task = { streams, from: aDay(from), to: aDay(to) };
    return await collector.collect(task, new AbortController().signal, observer);
  } finally {
    await collector.close();
  }
};

const aDay = (text: string): Day => {
  const day = parseDay(text);
  if (!day) throw new Error(`${text} is no day`);
  return day;
};
