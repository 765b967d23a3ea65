import { describe, it } from '@jest/globals';
import {
  between,
  COLLECTION,
  expectHistory,
  fails,
  type History,
  mute,
  office,
} from '../../../support/histories.ts';

const HISTORIES: readonly History[] = [
  {
    name: 'an alarm that begins and ends while it is muted: no notification',
    to: '2026-06-01T15:00',
    course: {
      events: office,
      poll: fails('grant-dead', '2026-06-01T09:00', '2026-06-01T10:00'),
      people: { '2026-06-01T08:00': mute(COLLECTION, '2026-06-01T12:00Z') },
    },
    notifications: [],
  },
  {
    name: 'a mute that ends while the problem lasts: notified then',
    to: '2026-06-01T15:00',
    course: {
      events: office,
      poll: fails('grant-dead', '2026-06-01T09:00', '2026-06-01T14:00'),
      people: { '2026-06-01T08:00': mute(COLLECTION, '2026-06-01T12:00Z') },
    },
    notifications: ['Mon 1 12:00 ALARM collection', 'Mon 1 14:00 OK collection'],
  },
  {
    name: 'an alarm that is muted after its notification, and ends meanwhile: its end is notified at the end of the mute',
    to: '2026-06-01T15:00',
    course: {
      events: office,
      poll: fails('grant-dead', '2026-06-01T09:00', '2026-06-01T10:00'),
      people: { '2026-06-01T09:30': mute(COLLECTION, '2026-06-01T12:00Z') },
    },
    notifications: ['Mon 1 09:00 ALARM collection', 'Mon 1 12:00 OK collection'],
  },
  {
    name: 'a deployment that creates the alarms again while one is on: notified again by the new one',
    to: '2026-06-01T13:00',
    course: {
      events: office,
      poll: fails('grant-dead', '2026-06-01T09:00', '2026-06-01T11:00'),
      people: { '2026-06-01T10:00': (history) => history.alarms.make([COLLECTION]) },
    },
    notifications: [
      'Mon 1 09:00 ALARM collection',
      'Mon 1 10:00 ALARM collection',
      'Mon 1 11:00 OK collection',
    ],
  },
  {
    name: 'an alarm that an operator set by hand: the next monitor run corrects it',
    to: '2026-06-01T11:00',
    course: {
      events: office,
      people: { '2026-06-01T10:00': (history) => history.alarms.set(COLLECTION, 'ALARM', 'TEST') },
    },
    notifications: ['Mon 1 10:00 OK collection'],
  },
  {
    name: 'a monitor run that is killed between setting an alarm and storing it: notified once',
    to: '2026-06-01T13:00',
    course: {
      events: office,
      poll: fails('grant-dead', '2026-06-01T09:00', '2026-06-01T11:00'),
      monitorKilled: (at) => between(at, '2026-06-01T09:00', '2026-06-01T09:20'),
    },
    notifications: ['Mon 1 09:00 ALARM collection', 'Mon 1 11:00 OK collection'],
  },
];

describe('notifications of alarms that people change', () => {
  it.each(HISTORIES)('$name', (history) => expectHistory(history));
});
