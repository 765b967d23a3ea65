import { describe, it } from '@jest/globals';
import { type Day } from '../../../../shared/model/day.ts';
import { expectHistory, type History, office, silentIn } from '../../../support/histories.ts';

const A_DAY = { operation: 1440, activity: 1440 };

const HISTORIES: readonly History[] = [
  {
    name: 'the first week of a new source and its weekend, with the settings that it comes with',
    to: '2026-06-08T12:00',
    course: { events: office, watchMinutes: 60 },
    hears: [],
    verdict: 'flowing',
  },
  {
    name: 'the same weekend with a threshold of a day: told on Saturday evening, over on Monday morning',
    to: '2026-06-08T12:00',
    course: { events: office, settings: { dropOffMinutes: A_DAY }, watchMinutes: 30 },
    hears: [
      'Sat 6 18:00 ALARM operation-drop-off',
      'Sat 6 18:00 ALARM activity-drop-off',
      'Mon 8 08:30 OK operation-drop-off',
      'Mon 8 08:30 OK activity-drop-off',
    ],
  },
  {
    name: 'a weekend of a source that is five weeks old, with the settings that it comes with: weekends are like that',
    to: '2026-06-08T12:00',
    course: {
      events: office,
      weeksBefore: 5,
      settings: { pollMinutes: 30 },
      watchMinutes: 60,
    },
    hears: [],
    verdict: 'flowing',
  },
  {
    name: 'a busy Tuesday morning without sign-ins, with a learned baseline: told before noon instead of the next day',
    to: '2026-06-02T16:00',
    course: {
      events: silentIn('2026-06-02T08:00', '2026-06-02T13:00', ['activity']),
      weeksBefore: 5,
      settings: { pollMinutes: 30 },
      watchMinutes: 30,
    },
    hears: ['Tue 2 09:30 ALARM activity-drop-off', 'Tue 2 13:30 OK activity-drop-off'],
  },
  {
    name: 'the same morning with a fixed limit of a day, which is all that counts then',
    from: '2026-06-02T07:00',
    to: '2026-06-02T16:00',
    course: {
      events: silentIn('2026-06-02T08:00', '2026-06-02T13:00', ['activity']),
      weeksBefore: 5,
      settings: { dropOffMinutes: A_DAY, learnedBaseline: true, pollMinutes: 30 },
      watchMinutes: 30,
    },
    hears: [],
  },
  {
    name: 'a baseline of three weeks only: nothing is learned, the threshold holds',
    from: '2026-06-02T07:00',
    to: '2026-06-02T16:00',
    course: {
      events: silentIn('2026-06-02T08:00', '2026-06-02T13:00', ['activity']),
      weeksBefore: 3,
      settings: { pollMinutes: 30 },
      watchMinutes: 30,
    },
    hears: [],
  },
  {
    name: 'a holiday that nobody configured, with a learned baseline: told once a stream, and over the day after',
    to: '2026-06-04T12:00',
    course: {
      events: silentIn('2026-06-03T00:00', '2026-06-04T00:00'),
      weeksBefore: 5,
      settings: { pollMinutes: 30 },
      watchMinutes: 30,
    },
    hears: [
      'Wed 3 09:30 ALARM activity-drop-off',
      'Wed 3 10:30 ALARM operation-drop-off',
      'Thu 4 08:30 OK operation-drop-off',
      'Thu 4 08:30 OK activity-drop-off',
    ],
  },
  {
    name: 'a holiday on a Monday that nobody configured: it only makes the weekend longer',
    from: '2026-06-05T07:00',
    to: '2026-06-09T12:00',
    course: {
      events: silentIn('2026-06-08T00:00', '2026-06-09T00:00'),
      weeksBefore: 5,
      settings: { pollMinutes: 30 },
      watchMinutes: 60,
    },
    hears: [],
    verdict: 'flowing',
  },
  {
    name: 'the same holiday as a quiet day: nothing',
    to: '2026-06-04T12:00',
    course: {
      events: silentIn('2026-06-03T00:00', '2026-06-04T00:00'),
      weeksBefore: 5,
      settings: { pollMinutes: 30 },
      watchMinutes: 60,
      quietDays: ['2026-06-03' as Day],
    },
    hears: [],
    verdict: 'flowing',
  },
  {
    name: 'a stream whose alarm is switched off, silent for a week',
    to: '2026-06-08T12:00',
    course: {
      events: silentIn('2026-06-01T00:00', '2026-06-09T00:00', ['operation']),
      settings: { dropOffMinutes: { operation: 0, activity: 4320 } },
      watchMinutes: 60,
    },
    hears: [],
    verdict: { operation: 'quiet', activity: 'flowing' },
  },
  {
    name: 'the first day of a source whose newest event is weeks old: nobody has missed anything yet',
    to: '2026-06-02T06:00',
    course: { events: () => 0, watchMinutes: 30 },
    hears: [],
    verdict: 'quiet',
  },
  {
    name: 'and the fourth day: silent since it was first read',
    to: '2026-06-04T09:00',
    course: { events: () => 0, watchMinutes: 30 },
    hears: ['Thu 4 07:00 ALARM operation-drop-off', 'Thu 4 07:00 ALARM activity-drop-off'],
    verdict: 'silent',
  },
];

describe('notifications of silence', () => {
  it.each(HISTORIES)('$name', (history) => expectHistory(history));
});
