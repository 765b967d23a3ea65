import { describe, expect, it } from '@jest/globals';
import { type Figures, progressLine, showProgress } from '../../cli/progress.ts';
import type { Day } from '../../shared/model/day.ts';
import { anOutcome } from '../support/builders/outcomes.ts';

const FIGURES: Figures = {
  days: 181,
  daysDone: 76,
  share: 0.42,
  secondsLeft: 200,
  rows: 1_234_567,
  requests: 8_901,
};

describe('the line of progress', () => {
  it.each([
    [60, '42 % · 76 of 181 days · about 4 min left · 1,234,567 rows'],
    [80, '████████░░░░░░░░░░░░ 42 % · 76 of 181 days · about 4 min left · 1,234,567 rows'],
    [120, '████████░░░░░░░░░░░░ 42 % · 76 of 181 days · about 4 min left · 1,234,567 rows · 8,901 requests'],
  ])('shows the most important parts in %i columns', (columns, line) => {
    expect(progressLine(FIGURES, columns)).toBe(line);
  });

  it('never reaches the last column, at any width', () => {
    for (let columns = 1; columns <= 250; columns += 1) {
      const line = progressLine(FIGURES, columns);

      expect(line.length).toBeLessThan(columns);
      expect(line).not.toContain('\n');
    }
  });
});

describe('progress without a terminal', () => {
  const aRun = (extent: { days: number; streams: number }) => {
    const lines: string[] = [];
    let seconds = 0;
    const clock = {
      now: () => new Date(Date.UTC(2026, 10, 20) + seconds * 1000),
      sleep: () => Promise.resolve(),
    };
    const progress = showProgress(
      { stderr: (text) => lines.push(text), stderrIsTty: false, stderrColumns: () => undefined, clock },
      { requests: 12 },
      extent,
    );
    const done = (day: string, after: number): void => {
      seconds += after;
      progress.observer.sliceDone?.(
        anOutcome({ slice: { source: 'acme', stream: 'operation', day: day as Day }, read: 100 }),
      );
    };
    return { lines, done, observer: progress.observer };
  };

  it('is a plain line a minute, in days and with the time that is left', () => {
    const { lines, done } = aRun({ days: 4, streams: 2 });

    done('2026-11-04', 20);
    done('2026-11-04', 20);
    done('2026-11-03', 21);
    done('2026-11-03', 20);

    expect(lines).toEqual(['37 %, 1 of 4 days, about 2 min left, 300 rows, 12 requests\n']);
  });

  it('counts failed days as done', () => {
    const { lines, observer } = aRun({ days: 1, streams: 1 });

    observer.sliceMissing?.({
      slice: { source: 'acme', stream: 'operation', day: '2026-11-04' as Day },
      reason: 'failed',
      message: 'No.',
    });

    expect(lines).toEqual([]);
  });

  it('is empty for a run without a known number of days', () => {
    const { lines, done } = aRun({ days: 0, streams: 0 });

    done('2026-11-04', 1000);

    expect(lines).toEqual([]);
  });
});
