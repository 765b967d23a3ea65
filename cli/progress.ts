import { SingleBar } from 'cli-progress';
import type { Connector, RunObserver } from '../shared/connector.ts';
import type { Surroundings } from './surroundings.ts';

/** Where nobody watches, a line is enough this often. */
const LINE_EVERY_MS = 10_000;

export interface Progress {
  readonly observer: RunObserver;
  stop(): void;
}

/** Shows how far a run over `slices` is: a bar where a person watches, else a plain line now and then. */
export const showProgress = (
  { err, watched, clock }: Surroundings,
  connector: Connector,
  slices: number,
): Progress => {
  const started = clock.now().getTime();
  let done = 0;
  let rows = 0;
  let nextLine = started + LINE_EVERY_MS;
  const bar = watched
    ? new SingleBar({
        format: ' {bar} {value} of {total} days · {rows} rows · {requests} requests · {rate} rows/s',
        barsize: 24,
        hideCursor: true,
        clearOnComplete: true,
      })
    : undefined;
  const figures = () => {
    const seconds = Math.max(0.001, (clock.now().getTime() - started) / 1000);
    return { rows, requests: connector.requests, rate: Math.round(rows / seconds) };
  };
  bar?.start(slices, 0, figures());

  const step = (read: number): void => {
    done += 1;
    rows += read;
    bar?.update(done, figures());
    if (bar || clock.now().getTime() < nextLine) return;
    nextLine = clock.now().getTime() + LINE_EVERY_MS;
    const { requests, rate } = figures();
    err(`${done} of ${slices} days, ${rows} rows, ${requests} requests, ${rate} rows/s\n`);
  };
  return {
    observer: { sliceDone: ({ read }) => step(read) },
    stop: () => bar?.stop(),
  };
};
