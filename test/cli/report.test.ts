import { describe, expect, it } from '@jest/globals';
import { missingLines, summaryToText } from '../../cli/report.ts';
import type { Missing } from '../../shared/app/connector.ts';
import type { Day } from '../../shared/model/day.ts';
import type { StreamName } from '../../shared/model/stream.ts';
import { anOutcome } from '../support/builders/outcomes.ts';

const missing = (stream: StreamName, day: string, message: string, reason = 'failed'): Missing => ({
  slice: { source: 'acme', stream, day: day as Day },
  reason,
  message,
});

describe('the report of missing days', () => {
  it('explains the days that failed for one reason once, with all of them', () => {
    const days = ['2026-11-01', '2026-11-02', '2026-11-04'];

    expect(
      missingLines(
        'acme',
        days.map((day) => missing('operation', day, 'No scope.')),
      ),
    ).toEqual(['', 'MISSING acme operation log, 2026-11-01 to 2026-11-02, 2026-11-04:', '  No scope.']);
  });

  it('groups messages that differ only in day and tracking id', () => {
    const refused = (day: string, id: string) =>
      missing(
        'operation',
        day,
        `Zoom refuses the operation log of ${day}: no scope. [HTTP 400, tracking id ${id}]`,
      );

    const lines = missingLines('acme', [refused('2026-11-01', 'A1'), refused('2026-11-02', 'B2')]);

    expect(lines.slice(1)).toEqual([
      'MISSING acme operation log, 2026-11-01 to 2026-11-02:',
      '  Zoom refuses the operation log of 2026-11-01: no scope. [HTTP 400, tracking id A1]',
    ]);
  });

  it('does not explain a stream or a day by the failure of another', () => {
    const lines = missingLines('acme', [
      missing('operation', '2026-11-01', 'Object A is damaged.', 'damaged-object'),
      missing('operation', '2026-11-02', 'Object B is damaged.', 'damaged-object'),
      missing('activity', '2026-11-01', 'Object C is damaged.', 'damaged-object'),
    ]);

    expect(lines.filter((line) => line !== '')).toEqual([
      'MISSING acme operation log, 2026-11-01:',
      '  Object A is damaged.',
      'MISSING acme operation log, 2026-11-02:',
      '  Object B is damaged.',
      'MISSING acme sign in / sign out log, 2026-11-01:',
      '  Object C is damaged.',
    ]);
  });

  it('names the days of each failure, and where to find all of them', () => {
    const days = Array.from({ length: 9 }, (_, index) => `2026-11-0${index + 1}`);

    const lines = missingLines(
      'acme',
      days.map((day) => missing('operation', day, `${day} failed.`)),
    );

    expect(lines.join('\n')).toMatch(/2026-11-05 failed\./);
    expect(lines.slice(-2)).toEqual([
      'MISSING acme operation log, 2026-11-06 to 2026-11-09:',
      '  Each failed on its own with the same reason (failed): see --json for all.',
    ]);
  });
});

describe('the summary of a run', () => {
  const summary = (changes: Partial<Parameters<typeof summaryToText>[0]['report']>): string =>
    summaryToText({
      source: 'acme',
      out: 'out',
      requests: 1,
      seconds: 0.1,
      report: {
        outcomes: [],
        partial: [],
        missing: [],
        deferred: [],
        notices: [],
        unreadable: [],
        notParsing: [],
        auditFailures: [],
        parkedUntil: undefined,
        cost: { requests: 1, throttled: 0, failed: 0, milliseconds: 100 },
        ...changes,
      },
    });

  it('counts rows that are already stored, and omits the count if there are none', () => {
    expect(summary({ outcomes: [anOutcome({ delivered: 1500, duplicate: 1022 })] })).toMatch(
      /^acme operation log: 1,500 new events in 1 day; 1,022 already stored\n/,
    );
    expect(summary({ outcomes: [anOutcome({ delivered: 2 })] })).toMatch(/: 2 new events in 1 day\n/);
  });

  it('counts what was delivered of a day before it failed, and names damaged pages', () => {
    const text = summary({ partial: [anOutcome({ delivered: 3, invalidUtf8: 1, objects: 3 })] });

    expect(text).toMatch(/: 3 new events in 1 day; 1 page with invalid UTF-8 \(/);
    expect(text).toMatch(/3 objects written to out/);
  });
});
