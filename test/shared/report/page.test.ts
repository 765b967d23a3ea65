import { describe, expect, it } from '@jest/globals';
import { reportToHtml } from '../../../shared/report/page.ts';
import type { ReportFinding, ReportStream } from '../../../shared/report/report.ts';
import { day } from '../../support/builders/collector.ts';
import { aReport } from './a-report.ts';

const HOSTILE = `</td></table><script>alert(1)</script><img src=x onerror='alert(2)'> " onload="alert(3)\u202e&amp;`;
const ESCAPED = HOSTILE.replaceAll('&', '&amp;')
  .replaceAll('<', '&lt;')
  .replaceAll('>', '&gt;')
  .replaceAll('"', '&quot;')
  .replaceAll("'", '&#39;')
  .replaceAll('\u202e', '\\u202e');

const aFinding = (fields: Partial<ReportFinding> = {}): ReportFinding => ({
  detection: 'passcode-off',
  title: 'Zoom Meeting Passcode Turned Off',
  level: 'medium',
  time: '2026-11-17T10:00:00.000Z',
  who: 'ines@quillmere.example',
  what: 'Edit Group Sales',
  source: 'acme',
  ...fields,
});

const aStream = (fields: Partial<ReportStream> = {}): ReportStream => ({
  source: 'acme',
  stream: 'operation',
  verdict: 'flowing',
  newestEvent: '2026-11-18T08:00:00Z',
  events: 1200,
  lateness: { p99Ms: 3_600_000, maxMs: Number.POSITIVE_INFINITY },
  lastRun: { run: 'poll', endedAt: '2026-11-18T08:59:00.000Z' },
  problems: [],
  ...fields,
});

const problem = { what: HOSTILE, error: HOSTILE, lost: HOSTILE, todo: HOSTILE };

/** The text of a page, without its markup. */
const textOf = (page: string): string =>
  page
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe('the page of a report', () => {
  it('escapes the text of rows wherever it is shown', () => {
    const time = '2026-11-17T10:00:00.000Z';
    const page = reportToHtml(
      aReport({
        place: HOSTILE,
        warnings: [HOSTILE],
        findings: [aFinding({ who: HOSTILE, what: HOSTILE, title: HOSTILE, source: HOSTILE, time: HOSTILE })],
        settings: {
          byControl: [{ control: 'mfa', weak: 1, strengthened: 0 }],
          stillWeak: {
            rows: [
              {
                time,
                actor: HOSTILE,
                control: 'mfa',
                place: HOSTILE,
                setting: HOSTILE,
                effect: 'weakened',
                oldValue: HOSTILE,
                newValue: HOSTILE,
                status: 'likely',
                source: HOSTILE,
              },
            ],
            total: 1,
          },
          readFrom: '2026-11-16',
        },
        roles: {
          changes: {
            rows: [
              {
                time,
                actor: HOSTILE,
                person: HOSTILE,
                oldRole: HOSTILE,
                newRole: HOSTILE,
                isPrivileged: true,
                status: 'full',
                source: HOSTILE,
              },
            ],
            total: 1,
          },
          privileged: 1,
        },
        signIns: {
          daily: [{ day: day('2026-11-17'), known: 1, fromNewNetwork: 0 }],
          networks: {
            rows: [{ network: HOSTILE, signIns: 1, people: 1, newPeople: 0, lastSignIn: time }],
            total: 1,
          },
        },
        streams: [aStream({ problems: [problem] }), aStream({ source: 'other' })],
      }),
    );

    expect(page.split(ESCAPED).length - 1).toBeGreaterThan(18);
    expect(page.match(/<(?:script|img|iframe|link)|\son\w+=["']|javascript:|\u202e/gi)).toBeNull();
    expect(page.match(/<style/g)).toEqual(['<style']);
  });

  it('has no style outside its style sheet, and no address to load from', () => {
    const page = reportToHtml(
      aReport({
        events: {
          byArea: [{ day: day('2026-11-17'), kind: 'sign_in', count: 3 }],
          byControl: [],
          withoutControls: 0,
        },
      }),
    );

    expect(page).toContain('<svg');
    expect(page).toContain('fill="var(--s1)"');
    expect(page).not.toMatch(/ style="| src=| href="(?!#)|url\(|@import/);
    expect(page).toMatch(
      /http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/,
    );
  });

  it('says of each part that there is nothing to show', () => {
    const text = textOf(reportToHtml(aReport()));

    for (const sentence of [
      '20 detections ran. None had findings in this period.',
      'No setting was weakened in this period.',
      'No setting is weaker than before its changes.',
      'No role was given or taken in this period.',
      'No sign-in in this period.',
      'No event in this period.',
      'No change of a protection or permission in this period.',
      'No stream needs attention.',
    ])
      expect(text).toContain(sentence);
  });

  it('lists the most severe findings first, and counts those beyond its limit', () => {
    const findings = [
      ...Array.from({ length: 30 }, (_, nth) => aFinding({ what: `nth ${nth}` })),
      aFinding({ level: 'critical', what: 'the worst', time: '2026-11-16T10:00:00.000Z' }),
    ];

    const text = textOf(reportToHtml(aReport({ findings })));

    expect(text.indexOf('the worst')).toBeLessThan(text.indexOf('nth 0'));
    expect(text).toContain('6 more, not shown.');
    expect(text).toContain('1 severe of 31 findings');
  });

  it('lists a finding without a time, and leaves it out of the chart', () => {
    const period = { from: day('2026-07-01'), to: day('2026-11-18') };

    const text = textOf(reportToHtml(aReport({ period, findings: [aFinding({ time: '' }), aFinding()] })));

    expect(text).toContain('0 severe of 2 findings');
    expect(text).toMatch(/medium 1 \s*0/);
    expect(text.split('Edit Group Sales').length - 1).toBe(2);
  });

  it('cuts a long text', () => {
    const page = reportToHtml(aReport({ findings: [aFinding({ what: `${'x'.repeat(239)}😀y` })] }));

    expect(page).toContain(`${'x'.repeat(239)}…`);
    expect(page.isWellFormed()).toBe(true);
  });

  it('names what needs attention of a stream, and how late its rows come', () => {
    const silent = aStream({
      verdict: 'silent',
      problems: [
        {
          what: 'acme operation: no new events.',
          error: undefined,
          lost: 'Data loss: none.',
          todo: 'Check it.',
        },
      ],
    });

    const text = textOf(
      reportToHtml(aReport({ streams: [silent, aStream({ stream: 'activity', lateness: undefined })] })),
    );

    expect(text).toContain('1 of 2 streams need attention');
    expect(text).toContain('acme operation: no new events. Data loss: none. What to do: Check it.');
    expect(text).toMatch(
      /operation log silent 0 of 0 2026-11-18 08:00 1,200 60 minutes \(over 30 days\) 2026-11-18 08:59 ok/,
    );
    expect(text).toContain('not measured');
  });

  it('names sources only if there are several', () => {
    const one = textOf(reportToHtml(aReport({ findings: [aFinding()], streams: [aStream()] })));
    const two = textOf(
      reportToHtml(aReport({ findings: [aFinding()], streams: [aStream(), aStream({ source: 'other' })] })),
    );

    expect(one).not.toContain('acme: operation log');
    expect(two).toContain('acme: operation log');
    expect(two).toContain('other: operation log');
  });

  it('counts a day as complete if each log was read whole', () => {
    const days = (...states: ('confirmed' | 'closed' | 'open' | 'gap' | 'none')[]) =>
      states.map((state, index) => ({ day: day(`2026-11-1${6 + index}`), state }));
    const calendar = [
      { source: 'acme', stream: 'operation', days: days('confirmed', 'closed', 'open') },
      { source: 'acme', stream: 'activity', days: days('confirmed', 'gap', 'open') },
      { source: 'acme', stream: 'recording', days: days('none', 'none', 'none') },
    ] as const;

    const page = reportToHtml(aReport({ calendar, streams: [aStream()] }));

    expect(textOf(page)).toContain('1 / 3 days complete in all logs');
    expect(textOf(page)).toContain('sign in / sign out log confirmed gap open');
    expect(page).toMatch(/<li class="bad">\s*<a href="#calendar">/);
  });
});
