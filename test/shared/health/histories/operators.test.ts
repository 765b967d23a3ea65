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

describe('notifications of alarms that people change', () => {
  it.each(HISTORIES)('$name', (history) => expectHistory(history));
});
