import { hash } from 'node:crypto';
import type { FileInput, MeetingInput, PersonInput, Simulator } from '../../simulator/index.ts';

/** The range of days that every choice collects. */
export const FROM = '2026-11-02';
export const TO = '2026-11-26';

const person = (name: string, change: Partial<PersonInput> = {}): PersonInput => ({
  id: `${name}${'x'.repeat(22 - name.length)}`,
  email: `${name}@example.com`,
  firstName: name,
  lastName: 'Example',
  ...change,
});

const ANN = person('ann');
const BEN = person('ben', { groupIds: ['sales'] });
const CHO = person('cho');
const DEE = person('dee');
/** Joins on the 9th. */
const ELI = person('eli', { groupIds: ['sales'] });
/** Accepts her invitation on the 11th. */
const FAY = person('fay', { status: 'pending' });

const uuidOf = (name: string): string => hash('md5', name, 'base64');

/** A meeting at 10:00 of a day of November. Without files it was not recorded. */
const meeting = (
  name: string,
  host: PersonInput,
  day: string,
  files: readonly FileInput[],
): MeetingInput => ({
  uuid: uuidOf(name),
  hostId: host.id ?? '',
  topic: name,
  start: `2026-11-${day}T10:00:00Z`,
  minutes: 30,
  files,
});

const of = (fileType: string, change: Partial<FileInput> = {}): FileInput => ({
  fileType,
  bytes: 400,
  ...change,
});

const MEETINGS = [
  meeting('talk', CHO, '02', []),
  meeting('kickoff', ANN, '03', [
    of('MP4'),
    of('M4A'),
    of('TRANSCRIPT', { visibleFrom: '2026-11-06T10:00:00Z' }),
  ]),
  meeting('recut', BEN, '04', [of('MP4', { id: 'recut-video' }), of('CHAT')]),
  meeting('handover', CHO, '06', [of('MP4'), of('TIMELINE', { id: null })]),
  meeting('lost', DEE, '07', [of('MP4')]),
  meeting('trashed', ANN, '09', [of('MP4'), of('SUMMARY')]),
  meeting('purged', BEN, '10', [of('MP4')]),
  meeting('stuck', ANN, '12', [of('MP4', { processing: { as: 'encoding' } })]),
  meeting('podcast', FAY, '15', [of('M4A'), of('TB')]),
  meeting('renamed', ANN, '18', [of('MP4')]),
  meeting('late', ANN, '25', [of('MP4')]),
];

/** Meetings of a person who is not there yet when the month begins. */
const MEETINGS_OF_ELI = [
  meeting('demo', ELI, '11', [of('MP4'), of('CSV')]),
  meeting('captions', ELI, '20', [of('MP4'), of('CC')]),
];

/** The company as the month begins. */
export const COMPANY = {
  people: [ANN, BEN, CHO, DEE, FAY],
  groups: [{ id: 'sales', name: 'Sales' }],
  meetings: MEETINGS,
};

/** What happens, in the order of time. */
const CHANGES: readonly (readonly [string, (zoom: ReturnType<Simulator['content']>) => void])[] = [
  [
    '2026-11-09T08:00:00Z',
    (zoom) => {
      zoom.addPerson(ELI);
      for (const held of MEETINGS_OF_ELI) zoom.addMeeting(held);
    },
  ],
  [
    '2026-11-10T08:00:00Z',
    (zoom) => zoom.recut(uuidOf('recut'), 'recut-video', { bytes: 300, seed: 'cut again' }),
  ],
  ['2026-11-10T18:00:00Z', (zoom) => zoom.setStatus(BEN.id ?? '', 'inactive')],
  ['2026-11-11T08:00:00Z', (zoom) => zoom.setStatus(FAY.id ?? '', 'active')],
  ['2026-11-13T08:00:00Z', (zoom) => zoom.deletePerson(CHO.id ?? '', { transferTo: ANN.id ?? '' })],
  ['2026-11-13T08:00:00Z', (zoom) => zoom.deletePerson(DEE.id ?? '', { purge: true })],
  ['2026-11-14T08:00:00Z', (zoom) => zoom.trash(uuidOf('trashed'))],
  ['2026-11-17T08:00:00Z', (zoom) => zoom.purge(uuidOf('purged'))],
  ['2026-11-18T08:00:00Z', (zoom) => zoom.recover(uuidOf('trashed'))],
  ['2026-11-21T08:00:00Z', (zoom) => zoom.rename(uuidOf('renamed'), 'another topic')],
  ['2026-11-26T08:00:00Z', (zoom) => zoom.trash(uuidOf('late'))],
];

/** When the month is collected, at noon. */
const COLLECTED = ['05', '08', '12', '16', '20', '24'].map((day) => `2026-11-${day}T12:00:00Z`);
export const LAST = '2026-12-01T12:00:00Z';
export const FIRST = COLLECTED[0] ?? LAST;

/** Lets the month pass, and calls `collect` with each instant at which it is collected. */
export const passMonth = async (
  simulator: Simulator,
  collect: (at: string) => Promise<void>,
): Promise<void> => {
  const waiting = [...CHANGES];
  for (const at of [...COLLECTED, LAST]) {
    for (let next = waiting[0]; next && next[0] < at; next = waiting[0]) {
      waiting.shift();
      simulator.clock.set(next[0]);
      next[1](simulator.content());
    }
    simulator.clock.set(at);
    await collect(at);
  }
};

/** The name of a meeting by its uuid. */
export const nameOf = (uuid: string): string =>
  [...MEETINGS, ...MEETINGS_OF_ELI].find((held) => held.uuid === uuid)?.topic ?? `invented ${uuid}`;
