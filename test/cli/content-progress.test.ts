import { describe, expect, it } from '@jest/globals';
import { type ContentFigures, contentProgressLine, showContentProgress } from '../../cli/content-progress.ts';
import { day } from '../support/builders/collector.ts';

const FIGURES: ContentFigures = {
  listing: { title: 'recordings', done: 12, all: 60 },
  files: 1500,
  filesDone: 300,
  bytes: 40_000_000_000,
  bytesDone: 10_000_000_000,
  seconds: 500,
};

describe('the line of progress over content', () => {
  it.each([
    [60, '25 % · 300 of 1,500 files · 10 GB of 40 GB'],
    [80, '█████░░░░░░░░░░░░░░░ 25 % · 300 of 1,500 files · 10 GB of 40 GB'],
    [
      130,
      '█████░░░░░░░░░░░░░░░ 25 % · 300 of 1,500 files · 10 GB of 40 GB · about 25 min left · 20 MB/s · listing recordings 12 of 60',
    ],
  ])('shows the most important parts in %i columns', (columns, line) => {
    expect(contentProgressLine(FIGURES, columns)).toBe(line);
  });

  it('shows what is listed while there are no files yet', () => {
    const listing = { ...FIGURES, files: 0, filesDone: 0, bytes: 0, bytesDone: 0, seconds: 0 };

    expect(contentProgressLine(listing, 80)).toBe('listing recordings 12 of 60');
  });

  it('never exceeds 100 %, though Zoom states sizes that are too small', () => {
    expect(contentProgressLine({ ...FIGURES, bytesDone: 50_000_000_000 }, 80)).toContain('99 % ·');
    expect(contentProgressLine({ ...FIGURES, filesDone: 1500 }, 80)).toContain('100 % ·');
  });

  it('never reaches the last column, at any width', () => {
    for (let columns = 1; columns <= 250; columns += 1) {
      const line = contentProgressLine(FIGURES, columns);

      expect(line.length).toBeLessThan(columns);
      expect(line).not.toContain('\n');
    }
  });
});

describe('progress over content without a terminal', () => {
  it('is a plain line a minute', () => {
    const lines: string[] = [];
    let seconds = 0;
    const clock = {
      now: () => new Date(Date.UTC(2026, 10, 20) + seconds * 1000),
      sleep: () => Promise.resolve(),
    };
    const { observer } = showContentProgress({
      stderr: (text) => lines.push(text),
      stderrIsTty: false,
      stderrColumns: () => undefined,
      clock,
    });

    observer.filesFound?.(4, 4_000_000);
    observer.bytesReceived?.(500_000);
    seconds = 61;
    observer.bytesReceived?.(500_000);
    observer.fileDone?.({ day: day('2026-11-20'), state: 'held', bytes: 1_000_000 });

    expect(lines).toEqual(['25 %, 0 of 4 files, 1.0 MB of 4.0 MB, about 4 min left, 16 KB/s\n']);
  });
});
