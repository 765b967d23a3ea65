import { SingleBar } from 'cli-progress';
import type { ContentObserver } from '../shared/app/content.ts';
import { CONTENT_STREAMS } from '../shared/app/content-archive.ts';
import type { ContentStreamName } from '../shared/model/content-stream.ts';
import { formatBytes } from '../shared/model/format-bytes.ts';
import type { CliContext } from './context.ts';
import { formatCount, plural, roughDuration } from './text.ts';

/** The interval of progress lines when stderr is not a terminal. */
const LINE_EVERY_MS = 60_000;

/** Assumed when a terminal does not report its width. */
const DEFAULT_WIDTH = 80;
const BAR_WIDTH = 20;

/** The progress of a run over content. */
export interface ContentFigures {
  /** What is listed at the moment, in units: people, or days. */
  readonly listing: { readonly title: string; readonly done: number; readonly all: number } | undefined;
  readonly files: number;
  readonly filesDone: number;
  /** The sizes that Zoom states, and the bytes that arrived. */
  readonly bytes: number;
  readonly bytesDone: number;
  /** From the first byte on. */
  readonly seconds: number;
}

export interface ContentProgress {
  readonly observer: ContentObserver;
  stop(): void;
}

/** Shows the progress of a run in files and bytes: a bar on a terminal, else a plain line at intervals. */
export const showContentProgress = ({
  stderr,
  stderrIsTty,
  clock,
  stderrColumns,
}: Pick<CliContext, 'stderr' | 'stderrIsTty' | 'clock' | 'stderrColumns'>): ContentProgress => {
  let listing: ContentFigures['listing'];
  let [files, filesDone, bytes, bytesDone] = [0, 0, 0, 0];
  let firstByteAt: number | undefined;
  let nextLine = clock.now().getTime() + LINE_EVERY_MS;
  const figures = (): ContentFigures => ({
    listing,
    ...{ files, filesDone, bytes, bytesDone },
    seconds: firstByteAt === undefined ? 0 : (clock.now().getTime() - firstByteAt) / 1000,
  });
  const bar = stderrIsTty
    ? new SingleBar({
        format: () => contentProgressLine(figures(), stderrColumns() ?? DEFAULT_WIDTH),
        hideCursor: true,
        clearOnComplete: true,
      })
    : undefined;
  bar?.start(1, 0);

  const changed = (): void => {
    bar?.update(0);
    if (bar || clock.now().getTime() < nextLine) return;
    nextLine = clock.now().getTime() + LINE_EVERY_MS;
    stderr(`${partsOf(figures()).join(', ')}\n`);
  };
  return {
    observer: {
      unitsListed: (stream, done, all) => {
        const { title } = CONTENT_STREAMS[stream as ContentStreamName];
        listing = done === all ? undefined : { title, done, all };
        changed();
      },
      filesFound: (count, size) => {
        files += count;
        bytes += size;
        changed();
      },
      bytesReceived: (count) => {
        firstByteAt ??= clock.now().getTime();
        bytesDone += count;
        changed();
      },
      fileDone: ({ state }) => {
        if (state !== 'taken') filesDone += 1;
        changed();
      },
    },
    stop: () => bar?.stop(),
  };
};

/** Of the bytes; Zoom's sizes are hints, so that it never exceeds 1. */
const shareOf = ({ bytes, bytesDone, files, filesDone }: ContentFigures): number => {
  if (files > 0 && filesDone >= files) return 1;
  return bytes === 0 ? 0 : Math.min(0.99, bytesDone / bytes);
};

/** The parts of a progress line, the most important first. */
const partsOf = (figures: ContentFigures): string[] => {
  const { listing, files, filesDone, bytes, bytesDone, seconds } = figures;
  const listed = listing
    ? [`listing ${listing.title} ${formatCount(listing.done)} of ${formatCount(listing.all)}`]
    : [];
  if (files === 0) return listed.length > 0 ? listed : ['listing'];
  const rate = seconds > 0 ? bytesDone / seconds : 0;
  const left = bytes > bytesDone && rate > 0 ? (bytes - bytesDone) / rate : undefined;
  return [
    `${Math.floor(shareOf(figures) * 100)} %`,
    `${formatCount(filesDone)} of ${plural(files, 'file')}`,
    `${formatBytes(bytesDone)} of ${formatBytes(Math.max(bytes, bytesDone))}`,
    ...(left === undefined ? [] : [`about ${roughDuration(left)} left`]),
    ...(rate > 0 ? [`${formatBytes(Math.round(rate))}/s`] : []),
    ...listed,
  ];
};

/** With fewer parts than this, the bar is omitted. */
const LEAST_BESIDE_BAR = 3;

/** One line that omits what does not fit. It never reaches the last column, where some terminals wrap. */
export const contentProgressLine = (figures: ContentFigures, columns: number): string => {
  const room = Math.max(0, columns - 1);
  const parts = partsOf(figures);
  const filled = Math.round(shareOf(figures) * BAR_WIDTH);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} `;
  const textOf = (count: number): string => parts.slice(0, count).join(' · ');
  const counts = parts.map((_, index) => parts.length - index);
  const lines = [
    ...counts.filter((count) => count >= LEAST_BESIDE_BAR).map((count) => bar + textOf(count)),
    ...counts.map(textOf),
  ];
  return lines.find((line) => line.length <= room) ?? textOf(1).slice(0, room);
};
