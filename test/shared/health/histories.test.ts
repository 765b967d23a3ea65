import { describe, expect, it } from '@jest/globals';
import { addDays, type Day, dayOf } from '../../../shared/model/day.ts';
import type { StreamName } from '../../../shared/model/stream.ts';
import { beginMute } from '../../../shared/watch/mute.ts';
import { type Course, Life, type PollEnd, STACK } from '../../support/life.ts';

/** A company of our own: it works from Monday to Friday, 8 to 18 o'clock, and hardly signs in besides. */
const office = (hour: Date, stream: StreamName): number => {
  const isWeekday = hour.getUTCDay() >= 1 && hour.getUTCDay() <= 5;
  const isOpen = isWeekday && hour.getUTCHours() >= 8 && hour.getUTCHours() < 18;
  return isOpen ? { operation: 12, activity: 40 }[stream] : 0;
};

const between = (at: Date, from: string, to: string): boolean => {
  const text = at.toISOString().slice(0, 16);
  return from <= text && text < to;
};

/** A failure of both streams from one instant to another. */
const fails =
  (reason: string, from: string, to: string): NonNullable<Course['poll']> =>
  (at) =>
    between(at, from, to) ? { reason } : 'read';

const noPolls =
  (from: string, to: string): NonNullable<Course['poll']> =>
  (at): PollEnd =>
    between(at, from, to) ? 'gone' : 'read';

/** The office without what happened in a time. */
const silentIn =
  (from: string, to: string, streams: readonly StreamName[] = ['operation', 'activity']) =>
  (hour: Date, stream: StreamName): number =>
    streams.includes(stream) && between(hour, from, to) ? 0 : office(hour, stream);

const mute = (name: string, until: string) => async (life: Life) => {
  const alarm = (await life.alarms.read([name])).get(name);
  if (!alarm) throw new Error(name);
  await beginMute(
    life.store,
    life.alarms,
    alarm,
    { by: 'op', why: undefined, until: new Date(until) },
    life.now,
  );
};

const A_DAY = { operation: 1440, activity: 1440 };

const COLLECTION = `${STACK}-acme-collection`;

interface History {
  readonly name: string;
  readonly from?: string;
  readonly to: string;
  readonly course: Course;
  /** What on-call hears: all of it, in order. Every alarm is first said to be well only if it was raised. */
  readonly hears: readonly string[];
  readonly verdict?: Partial<Record<StreamName, string>> | string;
}

/** 2026-06-01 is a Monday. */
const MONDAY = '2026-06-01T07:00';

const HISTORIES: readonly History[] = [
  // Silence, and what is none.
  {
    name: 'the first week of a new source and its weekend, with the settings that it comes with',
    to: '2026-06-08T12:00',
    course: { events: office, watchMinutes: 30 },
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
      watchMinutes: 30,
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
      watchMinutes: 30,
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
      watchMinutes: 30,
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
    course: { events: () => 0 },
    hears: [],
    verdict: 'quiet',
  },
  {
    name: 'and the fourth day: silent since it was first read',
    to: '2026-06-04T09:00',
    course: { events: () => 0 },
    hears: ['Thu 4 07:00 ALARM operation-drop-off', 'Thu 4 07:00 ALARM activity-drop-off'],
    verdict: 'silent',
  },

  // Nobody polls.
  {
    name: 'a dead poller for a morning: one alarm, not three',
    to: '2026-06-01T13:00',
    course: { events: office, poll: noPolls('2026-06-01T09:00', '2026-06-01T11:00') },
    hears: ['Mon 1 09:15 ALARM collection', 'Mon 1 11:00 OK collection'],
    verdict: 'flowing',
  },
  {
    name: 'a dead poller for a week: still one alarm, and no silence of streams that nobody asks for',
    to: '2026-06-08T12:00',
    course: { events: office, poll: noPolls('2026-06-01T09:00', '2026-06-09T00:00'), watchMinutes: 15 },
    hears: ['Mon 1 09:15 ALARM collection'],
    verdict: 'not_running',
  },
  {
    name: 'two polls missed: not worth a word',
    to: '2026-06-01T12:00',
    course: { events: office, poll: noPolls('2026-06-01T09:00', '2026-06-01T09:10') },
    hears: [],
  },
  {
    name: 'a source that is polled once an hour, fifty minutes after its poll',
    to: '2026-06-01T09:50',
    course: { events: office, settings: { pollMinutes: 60 } },
    hears: [],
  },
  {
    name: 'a poller that has never run since it was deployed',
    to: '2026-06-01T08:00',
    course: { poll: () => 'gone' },
    hears: ['Mon 1 07:20 ALARM collection'],
    verdict: 'not_running',
  },
  {
    name: 'a poller whose process is killed at its time limit: its last words say so',
    to: '2026-06-01T13:00',
    course: {
      events: office,
      poll: noPolls('2026-06-01T09:00', '2026-06-01T11:00'),
      words: (at) => ({ at, reason: 'failed', message: 'Task timed out after 300.00 seconds' }),
    },
    hears: ['Mon 1 09:15 ALARM collection', 'Mon 1 11:00 OK collection'],
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
    name: `${name} (${reason}): told at once, over with the first poll that reads`,
    to: '2026-06-01T13:00',
    course: { events: office, poll: fails(reason, '2026-06-01T09:00', '2026-06-01T11:00') },
    hears: ['Mon 1 09:00 ALARM collection', 'Mon 1 11:00 OK collection'],
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
    hears: ['Mon 1 09:00 ALARM activity-drop-off', 'Mon 1 11:00 OK activity-drop-off'],
  },
  {
    name: 'a cause that becomes another while the alarm is on: told once, and over once',
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
    hears: ['Mon 1 09:15 ALARM collection', 'Mon 1 11:00 OK collection'],
  },
  {
    name: 'a source that nobody has connected for a week',
    to: '2026-06-08T07:00',
    course: { poll: () => ({ reason: 'not-connected' }), watchMinutes: 60 },
    hears: [],
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
      watchMinutes: 60,
    },
    hears: [],
    verdict: 'not_connected',
  },

  // Limits.
  {
    name: "a daily limit whose end, by Zoom's own date, is hours away: told at once, over after midnight",
    to: '2026-06-02T09:00',
    course: {
      events: office,
      poll: fails('rate-limited', '2026-06-01T15:00', '2026-06-02T00:00'),
      parkedUntil: (at) =>
        between(at, '2026-06-01T15:00', '2026-06-02T00:00') ? new Date('2026-06-02T00:00Z') : undefined,
    },
    hears: ['Mon 1 15:00 ALARM collection', 'Tue 2 00:00 OK collection'],
  },
  {
    name: 'a daily limit twenty minutes before midnight: not worth a word',
    to: '2026-06-02T09:00',
    course: {
      events: office,
      poll: fails('rate-limited', '2026-06-01T23:40', '2026-06-02T00:00'),
      parkedUntil: (at) =>
        between(at, '2026-06-01T23:40', '2026-06-02T00:00') ? new Date('2026-06-02T00:00Z') : undefined,
    },
    hears: [],
  },
  {
    name: 'our own share of the requests used up in the evening: told after half an hour',
    to: '2026-06-02T09:00',
    course: { events: office, poll: fails('share-used', '2026-06-01T22:00', '2026-06-02T00:00') },
    hears: ['Mon 1 22:30 ALARM collection', 'Tue 2 00:00 OK collection'],
  },

  // Zoom fails.
  {
    name: 'Zoom down for an hour: told after half of it, over when it answers',
    to: '2026-06-01T13:00',
    course: { events: office, poll: fails('zoom-failing', '2026-06-01T09:00', '2026-06-01T10:00') },
    hears: ['Mon 1 09:30 ALARM collection', 'Mon 1 10:00 OK collection'],
  },
  {
    name: 'Zoom down for twenty minutes: not worth a word',
    to: '2026-06-01T13:00',
    course: { events: office, poll: fails('zoom-failing', '2026-06-01T09:00', '2026-06-01T09:20') },
    hears: [],
  },
  {
    name: 'Zoom flapping all day, forty minutes down and ten up: told twice, and then only that it is over, after a calm',
    to: '2026-06-01T22:00',
    course: {
      events: office,
      poll: (at) =>
        between(at, '2026-06-01T09:00', '2026-06-01T17:20') && (at.getTime() / 60_000) % 50 < 40
          ? { reason: 'zoom-failing' }
          : 'read',
    },
    hears: [
      'Mon 1 09:40 ALARM collection',
      'Mon 1 09:50 OK collection',
      'Mon 1 10:30 ALARM collection',
      'Mon 1 17:50 OK collection',
    ],
  },

  // Nothing can be written.
  {
    name: 'a bucket that the poller may not write to: nothing is heard of it, and its last words say why',
    to: '2026-06-01T13:00',
    course: {
      events: office,
      poll: noPolls('2026-06-01T09:00', '2026-06-01T11:00'),
      words: (at) => ({ at, reason: 'aws-denied', message: 'AWS refuses s3:PutObject on s3://events/raw/.' }),
    },
    hears: ['Mon 1 09:15 ALARM collection', 'Mon 1 11:00 OK collection'],
  },
  {
    name: 'a bucket that nobody may read: the watch itself is refused',
    to: '2026-06-01T13:00',
    course: {
      events: office,
      unreadable: (at) => (between(at, '2026-06-01T09:00', '2026-06-01T11:00') ? 'aws-denied' : undefined),
    },
    hears: ['Mon 1 09:00 ALARM collection', 'Mon 1 11:00 OK collection'],
  },
  {
    name: 'a bucket that nobody may read while a stream is in alarm: that alarm is not said to be over',
    to: '2026-06-01T12:00',
    course: {
      events: office,
      poll: (at, stream) =>
        stream === 'activity' && between(at, '2026-06-01T08:30', '2026-06-01T11:00')
          ? { reason: 'scope-missing' }
          : 'read',
      unreadable: (at) => (between(at, '2026-06-01T09:00', '2026-06-01T10:00') ? 'aws-denied' : undefined),
    },
    hears: [
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
    hears: ['Mon 1 09:10 ALARM operation-drop-off', 'Mon 1 11:00 OK operation-drop-off'],
  },

  // Rows lose their meaning.
  {
    name: 'a change of wording: most details of a day can be read no more',
    from: '2026-06-02T07:00',
    to: '2026-06-03T10:00',
    course: {
      events: office,
      weeksBefore: 3,
      watchMinutes: 30,
      settings: { pollMinutes: 30 },
      unread: (day) => (day >= '2026-06-02' ? 95 : 5),
    },
    hears: ['Wed 3 00:00 ALARM operation-drop-off'],
    verdict: { operation: 'not_parsing', activity: 'flowing' },
  },
  {
    name: 'wordings that never could be read: no news',
    from: '2026-06-02T07:00',
    to: '2026-06-02T17:00',
    course: {
      events: office,
      weeksBefore: 3,
      unread: () => 95,
      watchMinutes: 30,
      settings: { pollMinutes: 30 },
    },
    hears: [],
  },

  {
    name: 'a new form of time: no row can be read from nine o’clock on, however few they are',
    to: '2026-06-01T13:00',
    course: {
      events: (hour, stream) => (stream === 'activity' ? office(hour, stream) : 1),
      rejects: (hour, stream) =>
        stream === 'operation' && between(hour, '2026-06-01T09:00', '2026-06-01T11:00'),
    },
    hears: ['Mon 1 10:30 ALARM operation-drop-off', 'Mon 1 12:00 OK operation-drop-off'],
  },
  {
    name: 'a row that cannot be read, among many that can: no alarm',
    to: '2026-06-01T16:00',
    course: {
      events: (hour, stream) =>
        between(hour, '2026-06-01T12:00', '2026-06-01T13:00') ? 1 : office(hour, stream) * 100,
      rejects: (hour) => between(hour, '2026-06-01T12:00', '2026-06-01T13:00'),
    },
    hears: [],
    verdict: 'flowing',
  },
  {
    name: 'rows that cannot be read and then nothing for days: it is never the silence that is told',
    to: '2026-06-08T12:00',
    course: {
      events: (hour) => (hour < new Date('2026-06-01T12:00Z') ? 1 : 0),
      rejects: (hour) => between(hour, '2026-06-01T11:00', '2026-06-01T12:00'),
      watchMinutes: 60,
    },
    hears: ['Mon 1 13:00 ALARM operation-drop-off', 'Mon 1 13:00 ALARM activity-drop-off'],
    verdict: 'not_parsing',
  },

  // Back-fill.
  {
    name: 'a back-fill of half a year beside the live days: days are owed only after a week',
    to: '2026-06-07T12:00',
    course: { events: () => 10, closedUpTo: () => undefined, watchMinutes: 60 },
    hears: [],
    verdict: 'flowing',
  },
  {
    name: 'no day complete eight days after the first poll',
    to: '2026-06-09T12:00',
    course: { events: () => 10, closedUpTo: () => undefined, watchMinutes: 60 },
    hears: ['Mon 8 07:00 ALARM completeness'],
  },
  {
    name: 'a day that will not close',
    to: '2026-06-10T12:00',
    course: {
      events: () => 10,
      closedUpTo: (at) =>
        at < new Date('2026-06-04T00:00Z') ? addDays(dayOf(at), -4) : ('2026-05-30' as Day),
    },
    hears: ['Sat 6 00:00 ALARM completeness'],
  },
  {
    name: 'an authorization that is about to end, for nobody has used it',
    from: '2026-03-01T00:00',
    to: '2026-05-20T00:00',
    course: {
      events: () => 10,
      poll: (at) => (at < new Date('2026-03-02T00:00Z') ? 'read' : 'gone'),
      watchMinutes: 240,
    },
    hears: ['Mon 2 00:00 ALARM collection', 'Fri 15 20:00 ALARM deadline'],
  },

  // People.
  {
    name: 'an alarm that begins and ends while it is muted: nothing is heard',
    to: '2026-06-01T15:00',
    course: {
      events: office,
      poll: fails('grant-dead', '2026-06-01T09:00', '2026-06-01T10:00'),
      people: { '2026-06-01T08:00': mute(COLLECTION, '2026-06-01T12:00Z') },
    },
    hears: [],
  },
  {
    name: 'a mute that ends while the trouble lasts: told then',
    to: '2026-06-01T15:00',
    course: {
      events: office,
      poll: fails('grant-dead', '2026-06-01T09:00', '2026-06-01T14:00'),
      people: { '2026-06-01T08:00': mute(COLLECTION, '2026-06-01T12:00Z') },
    },
    hears: ['Mon 1 12:00 ALARM collection', 'Mon 1 14:00 OK collection'],
  },
  {
    name: 'an alarm that is muted when it has been told, and ends meanwhile: told at the end of the mute that it is over',
    to: '2026-06-01T15:00',
    course: {
      events: office,
      poll: fails('grant-dead', '2026-06-01T09:00', '2026-06-01T10:00'),
      people: { '2026-06-01T09:30': mute(COLLECTION, '2026-06-01T12:00Z') },
    },
    hears: ['Mon 1 09:00 ALARM collection', 'Mon 1 12:00 OK collection'],
  },
  {
    name: 'a deployment that makes the alarms anew while one is on: told again by the new one',
    to: '2026-06-01T13:00',
    course: {
      events: office,
      poll: fails('grant-dead', '2026-06-01T09:00', '2026-06-01T11:00'),
      people: { '2026-06-01T10:00': (life) => life.alarms.make([COLLECTION]) },
    },
    hears: ['Mon 1 09:00 ALARM collection', 'Mon 1 10:00 ALARM collection', 'Mon 1 11:00 OK collection'],
  },
  {
    name: 'an alarm that somebody set by hand and left so: the next watch puts it right',
    to: '2026-06-01T11:00',
    course: {
      events: office,
      people: { '2026-06-01T10:00': (life) => life.alarms.set(COLLECTION, 'ALARM', 'TEST') },
    },
    hears: ['Mon 1 10:00 OK collection'],
  },
  {
    name: 'a watch that is killed between setting an alarm and remembering it: told once',
    to: '2026-06-01T13:00',
    course: {
      events: office,
      poll: fails('grant-dead', '2026-06-01T09:00', '2026-06-01T11:00'),
      watchKilled: (at) => between(at, '2026-06-01T09:00', '2026-06-01T09:20'),
    },
    hears: ['Mon 1 09:00 ALARM collection', 'Mon 1 11:00 OK collection'],
  },
];

describe('what on-call hears', () => {
  it.each(HISTORIES)('$name', async ({ from = MONDAY, to, course, hears, verdict }) => {
    const life = await new Life(`${from}:00Z`, course).until(`${to}:00Z`);

    expect(life.heard).toEqual(hears);
    if (verdict !== undefined) {
      const expected = typeof verdict === 'string' ? { operation: verdict, activity: verdict } : verdict;
      expect(await life.verdicts()).toEqual(expected);
    }
  });
});
