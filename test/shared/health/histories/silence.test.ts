import { describe, it } from '@jest/globals';
import { type Day } from '../../../../shared/model/day.ts';
import { expectHistory, type History, office, silentIn } from '../../../support/histories.ts';

const A_DAY = { operation: 1440, activity: 1440 };

const HISTORIES: readonly History[] = [
  {
    name: 'the first week of a new source and its weekend, with the settings that it comes with',
    to: '2026-06-08T12:00',
    course: { events: office, monitorMinutes: 60 },
    notifications: [],
    verdict: 'flowing',
  },
  {
    name: 'the same weekend with a threshold of a day: notified on Saturday evening, over on Monday morning',
    to: '2026-06-08T12:00',
    course: { events: office, settings: { dropOffMinutes: A_DAY }, monitorMinutes: 30 },
    notifications: [
      'Sat 6 18:00 ALARM operation-drop-off',
      'Sat 6 18:00 ALARM activity-drop-off',
      'Mon 8 08:30 OK operation-drop-off',
      'Mon 8 08:30 OK activity-drop-off',
    ],
  },
  {
    name: 'a weekend of a source that is five weeks old, with the settings that it comes with: quiet weekends are learned',
    to: '2026-06-08T12:00',
    course: {
      events: office,
      weeksBefore: 5,
      settings: { pollMinutes: 30 },
      monitorMinutes: 60,
    },
    notifications: [],
    verdict: 'flowing',
  },
  {
    name: 'a busy Tuesday morning without sign-ins, with a learned baseline: notified before noon instead of the next day',
    to: '2026-06-02T16:00',
    course: {
      events: silentIn('2026-06-02T08:00', '2026-06-02T13:00', ['activity']),
      weeksBefore: 5,
      settings: { pollMinutes: 30 },
      monitorMinutes: 30,
    },
    notifications: ['Tue 2 09:30 ALARM activity-drop-off', 'Tue 2 13:30 OK activity-drop-off'],
  },
  {
    name: 'the same morning with a fixed limit of a day, which replaces the baseline',
    from: '2026-06-02T07:00',
    to: '2026-06-02T16:00',
    course: {
      events: silentIn('2026-06-02T08:00', '2026-06-02T13:00', ['activity']),
      weeksBefore: 5,
      settings: { dropOffMinutes: A_DAY, learnedBaseline: true, pollMinutes: 30 },
      monitorMinutes: 30,
    },
    notifications: [],
  },
  {
    name: 'a baseline of three weeks only: nothing is learned, the threshold holds',
    from: '2026-06-02T07:00',
    to: '2026-06-02T16:00',
    course: {
      events: silentIn('2026-06-02T08:00', '2026-06-02T13:00', ['activity']),
      weeksBefore: 3,
      settings: { pollMinutes: 30 },
      monitorMinutes: 30,
    },
    notifications: [],
  },
  {
    name: 'a holiday that is not configured, with a learned baseline: notified once per stream, and over the day after',
    to: '2026-06-04T12:00',
    course: {
      events: silentIn('2026-06-03T00:00', '2026-06-04T00:00'),
      weeksBefore: 5,
      settings: { pollMinutes: 30 },
      monitorMinutes: 30,
    },
    notifications: [
      'Wed 3 09:30 ALARM activity-drop-off',
      'Wed 3 10:30 ALARM operation-drop-off',
      'Thu 4 08:30 OK operation-drop-off',
      'Thu 4 08:30 OK activity-drop-off',
    ],
  },
  {
    name: 'a holiday on a Monday that is not configured: it only makes the weekend longer',
    from: '2026-06-05T07:00',
    to: '2026-06-09T12:00',
    course: {
      events: silentIn('2026-06-08T00:00', '2026-06-09T00:00'),
      weeksBefore: 5,
      settings: { pollMinutes: 30 },
      monitorMinutes: 60,
    },
    notifications: [],
    verdict: 'flowing',
  },
  {
    name: 'the same holiday as a quiet day: no notification',
    to: '2026-06-04T12:00',
    course: {
      events: silentIn('2026-06-03T00:00', '2026-06-04T00:00'),
      weeksBefore: 5,
      settings: { pollMinutes: 30 },
      monitorMinutes: 60,
      quietDays: ['2026-06-03' as Day],
    },
    notifications: [],
    verdict: 'flowing',
  },
  {
    name: 'a stream whose alarm is switched off, silent for a week',
    to: '2026-06-08T12:00',
    course: {
      events: silentIn('2026-06-01T00:00', '2026-06-09T00:00', ['operation']),
      settings: { dropOffMinutes: { operation: 0, activity: 4320 } },
      monitorMinutes: 60,
    },
    notifications: [],
    verdict: { operation: 'quiet', activity: 'flowing' },
  },
  {
    name: 'the first day of a source whose newest event is weeks old: not silent yet',
    to: '2026-06-02T06:00',
    course: { events: () => 0, monitorMinutes: 30 },
    notifications: [],
    verdict: 'quiet',
  },
  {
    name: 'the fourth day of such a source: silent since it was first read',
    to: '2026-06-04T09:00',
    course: { events: () => 0, monitorMinutes: 30 },
    notifications: ['Thu 4 07:00 ALARM operation-drop-off', 'Thu 4 07:00 ALARM activity-drop-off'],
    verdict: 'silent',
  },
];

describe('notifications of silence', () => {
  it.each(HISTORIES)('$name', (history) => expectHistory(history));
});
