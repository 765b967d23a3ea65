import { describe, it } from '@jest/globals';
import { addDays, type Day, dayOf } from '../../../../shared/model/day.ts';
import { between, expectHistory, type History, noPolls, office } from '../../../support/histories.ts';

const HISTORIES: readonly History[] = [
  // Nothing can be written.
  {
    name: 'a bucket that the poller may not write to: it has no polls, and its log has the reason',
    to: '2026-06-01T13:00',
    course: {
      events: office,
      poll: noPolls('2026-06-01T09:00', '2026-06-01T11:00'),
      words: (at) => ({ at, reason: 'aws-denied', message: 'AWS denied s3:PutObject on s3://events/raw/.' }),
    },
    notifications: ['Mon 1 09:15 ALARM collection', 'Mon 1 11:00 OK collection'],
  },
  {
    name: 'a bucket that denies all reads: the monitor itself is refused',
    to: '2026-06-01T13:00',
    course: {
      events: office,
      unreadable: (at) => (between(at, '2026-06-01T09:00', '2026-06-01T11:00') ? 'aws-denied' : undefined),
    },
    notifications: ['Mon 1 09:00 ALARM collection', 'Mon 1 11:00 OK collection'],
  },
  {
    name: 'a bucket that denies all reads while a stream is in alarm: that alarm is not reported as over',
    to: '2026-06-01T12:00',
    course: {
      events: office,
      poll: (at, stream) =>
        stream === 'activity' && between(at, '2026-06-01T08:30', '2026-06-01T11:00')
          ? { reason: 'scope-missing' }
          : 'read',
      unreadable: (at) => (between(at, '2026-06-01T09:00', '2026-06-01T10:00') ? 'aws-denied' : undefined),
    },
    notifications: [
      'Mon 1 08:30 ALARM activity-drop-off',
      'Mon 1 09:00 ALARM collection',
      'Mon 1 10:00 OK collection',
      'Mon 1 11:00 OK activity-drop-off',
    ],
  },
  {
    name: 'a damaged object of one stream: the alarm of that stream',
    to: '2026-06-01T13:00',
    course: {
      events: office,
      poll: (at, stream) =>
        stream === 'operation' && between(at, '2026-06-01T09:00', '2026-06-01T11:00')
          ? { reason: 'damaged-object' }
          : 'read',
    },
    notifications: ['Mon 1 09:10 ALARM operation-drop-off', 'Mon 1 11:00 OK operation-drop-off'],
  },

  // Rows can no longer be parsed.
  {
    name: 'a change of wording: most details of a day can no longer be parsed',
    from: '2026-06-02T07:00',
    to: '2026-06-03T10:00',
    course: {
      events: office,
      weeksBefore: 3,
      monitorMinutes: 30,
      settings: { pollMinutes: 30 },
      unread: (day) => (day >= '2026-06-02' ? 95 : 5),
    },
    notifications: ['Wed 3 00:00 ALARM operation-drop-off'],
    verdict: { operation: 'not_parsing', activity: 'flowing' },
  },
  {
    name: 'wordings that could never be parsed: no notification',
    from: '2026-06-02T07:00',
    to: '2026-06-02T17:00',
    course: {
      events: office,
      weeksBefore: 3,
      unread: () => 95,
      monitorMinutes: 30,
      settings: { pollMinutes: 30 },
    },
    notifications: [],
  },

  {
    name: 'a new form of time: no row can be read from nine o’clock on, however few they are',
    to: '2026-06-01T13:00',
    course: {
      events: (hour, stream) => (stream === 'activity' ? office(hour, stream) : 1),
      rejects: (hour, stream) =>
        stream === 'operation' && between(hour, '2026-06-01T09:00', '2026-06-01T11:00'),
    },
    notifications: ['Mon 1 10:30 ALARM operation-drop-off', 'Mon 1 12:00 OK operation-drop-off'],
  },
  {
    name: 'a row that cannot be read, among many that can: no alarm',
    to: '2026-06-01T16:00',
    course: {
      events: (hour, stream) =>
        between(hour, '2026-06-01T12:00', '2026-06-01T13:00') ? 1 : office(hour, stream) * 100,
      rejects: (hour) => between(hour, '2026-06-01T12:00', '2026-06-01T13:00'),
    },
    notifications: [],
    verdict: 'flowing',
  },
  {
    name: 'rows that cannot be read and then nothing for days: never reported as silence',
    to: '2026-06-08T12:00',
    course: {
      events: (hour) => (hour < new Date('2026-06-01T12:00Z') ? 1 : 0),
      rejects: (hour) => between(hour, '2026-06-01T11:00', '2026-06-01T12:00'),
      monitorMinutes: 60,
    },
    notifications: ['Mon 1 13:00 ALARM operation-drop-off', 'Mon 1 13:00 ALARM activity-drop-off'],
    verdict: 'not_parsing',
  },

  // Back-fill.
  {
    name: 'a back-fill of half a year beside the live days: days are overdue only after a week',
    to: '2026-06-07T12:00',
    course: { events: () => 10, closedUpTo: () => undefined, monitorMinutes: 60 },
    notifications: [],
    verdict: 'flowing',
  },
  {
    name: 'no day complete eight days after the first poll',
    to: '2026-06-09T12:00',
    course: { events: () => 10, closedUpTo: () => undefined, monitorMinutes: 60 },
    notifications: ['Mon 8 07:00 ALARM completeness'],
  },
  {
    name: 'a day that will not close',
    to: '2026-06-10T12:00',
    course: {
      events: () => 10,
      closedUpTo: (at) =>
        at < new Date('2026-06-04T00:00Z') ? addDays(dayOf(at), -4) : ('2026-05-30' as Day),
      monitorMinutes: 60,
    },
    notifications: ['Sat 6 00:00 ALARM completeness'],
  },
  {
    name: 'an authorization that is about to end, because it was not used',
    from: '2026-03-01T00:00',
    to: '2026-05-20T00:00',
    course: {
      events: () => 10,
      poll: (at) => (at < new Date('2026-03-02T00:00Z') ? 'read' : 'gone'),
      monitorMinutes: 240,
    },
    notifications: ['Mon 2 00:00 ALARM collection', 'Fri 15 20:00 ALARM deadline'],
  },
];

describe('notifications of a bucket, of rows and of days that do not close', () => {
  it.each(HISTORIES)('$name', (history) => expectHistory(history));
});
