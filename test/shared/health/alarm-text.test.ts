import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clearedText, raisedText } from '../../../shared/health/alarm-text.ts';
import { CAUSES } from '../../../shared/health/causes.ts';
import { deadline, overdue } from '../../../shared/health/assess-completeness.ts';
import { assessStream } from '../../../shared/health/assess-stream.ts';
import { problemToFinding } from '../../../shared/health/source-problem.ts';
import { VERDICTS } from '../../../shared/health/verdict.ts';
import { addDays } from '../../../shared/model/day.ts';
import { redact } from '../../../shared/runtime/redact.ts';
import { day } from '../../support/builders/collector.ts';
import { aFinding } from '../../support/builders/findings.ts';
import { aStream } from '../../support/builders/observations.ts';

const NOW = new Date('2026-06-02T11:05:00Z');
const NEWEST = new Date('2026-06-01T08:59:30Z');

/** CloudWatch takes no longer reason. */
const MOST = 1023;

/** As long as the name of a source may be. */
const LONG = 'a'.repeat(40);

describe('the reason of an alarm', () => {
  it('has the problem, its start, the newest event, the error, the data loss, the remedy and the link', () => {
    const text = raisedText('acme', aFinding({ error: 'Zoom refuses the operation log.' }), NEWEST, NOW);

    expect(text.split('\n')).toEqual([
      'acme has an authorization that was revoked, was replaced or has expired.',
      'Since 2026-06-01 09:00 UTC (26 hours). Newest event: 2026-06-01 08:59 UTC.',
      'Error: `Zoom refuses the operation log.`',
      'Nothing is lost.',
      'Do: Ask an administrator to authorize the app again: bin/zoom-log-source connect acme',
      'Runbook: docs/runbook.md#unauthorized. Details: bin/zoom-log-source status --deployed --source acme',
    ]);
  });

  it('names no error if there was none, and states that there was no event yet', () => {
    const text = raisedText('acme', aFinding(), undefined, NOW);

    expect(text.split('\n')).toEqual([
      'acme has an authorization that was revoked, was replaced or has expired.',
      'Since 2026-06-01 09:00 UTC (26 hours). Newest event: none yet.',
      'Nothing is lost.',
      expect.stringMatching(/^Do: /),
      expect.stringMatching(/^Runbook: /),
    ]);
  });

  it('of a silence has one length of time, and what it counts from', () => {
    const expected = {
      auth: 'oauth' as const,
      pollMs: 300_000,
      lookbackDays: 3,
      dropOffMinutes: {},
      learnedBaseline: true,
      quietDays: [],
    };
    const { finding } = assessStream(
      aStream({ newestEvent: NEWEST }),
      'acme',
      expected,
      new Date('2026-06-05T11:05:00Z'),
    );
    if (!finding) throw new Error('It is silent.');

    const text = raisedText('acme', finding, NEWEST, new Date('2026-06-05T11:05:00Z'));

    expect(text.split('\n')).toEqual([
      'The operation stream of acme is silent: no new event for 98 hours, counted from its newest event at 2026-06-01 08:59 UTC; the limit is 72 hours while its usual pattern is still being learned (0 of 4 weeks). Zoom responds without errors.',
      'Data loss: none. Each poll reads whole days, so late rows are still collected.',
      expect.stringMatching(/^Do: Find out whether anyone used Zoom/),
      expect.stringMatching(/^Runbook: docs\/runbook\.md#silent\./),
    ]);
  });

  it('is never longer than CloudWatch accepts, for any error, and keeps the remedy and the link', () => {
    const error = fc.string({ unit: 'grapheme', maxLength: 3000 });
    fc.assert(
      fc.property(error, fc.constantFrom(...Object.keys(CAUSES)), (message, reason) => {
        const problem = { reason, since: NEWEST, message };
        const finding = problemToFinding(`The operation stream of ${LONG}`, problem, NOW, NOW);

        const text = raisedText(LONG, finding, NEWEST, NOW);

        expect(text.length).toBeLessThanOrEqual(MOST);
        expect(text).toContain(
          `\n${finding.lost}\nDo: ${finding.todo.replaceAll('SOURCE', LONG)}\nRunbook: `,
        );
        expect(text.endsWith(`status --deployed --source ${LONG}`)).toBe(true);
      }),
    );
  });

  it('has six lines, for an error with any number of lines', () => {
    const error = 'Error: Cannot find module\n    at one (/var/task/index.mjs:1:1)\r\n\tat two\u2028three';

    const lines = raisedText('acme', aFinding({ error }), NEWEST, NOW).split(/[\r\n\u2028]/);

    expect(lines).toHaveLength(6);
    expect(lines[2]).toBe('Error: `Error: Cannot find module at one (/var/task/index.mjs:1:1) at two three`');
  });

  it.each([
    ['of 398 characters is kept', 'x'.repeat(398), `\`${'x'.repeat(398)}\``],
    ['of more is cut, and says so', 'x'.repeat(399), `\`${'x'.repeat(397)}…\``],
  ])('has an error whole or its beginning: one %s', (_, error, kept) => {
    expect(raisedText('acme', aFinding({ error }), NEWEST, NOW)).toContain(`\nError: ${kept}\n`);
  });

  it('has the text of Zoom without mentions, links, or an end of the code span', () => {
    const error =
      'Zoom refuses. [HTTP 400, "`<!channel>` @here <https://evil.example|x> [y](https://evil.example) \u001b[2J\u202e"]';

    const text = raisedText('acme', aFinding({ error }), NEWEST, NOW);

    expect(text.split('\n')[2]).toBe(
      'Error: `Zoom refuses. [HTTP 400, "\'＜!channel＞\' ＠here ＜https[://]evil.example|x＞ [y] ·(https[://]evil.example) ·[2J·"]`',
    );
  });

  it('does not end in half a character', () => {
    const error = `${'x'.repeat(396)}😀 and more`;

    const text = raisedText('acme', aFinding({ error }), NEWEST, NOW);

    expect(text.isWellFormed()).toBe(true);
  });

  it.each(Object.keys(CAUSES))(
    'of %s contains nothing that looks like a secret, and a heading of the runbook',
    (reason) => {
      const finding = problemToFinding('acme', { reason, since: NEWEST, message: undefined }, undefined, NOW);

      const text = raisedText('acme', finding, NEWEST, NOW);

      expect(JSON.parse(JSON.stringify({ text }, redact))).toEqual({ text });
      expect(VERDICTS).toContain(finding.heading);
      expect(text).not.toMatch(/SOURCE|undefined|\.\.$/m);
    },
  );

  it('is complete for overdue and soon-deleted days and the longest name', () => {
    const observations = {
      source: LONG,
      streams: [
        {
          stream: 'operation' as const,
          polling: {
            firstAt: new Date('2025-12-01T00:00:00Z'),
            endedAt: NOW,
            firstReadAt: new Date('2025-12-01T00:00:00Z'),
            readAt: new Date('2026-03-01T00:00:00Z'),
            failing: undefined,
            everyMs: 300_000,
          },
          newestEvent: NEWEST,
          unreadable: undefined,
          closedUpTo: day('2026-05-01'),
          completeUpTo: undefined,
          days: new Map([
            [
              addDays(day('2026-05-01'), 1),
              { rows: 0, byHour: undefined, details: undefined, rejected: 0, held: 99_999, wasRead: true },
            ],
          ]),
        },
      ],
      watchedSince: NEWEST,
      pollingSince: undefined,
      requestsToday: 0,
      parkedUntil: undefined,
      unreadable: undefined,
      lastFailure: undefined,
    };
    const expected = {
      auth: 'oauth' as const,
      pollMs: 300_000,
      lookbackDays: 3,
      dropOffMinutes: { operation: 1440, activity: 1440 },
      learnedBaseline: false,
      quietDays: [],
    };

    const findings = [overdue(observations, expected, NOW), deadline(observations, expected, NOW)];

    expect(findings.map((finding) => finding?.heading)).toEqual(['completeness', 'deadline']);
    for (const finding of findings) {
      if (!finding) continue;
      const text = raisedText(LONG, finding, NEWEST, NOW);
      expect(text.length).toBeLessThan(MOST);
      expect(text).toContain(`Runbook: docs/runbook.md#${finding.heading}.`);
    }
  });
});

describe('the text for the end of an alarm', () => {
  it('states the current health of the source, and for how long it was unhealthy', () => {
    const text = clearedText('acme', 'operation is flowing (newest event 2026-06-02 11:04 UTC)', NEWEST, NOW);

    expect(text).toBe(
      'acme is healthy again: operation is flowing (newest event 2026-06-02 11:04 UTC). It was unhealthy for 26 hours.',
    );
  });

  it.each(['acme', 'quillmere'])(
    'is not longer than CloudWatch accepts, without half a character (%s)',
    (source) => {
      const text = clearedText(source, '😀'.repeat(900), NEWEST, NOW);

      expect(text.length).toBeLessThanOrEqual(MOST);
      expect(text.isWellFormed()).toBe(true);
    },
  );
});
