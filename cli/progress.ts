import { SingleBar } from 'cli-progress';
import type { Connector, RunObserver } from '../shared/app/connector.ts';
import type { Day } from '../shared/model/day.ts';
import type { Slice } from '../shared/model/slice.ts';
import type { CliContext } from './context.ts';
import { formatCount, plural, roughDuration } from './text.ts';

/** Where nobody watches, a line is enough this often. */
const LINE_EVERY_MS = 60_000;

/** Where a terminal does not tell its width. */
const DEFAULT_WIDTH = 80;
const BAR_WIDTH = 20;

export interface Progress {
  readonly observer: RunObserver;
  stop(): void;
}

/** What a run over days has come to. */
export interface Figures {
  readonly days: number;
  readonly daysDone: number;
  /** From 0 to 1, by lists of a day. */
  readonly share: number;
  /** Undefined until there is something to go by. */
  readonly secondsLeft: number | undefined;
  readonly rows: number;
  readonly requests: number;
}

/**
 * Shows how far a run over `slices` is, in days: a bar where a person watches, else a plain line now and then. Of a run without
 * slices of its own, such as a poll, nothing is shown.
 */
export const showProgress = (
  {
    stderr,
    stderrIsTty: monitorConfig,
    clock,
    stderrColumns,
  }: Pick<CliContext, 'stderr' | 'stderrIsTty' | 'clock' | 'stderrColumns'>,
  connector: Pick<Connector, 'requests'>,
  { days, streams }: { readonly days: number; readonly streams: number },
): Progress => {
  const slices = days * streams;
  if (slices === 0) return { observer: {}, stop: () => undefined };
  const started = clock.now().getTime();
  const doneOfDay = new Map<Day, number>();
  let done = 0;
  let daysDone = 0;
  let rows = 0;
  let nextLine = started + LINE_EVERY_MS;
  const figures = (): Figures => {
    const seconds = (clock.now().getTime() - started) / 1000;
    const secondsLeft = done === 0 || done === slices ? undefined : (seconds / done) * (slices - done);
    return { days, daysDone, share: done / slices, secondsLeft, rows, requests: connector.requests };
  };
  const bar = monitorConfig
    ? new SingleBar({
        format: () => progressLine(figures(), stderrColumns() ?? DEFAULT_WIDTH),
        hideCursor: true,
        clearOnComplete: true,
      })
    : undefined;
  bar?.start(slices, 0);

  const step = ({ day }: Slice, read: number): void => {
    done += 1;
    rows += read;
    const ofDay = (doneOfDay.get(day) ?? 0) + 1;
    doneOfDay.set(day, ofDay);
    if (ofDay === streams) daysDone += 1;
    bar?.update(done);
    if (bar || clock.now().getTime() < nextLine) return;
    nextLine = clock.now().getTime() + LINE_EVERY_MS;
    stderr(`${partsOf(figures()).join(', ')}\n`);
  };
  return {
    observer: {
      sliceDone: ({ slice, read }) => step(slice, read),
      sliceMissing: ({ slice }) => step(slice, 0),
    },
    stop: () => bar?.stop(),
  };
};

/** What is said, the most important first. */
const partsOf = ({ days, daysDone, share, secondsLeft, rows, requests }: Figures): string[] => [
  `${Math.floor(share * 100)} %`,
  `${formatCount(daysDone)} of ${plural(days, 'day')}`,
  ...(secondsLeft === undefined ? [] : [`about ${roughDuration(secondsLeft)} left`]),
  plural(rows, 'row'),
  plural(requests, 'request'),
];

/** So many parts stand beside a bar; with fewer there is no room for one. */
const LEAST_BESIDE_BAR = 3;

/** One line that never reaches the last column, at which some terminals break it: what does not fit is left out. */
export const progressLine = (figures: Figures, columns: number): string => {
  const room = Math.max(0, columns - 1);
  const parts = partsOf(figures);
  const filled = Math.round(figures.share * BAR_WIDTH);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} `;
  const textOf = (count: number): string => parts.slice(0, count).join(' · ');
  const counts = parts.map((_, index) => parts.length - index);
  const lines = [
    ...counts.filter((count) => count >= LEAST_BESIDE_BAR).map((count) => bar + textOf(count)),
    ...counts.map(textOf),
  ];
  return lines.find((line) => line.length <= room) ?? textOf(1).slice(0, room);
};
