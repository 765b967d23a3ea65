import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AlarmChange, type AlarmRecord, transitionAlarm } from '../../../shared/health/alarm-record.ts';
import { MINUTE_MS } from '../../../shared/model/duration.ts';
import { aFinding } from '../../support/builders/findings.ts';

const START = Date.UTC(2026, 5, 1, 9);

const at = (minute: number): Date => new Date(START + minute * MINUTE_MS);

/** The result of a run: no finding, an unknown state, or a finding since so many minutes. */
type AlarmObservation =
  | 'well'
  | 'suppressed'
  | { readonly cause: string; readonly minutes: number; readonly gracePeriodMs: number };

/** The results of consecutive runs, each so many minutes after the previous one. */
interface MonitorContext {
  readonly after: number;
  readonly found: AlarmObservation;
}

const findingAt = (found: AlarmObservation, minute: number) => {
  if (found === 'well') return undefined;
  if (found === 'suppressed') return 'suppressed';
  const { cause, minutes, gracePeriodMs: retryContext } = found;
  return aFinding({ cause, since: at(minute - minutes), gracePeriodMs: retryContext * MINUTE_MS });
};

interface Step {
  readonly minute: number;
  readonly found: AlarmObservation;
  readonly before: AlarmRecord | undefined;
  readonly record: AlarmRecord;
  readonly change: AlarmChange;
}

/** Every step that the alarm takes. */
const stepsOf = (watches: readonly MonitorContext[]): Step[] => {
  let minute = 0;
  let before: AlarmRecord | undefined;
  return watches.map(({ after, found }) => {
    minute += after;
    const step = { minute, found, before, ...transitionAlarm(before, findingAt(found, minute), at(minute)) };
    before = step.record;
    return step;
  });
};

const recorded = (watches: readonly MonitorContext[]): string[] =>
  stepsOf(watches).flatMap(({ minute, change }) => (change ? [`${minute} ${change}`] : []));

const aWatch: fc.Arbitrary<MonitorContext> = fc.record({
  after: fc.constantFrom(1, 5, 29, 31, 6 * 60),
  found: fc.oneof(
    fc.constant<AlarmObservation>('well'),
    fc.constant<AlarmObservation>('suppressed'),
    fc.record({
      cause: fc.constantFrom('zoom-failing', 'grant-dead'),
      minutes: fc.constantFrom(0, 10, 40),
      gracePeriodMs: fc.constantFrom(0, 30),
    }),
  ),
});

const anyLife = fc.array(aWatch, { maxLength: 40 });

const now = { cause: 'grant-dead', minutes: 0, gracePeriodMs: 0 } as const;

describe('an alarm that was never set', () => {
  it('is off and healthy from its first run on', () => {
    expect(transitionAlarm(undefined, undefined, at(0))).toEqual({
      record: {
        state: 'OK',
        since: at(0),
        cause: undefined,
        healthySince: at(0),
        clearedAt: undefined,
        flaps: false,
      },
      change: undefined,
    });
  });
});

describe('an alarm with any findings', () => {
  it('is raised and cleared in turn: never twice one of them, never an end before a beginning', () => {
    fc.assert(
      fc.property(anyLife, (watches) => {
        const turns = stepsOf(watches).flatMap(({ change }) =>
          change === 'raise' || change === 'clear' ? [change] : [],
        );

        expect(turns).toEqual(turns.map((_, index) => (index % 2 === 0 ? 'raise' : 'clear')));
      }),
    );
  });

  it('is on from its start to its end, with its start and cause', () => {
    fc.assert(
      fc.property(anyLife, (watches) => {
        let isOn = false;
        let since = at(0);
        for (const { minute, found, change, record } of stepsOf(watches)) {
          if (change === 'raise' || change === 'clear') {
            isOn = change === 'raise';
            since = at(minute);
          }
          expect(record.state).toBe(isOn ? 'ALARM' : 'OK');
          if (change === 'raise' || change === 'clear') expect(record.since).toEqual(since);
          if (!isOn) expect(record.cause).toBeUndefined();
          else if (typeof found === 'object') expect(record.cause).toBe(found.cause);
          else expect(record.cause).toBeDefined();
        }
      }),
    );
  });

  it('is unchanged while nothing is known', () => {
    fc.assert(
      fc.property(anyLife, (watches) => {
        for (const { found, before, record, change } of stepsOf(watches)) {
          if (found !== 'suppressed') continue;
          expect(change).toBeUndefined();
          if (before) expect(record).toBe(before);
          else expect(record.state).toBe('OK');
        }
      }),
    );
  });

  it('is reworded only while it is on, and only for another cause', () => {
    fc.assert(
      fc.property(anyLife, (watches) => {
        for (const { before, record, change } of stepsOf(watches)) {
          const isOther =
            before?.state === 'ALARM' && record.state === 'ALARM' && before.cause !== record.cause;
          expect(change === 'reword').toBe(isOther);
        }
      }),
    );
  });

  it('is never raised before the finding has lasted for its grace period', () => {
    fc.assert(
      fc.property(anyLife, (watches) => {
        for (const { found, change } of stepsOf(watches)) {
          if (change === 'raise')
            expect(typeof found === 'object' && found.minutes >= found.gracePeriodMs).toBe(true);
        }
      }),
    );
  });
});

describe('an alarm', () => {
  it.each<[string, MonitorContext[], string[]]>([
    ['without a finding is never notified', [{ after: 0, found: 'well' }], []],
    ['is raised at once where an operator must act', [{ after: 0, found: now }], ['0 raise']],
    [
      'waits for the end of the grace period',
      [
        { after: 0, found: { ...now, gracePeriodMs: 30 } },
        { after: 29, found: { ...now, minutes: 29, gracePeriodMs: 30 } },
        { after: 1, found: { ...now, minutes: 30, gracePeriodMs: 30 } },
      ],
      ['30 raise'],
    ],
    [
      'goes off at once, the first time',
      [
        { after: 0, found: now },
        { after: 5, found: 'well' },
      ],
      ['0 raise', '5 clear'],
    ],
    [
      'that comes again within six hours is over only after half an hour of calm',
      [
        { after: 0, found: now },
        { after: 5, found: 'well' },
        { after: 360, found: now },
        { after: 5, found: 'well' },
        { after: 29, found: 'well' },
        { after: 1, found: 'well' },
      ],
      ['0 raise', '5 clear', '365 raise', '400 clear'],
    ],
    [
      'that comes again after more than six hours is a new one',
      [
        { after: 0, found: now },
        { after: 5, found: 'well' },
        { after: 361, found: now },
        { after: 5, found: 'well' },
      ],
      ['0 raise', '5 clear', '366 raise', '371 clear'],
    ],
    [
      'has its calm from the beginning again whenever something is found',
      [
        { after: 0, found: now },
        { after: 5, found: 'well' },
        { after: 5, found: now },
        { after: 5, found: 'well' },
        { after: 20, found: now },
        { after: 5, found: 'well' },
        { after: 29, found: 'well' },
        { after: 1, found: 'well' },
      ],
      ['0 raise', '5 clear', '10 raise', '70 clear'],
    ],
    [
      'whose cause changes has a new text, without a second notification',
      [
        { after: 0, found: now },
        { after: 5, found: { ...now, cause: 'zoom-failing', gracePeriodMs: 30 } },
        { after: 5, found: { ...now, cause: 'zoom-failing', gracePeriodMs: 30 } },
      ],
      ['0 raise', '5 reword'],
    ],
    [
      'that is suppressed neither ends nor notifies again',
      [
        { after: 0, found: now },
        { after: 5, found: 'suppressed' },
        { after: 5, found: now },
        { after: 5, found: 'well' },
      ],
      ['0 raise', '15 clear'],
    ],
  ])('%s', (_, watches, expected) => {
    expect(recorded(watches)).toEqual(expected);
  });
});
