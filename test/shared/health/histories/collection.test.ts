import { describe, it } from '@jest/globals';
import { addDays, type Day, dayOf } from '../../../../shared/model/day.ts';
import { between, expectHistory, fails, type History, noPolls, office } from '../../../support/histories.ts';

const HISTORIES: readonly History[] = [
  // No polls.
  {
    name: 'a dead poller for a morning: one alarm, not three',
    to: '2026-06-01T13:00',
    course: { events: office, poll: noPolls('2026-06-01T09:00', '2026-06-01T11:00') },
    notifications: ['Mon 1 09:15 ALARM collection', 'Mon 1 11:00 OK collection'],
    verdict: 'flowing',
  },
  {
    name: 'a dead poller for a week: still one alarm, and no silence of streams that are not polled',
    to: '2026-06-08T12:00',
    course: { events: office, poll: noPolls('2026-06-01T09:00', '2026-06-09T00:00'), monitorMinutes: 15 },
    notifications: ['Mon 1 09:15 ALARM collection'],
    verdict: 'not_running',
  },
  {
    name: 'two polls missed: no notification',
    to: '2026-06-01T12:00',
    course: { events: office, poll: noPolls('2026-06-01T09:00', '2026-06-01T09:10') },
    notifications: [],
  },
  {
    name: 'a source that is polled once an hour, fifty minutes after its poll',
    to: '2026-06-01T09:50',
    course: { events: office, settings: { pollMinutes: 60 } },
    notifications: [],
  },
  {
    name: 'a poller that has never run since it was deployed',
    to: '2026-06-01T08:00',
    course: { poll: () => 'gone' },
    notifications: ['Mon 1 07:20 ALARM collection'],
    verdict: 'not_running',
  },
  {
    name: 'a poller whose process is killed at its time limit: its log has the reason',
    to: '2026-06-01T13:00',
    course: {
      events: office,
      poll: noPolls('2026-06-01T09:00', '2026-06-01T11:00'),
      words: (at) => ({ at, reason: 'failed', message: 'Task timed out after 300.00 seconds' }),
    },
    notifications: ['Mon 1 09:15 ALARM collection', 'Mon 1 11:00 OK collection'],
  },

  // Zoom refuses.
  ...(
    [
      ['a revoked app', 'grant-dead'],
      ['an app that was removed', 'app-disabled'],
      ['a plan that was cancelled', 'plan-too-small'],
      ['a client secret that was changed', 'credentials-wrong'],
      ['a secret that was deleted', 'secret-deleted'],
      ['a secret that is gone', 'secret-missing'],
      ['a demoted admin', 'role-too-weak'],
      ['an admin who left', 'user-missing'],
    ] as const
  ).map(([name, reason]): History => ({
    name: `${name} (${reason}): notified at once, over with the first poll that reads`,
    to: '2026-06-01T13:00',
    course: { events: office, poll: fails(reason, '2026-06-01T09:00', '2026-06-01T11:00') },
    notifications: ['Mon 1 09:00 ALARM collection', 'Mon 1 11:00 OK collection'],
    verdict: 'flowing',
  })),
  {
    name: 'a scope that one of the streams lacks: the alarm of that stream alone',
    to: '2026-06-01T13:00',
    course: {
      events: office,
      poll: (at, stream) =>
        stream === 'activity' && between(at, '2026-06-01T09:00', '2026-06-01T11:00')
          ? { reason: 'scope-missing' }
          : 'read',
    },
    notifications: ['Mon 1 09:00 ALARM activity-drop-off', 'Mon 1 11:00 OK activity-drop-off'],
  },
  {
    name: 'a cause that changes while the alarm is on: notified once, and over once',
    to: '2026-06-01T13:00',
    course: {
      events: office,
      poll: (at) =>
        between(at, '2026-06-01T09:00', '2026-06-01T10:00')
          ? 'gone'
          : between(at, '2026-06-01T10:00', '2026-06-01T11:00')
            ? { reason: 'grant-dead' }
            : 'read',
    },
    notifications: ['Mon 1 09:15 ALARM collection', 'Mon 1 11:00 OK collection'],
  },
  {
    name: 'a source that is not connected for a week',
    to: '2026-06-08T07:00',
    course: { poll: () => ({ reason: 'not-connected' }), monitorMinutes: 60 },
    notifications: [],
    verdict: 'not_connected',
  },
  {
    name: 'a source that was disconnected on purpose, two weeks ago',
    to: '2026-06-15T12:00',
    course: {
      events: office,
      poll: fails('not-connected', '2026-06-01T09:00', '2026-06-19T00:00'),
      closedUpTo: (at) =>
        at < new Date('2026-06-01T09:00Z') ? addDays(dayOf(at), -4) : ('2026-05-28' as Day),
      monitorMinutes: 60,
    },
    notifications: [],
    verdict: 'not_connected',
  },

  // Limits.
  {
    name: "a daily limit whose end, by Zoom's own date, is hours away: notified at once, over after midnight",
    to: '2026-06-02T09:00',
    course: {
      events: office,
      poll: fails('rate-limited', '2026-06-01T15:00', '2026-06-02T00:00'),
      parkedUntil: (at) =>
        between(at, '2026-06-01T15:00', '2026-06-02T00:00') ? new Date('2026-06-02T00:00Z') : undefined,
    },
    notifications: ['Mon 1 15:00 ALARM collection', 'Tue 2 00:00 OK collection'],
  },
  {
    name: 'a daily limit twenty minutes before midnight: no notification',
    to: '2026-06-02T09:00',
    course: {
      events: office,
      poll: fails('rate-limited', '2026-06-01T23:40', '2026-06-02T00:00'),
      parkedUntil: (at) =>
        between(at, '2026-06-01T23:40', '2026-06-02T00:00') ? new Date('2026-06-02T00:00Z') : undefined,
    },
    notifications: [],
  },
  {
    name: 'our own budget used up in the evening: notified after half an hour',
    to: '2026-06-02T09:00',
    course: { events: office, poll: fails('share-used', '2026-06-01T22:00', '2026-06-02T00:00') },
    notifications: ['Mon 1 22:30 ALARM collection', 'Tue 2 00:00 OK collection'],
  },

  // Zoom fails.
  {
    name: 'Zoom down for an hour: notified after half of it, over when it responds',
    to: '2026-06-01T13:00',
    course: { events: office, poll: fails('zoom-failing', '2026-06-01T09:00', '2026-06-01T10:00') },
    notifications: ['Mon 1 09:30 ALARM collection', 'Mon 1 10:00 OK collection'],
  },
  {
    name: 'Zoom down for twenty minutes: no notification',
    to: '2026-06-01T13:00',
    course: { events: office, poll: fails('zoom-failing', '2026-06-01T09:00', '2026-06-01T09:20') },
    notifications: [],
  },
  {
    name: 'Zoom flapping all day, forty minutes down and ten up: two starts notified, and one end after it is stable',
    to: '2026-06-01T22:00',
    course: {
      events: office,
      poll: (at) =>
        between(at, '2026-06-01T09:00', '2026-06-01T17:20') && (at.getTime() / 60_000) % 50 < 40
          ? { reason: 'zoom-failing' }
          : 'read',
    },
    notifications: [
      'Mon 1 09:40 ALARM collection',
      'Mon 1 09:50 OK collection',
      'Mon 1 10:30 ALARM collection',
      'Mon 1 17:50 OK collection',
    ],
  },
];

describe('notifications of polls that fail or are missed', () => {
  it.each(HISTORIES)('$name', (history) => expectHistory(history));
});
