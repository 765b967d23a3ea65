import { describe, expect, it } from '@jest/globals';
import { assessParsing, parsingDegraded, unreadableToNotParsing } from '../../../shared/health/parsing.ts';
import type { DayObservations } from '../../../shared/health/observations.ts';
import { addDays, type Day, dayOf } from '../../../shared/model/day.ts';
import { day } from '../../support/builders/collector.ts';

const NOW = new Date('2026-06-30T12:00:00Z');
const TODAY = dayOf(NOW);

/** Details of a day: so many of them unread. */
interface Details {
  readonly of: number;
  readonly unread: number;
}

const aDay = (fields: Partial<DayObservations> = {}): DayObservations => ({
  rows: 0,
  byHour: undefined,
  details: undefined,
  rejected: 0,
  held: 0,
  wasRead: true,
  ...fields,
});

const withDetails = ({ of, unread }: Details): DayObservations =>
  aDay({ rows: of, details: { read: of - unread, unread } });

/** The four weeks before yesterday, with that in all, on one day of them; today with what is recent. */
const daysWith = (before: Details, recent: Details, daysAgo = 10): Map<Day, DayObservations> =>
  new Map([
    [addDays(TODAY, -daysAgo), withDetails(before)],
    [TODAY, withDetails(recent)],
  ]);

describe('rows that can no longer be parsed', () => {
  it.each([
    ['most details, where before none was unread', { of: 100, unread: 0 }, { of: 20, unread: 11 }, true],
    ['all details', { of: 100, unread: 5 }, { of: 20, unread: 20 }, true],
    ['half of the details: no more than chance', { of: 100, unread: 0 }, { of: 20, unread: 10 }, false],
    ['most details of too few', { of: 100, unread: 0 }, { of: 19, unread: 19 }, false],
    ['most details, compared with too few', { of: 99, unread: 0 }, { of: 20, unread: 20 }, false],
    ['most details, which never could be read', { of: 100, unread: 80 }, { of: 20, unread: 18 }, false],
    ['twice the share of before', { of: 100, unread: 30 }, { of: 20, unread: 12 }, true],
    ['less than twice the share of before', { of: 100, unread: 31 }, { of: 20, unread: 12 }, false],
  ])('%s', (_, before, recent, isLost) => {
    expect(parsingDegraded(daysWith(before, recent), NOW) !== undefined).toBe(isLost);
  });

  it.each([
    ['two days ago', 2, true],
    ['the first of the four weeks', 29, true],
    ['the day before these', 30, false],
  ])('are compared with days up to four weeks before: %s', (_, daysAgo, isKnown) => {
    const days = daysWith({ of: 100, unread: 0 }, { of: 20, unread: 20 }, daysAgo);

    expect(parsingDegraded(days, NOW) !== undefined).toBe(isKnown);
  });

  it('are counted over yesterday and today', () => {
    const days = daysWith({ of: 100, unread: 0 }, { of: 10, unread: 10 });
    days.set(addDays(TODAY, -1), withDetails({ of: 10, unread: 10 }));

    expect(parsingDegraded(days, NOW)).toBe(
      '20 of 20 details of today and yesterday could not be parsed (0 % in the four weeks before)',
    );
  });

  it('are reported with the previous rate', () => {
    const days = daysWith({ of: 100, unread: 26 }, { of: 20, unread: 20 });

    expect(parsingDegraded(days, NOW)).toMatch(/ \(26 % in the four weeks before\)$/);
  });

  it.each([
    ['most rows', { rows: 20, rejected: 11 }, true],
    ['half of the rows', { rows: 20, rejected: 10 }, false],
    ['most of too few rows', { rows: 19, rejected: 19 }, false],
  ])('could not be read: %s', (_, fields, isLost) => {
    const lost = parsingDegraded(new Map([[TODAY, aDay(fields)]]), NOW);

    expect(lost).toBe(
      isLost ? '11 of 20 rows of today and yesterday could not be read and are in rejected/' : undefined,
    );
  });

  it('are unknown for a stream without details, or without days', () => {
    const days = new Map([[day('2026-06-30'), aDay({ rows: 500 })]]);

    expect([parsingDegraded(days, NOW), parsingDegraded(new Map(), NOW)]).toEqual([undefined, undefined]);
  });
});

describe('a stream that is not parsed', () => {
  it('has the rows of yesterday and today where most were rejected', () => {
    const days = new Map([[TODAY, aDay({ rows: 20, rejected: 20 })]]);

    expect(assessParsing({ days, unreadable: undefined }, NOW)).toEqual({
      because: '20 of 20 rows of today and yesterday could not be read and are in rejected/',
      since: undefined,
      gracePeriodMs: 0,
      from: day('2026-06-29'),
      to: day('2026-06-30'),
    });
  });

  it.each([
    ['one day', '2026-06-30', '2 rows of 2026-06-30'],
    ['several days', '2026-06-28', '2 rows of 2026-06-28 to 2026-06-30'],
  ])('names the unreadable rows of %s', (_, from, rows) => {
    const unreadable = { rows: 2, from: day(from), to: TODAY, since: NOW, isFew: false };

    expect(unreadableToNotParsing(unreadable)).toEqual({
      because: `${rows} could not be read, and no readable row has arrived since`,
      since: NOW,
      gracePeriodMs: 30 * 60_000,
      from: day(from),
      to: TODAY,
    });
  });
});
