import { expect, it } from '@jest/globals';
import { dayLines } from '../../cli/content-report.ts';
import type { Day } from '../../shared/model/day.ts';

const open = (day: string, because: string) => ({
  slice: { source: 'acme', stream: 'recording' as const, day: day as Day },
  because,
});

it('the days that wait for an earlier one are one line, however many they are', () => {
  const lines = dayLines(
    [],
    [
      open('2026-11-01', '1 file is not held yet'),
      open('2026-11-02', '2026-11-01 is open, and must close before it'),
      open('2026-11-03', '2026-11-02 is open, and must close before it'),
    ],
  );

  expect(lines).toEqual([
    'Open recordings: 2026-11-01: 1 file is not held yet',
    'Open recordings: 2026-11-02 to 2026-11-03: an earlier day is open, and must close before it',
  ]);
});
