import { hash } from 'node:crypto';
import { addDays } from '../../calendar.ts';
import type { ContentCompany } from '../../content/content-company.ts';
import type { FileInput, MeetingInput, PersonInput } from '../../content/model.ts';
import { at, runsAt } from '../rows.ts';
import type { ContentScenario } from './content-scenario.ts';

/** A Monday. The scenarios use fixed simulated days, so that they are the same on every real day. */
const DAY = '2026-10-12';

const MIB = 1024 * 1024;

const person = (name: string, change: Partial<PersonInput> = {}): PersonInput => ({
  id: `${name}-000000000000000000`.slice(0, 22),
  email: `${name}@quillmere.example`,
  firstName: name,
  lastName: 'Example',
  ...change,
});

const ANN = person('ann');
const BEN = person('ben');

/** A recording at an hour of the day. The seed decides its bytes. */
const recording = (
  seed: number,
  topic: string,
  hour: number,
  files: readonly FileInput[],
  change: Partial<MeetingInput> = {},
): MeetingInput => ({
  uuid: uuidOf(topic, hour),
  hostId: ANN.id ?? '',
  topic,
  start: at(DAY, hour),
  minutes: 30,
  files: files.map((file, index) => ({ seed: `${seed} ${topic} ${hour} ${index}`, ...file })),
  ...change,
});

/** 16 bytes in base64 that depend on a name. They are digits, so that there is no slash in it. */
const uuidOf = (topic: string, hour: number): string =>
  Buffer.from(hash('md5', `${topic} ${hour}`).slice(0, 16)).toString('base64');

const video = (bytes = 60_000, change: Partial<FileInput> = {}): FileInput => ({
  fileType: 'MP4',
  bytes,
  ...change,
});
const audio = (): FileInput => ({ fileType: 'M4A', bytes: 20_000 });
const transcript = (): FileInput => ({ fileType: 'TRANSCRIPT', bytes: 3000 });

const company = (...meetings: MeetingInput[]): ContentCompany => ({ people: [ANN, BEN], meetings });

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** More than any page has. */
const OVER_A_PAGE = 310;

/** The instance of a meeting whose uuid needs to be encoded twice in a path. */
const SLASHED = ['/ajXp112QmuoKj4854875==', 'aB//112QmuoKj485487Q=='];

/** The traps of Zoom's recordings in which downloaders lose, repeat or damage files, one per scenario. */
export const CONTENT_SCENARIOS: readonly ContentScenario[] = [
  {
    name: 'same-again',
    about: 'nothing changes between runs; each list has other addresses for the same files',
    firstDay: DAY,
    company: (seed) =>
      company(
        recording(seed, 'Review', 9, [video(), audio(), transcript()]),
        recording(seed, 'Planning', 11, [video(), audio()], { hostId: BEN.id ?? '' }),
      ),
    runs: runsAt(DAY, [20, 30, 44, 68]),
  },
  {
    name: 'inactive-people',
    about: 'a host is deactivated before the first run, and another one between runs',
    firstDay: DAY,
    company: (seed) => ({
      people: [ANN, BEN, person('cho', { status: 'inactive' })],
      meetings: [
        recording(seed, 'Review', 9, [video()], { hostId: person('cho').id ?? '' }),
        recording(seed, 'Planning', 30, [video()], { hostId: BEN.id ?? '' }),
      ],
    }),
    runs: [
      { at: at(DAY, 20) },
      { at: at(DAY, 44), before: (zoom) => zoom.setStatus(BEN.id ?? '', 'inactive') },
    ],
  },
  {
    name: 'many-people',
    about: 'more people than a page of the list has',
    firstDay: DAY,
    company: (seed) => ({
      people: range(OVER_A_PAGE).map((n) => person(`p${n}`)),
      meetings: [0, 150, OVER_A_PAGE - 1].map((n) =>
        recording(seed, `Talk ${n}`, 9, [video()], { hostId: person(`p${n}`).id ?? '' }),
      ),
    }),
    runs: runsAt(DAY, [20]),
  },
  {
    name: 'many-recordings',
    about: 'one host has more recordings on a day than a page of the list has',
    firstDay: DAY,
    company: (seed) =>
      company(...range(OVER_A_PAGE).map((n) => recording(seed, `Call ${n}`, 8 + n / 60, [video(500)]))),
    runs: runsAt(DAY, [23]),
  },
  {
    name: 'two-months',
    about: 'the first run is two months after the first day; Zoom cuts a longer range without an error',
    firstDay: addDays(DAY, -61),
    company: (seed) =>
      company(
        ...[-61, -45, -30, -29, -10, 0].map((day) =>
          recording(seed, `Day ${day}`, 9, [video()], { start: at(addDays(DAY, day), 9) }),
        ),
      ),
    runs: runsAt(DAY, [20, 44]),
  },
  {
    name: 'late-transcript',
    about: 'the transcript of a recording appears a day after its video was downloaded',
    firstDay: DAY,
    company: (seed) =>
      company(
        recording(seed, 'Review', 9, [video(), { ...transcript(), visibleFrom: at(DAY, 40) }]),
        recording(seed, 'Planning', 11, [video()]),
      ),
    runs: runsAt(DAY, [20, 44, 68]),
  },
  {
    name: 'host-down',
    about: 'the file host fails for one run: no recording is done',
    firstDay: DAY,
    company: (seed) => company(recording(seed, 'Review', 9, [video(), audio()])),
    runs: [{ at: at(DAY, 20), faults: ['file-host-error'] }, ...runsAt(DAY, [30, 44])],
  },
  {
    name: 'page-for-a-file',
    about: 'for one run, the file host sends a page of HTML with status 200',
    firstDay: DAY,
    company: (seed) => company(recording(seed, 'Review', 9, [video(), audio(), transcript()])),
    runs: [{ at: at(DAY, 20), faults: ['file-html-200'] }, ...runsAt(DAY, [30, 44])],
  },
  {
    name: 'cut-body',
    about: 'for one run, every body breaks off in the middle',
    firstDay: DAY,
    company: (seed) => company(recording(seed, 'Review', 9, [video(2 * MIB), audio()])),
    runs: [{ at: at(DAY, 20), faults: ['file-cut'] }, ...runsAt(DAY, [30, 44])],
    mayFetchAgain: true,
  },
  {
    name: 'recut-while-resuming',
    about: 'a large file breaks off in one run, and is cut again before the next one continues it',
    firstDay: DAY,
    company: (seed) => company(recording(seed, 'Review', 9, [video(12 * MIB, { id: 'long-video' })])),
    runs: [
      { at: at(DAY, 20), faults: ['file-cut'] },
      {
        at: at(DAY, 30),
        before: (zoom) =>
          zoom.recut(uuidOf('Review', 9), 'long-video', { bytes: 12 * MIB, seed: 'cut again' }),
      },
    ],
    mayFetchAgain: true,
  },
  {
    name: 'recut-later',
    about: 'a file that was downloaded is trimmed: another length and other bytes under the same id',
    firstDay: DAY,
    company: (seed) => company(recording(seed, 'Review', 9, [video(60_000, { id: 'trimmed' }), audio()])),
    runs: [
      { at: at(DAY, 20) },
      {
        at: at(DAY, 44),
        before: (zoom) => zoom.recut(uuidOf('Review', 9), 'trimmed', { bytes: 40_000, seed: 'trimmed' }),
      },
    ],
  },
  {
    name: 'left-out-once',
    about: 'the lists of one run lack a recording that is there before and after',
    firstDay: DAY,
    company: (seed) =>
      company(recording(seed, 'Review', 9, [video()]), recording(seed, 'Planning', 11, [video(), audio()])),
    runs: [
      { at: at(DAY, 20) },
      { at: at(DAY, 30), faults: ['recording-left-out/total-too'] },
      ...runsAt(DAY, [44, 68]),
    ],
  },
  {
    name: 'missing-for-a-run',
    about: 'for one run, Zoom says of every file that there is no such recording (404, code 3301)',
    firstDay: DAY,
    company: (seed) => company(recording(seed, 'Review', 9, [video(), audio()])),
    runs: [{ at: at(DAY, 20), faults: ['recording-missing@download'] }, ...runsAt(DAY, [30, 44])],
  },
  {
    name: 'file-without-id',
    about: 'a timeline and captions have neither id nor size nor status',
    firstDay: DAY,
    company: (seed) =>
      company(
        recording(seed, 'Review', 9, [
          video(),
          { fileType: 'TIMELINE', id: null, bytes: 900 },
          { fileType: 'CC', id: null, bytes: 1200 },
          audio(),
        ]),
      ),
    runs: runsAt(DAY, [20, 44]),
  },
  {
    name: 'wrong-size',
    about: 'Zoom states a wrong size of a good file, for ever',
    firstDay: DAY,
    company: (seed) =>
      company(recording(seed, 'Review', 9, [video(60_000, { listedBytes: 61_000 }), audio()])),
    runs: runsAt(DAY, [20, 44]),
  },
  {
    name: 'no-length',
    about: 'the file host sends no length, but chunks',
    firstDay: DAY,
    company: (seed) => company(recording(seed, 'Review', 9, [video(), audio()])),
    runs: [{ at: at(DAY, 20), faults: ['file-no-length'] }, { at: at(DAY, 44) }],
  },
  {
    name: 'processing',
    about: 'a recording is listed while it is in progress, and is ready a day later',
    firstDay: DAY,
    company: (seed) =>
      company(
        recording(seed, 'Review', 9, [
          video(60_000, { processing: { as: 'recording', until: at(DAY, 40) } }),
          { ...audio(), processing: { as: 'encoding', until: at(DAY, 40) } },
        ]),
      ),
    runs: runsAt(DAY, [10, 20, 44, 68]),
  },
  {
    name: 'same-names',
    about: 'meetings of one topic on one day, each with several files of one type',
    firstDay: DAY,
    company: (seed) =>
      company(
        ...[9, 9.25, 15].map((hour) =>
          recording(seed, 'Stand-up', hour, [
            video(50_000, { start: at(DAY, hour), end: at(DAY, hour + 0.1) }),
            video(40_000, { start: at(DAY, hour + 0.1), end: at(DAY, hour + 0.2) }),
          ]),
        ),
      ),
    runs: runsAt(DAY, [20, 44]),
  },
  {
    name: 'hostile-topic',
    about: 'topics with slashes, dots, line breaks, and more characters than a file name may have',
    firstDay: DAY,
    company: (seed) =>
      company(
        recording(seed, '../../../escape', 9, [video()]),
        recording(seed, 'a/b\\c\n<d>:"|?*', 10, [video()]),
        recording(seed, `${'long '.repeat(80)}1`, 11, [video()]),
        recording(seed, `${'long '.repeat(80)}2`, 11, [video()]),
      ),
    runs: runsAt(DAY, [20, 44]),
  },
  {
    name: 'slashes-in-the-uuid',
    about:
      'audio of each participant, which only the details of a meeting have; its uuid begins with / or has //',
    firstDay: DAY,
    company: (seed) =>
      company(
        ...SLASHED.map((uuid, index) =>
          recording(
            seed,
            `Panel ${index}`,
            9 + index,
            [video(), { ...audio(), participantAudio: true }, { ...audio(), participantAudio: true }],
            { uuid },
          ),
        ),
      ),
    runs: runsAt(DAY, [20, 44]),
  },
  {
    name: 'transferred',
    about: 'a host is deleted, and the recordings are transferred to another one',
    firstDay: DAY,
    company: (seed) => company(recording(seed, 'Review', 9, [video(), audio()], { hostId: BEN.id ?? '' })),
    runs: [
      { at: at(DAY, 20) },
      {
        at: at(DAY, 44),
        before: (zoom) => zoom.deletePerson(BEN.id ?? '', { transferTo: ANN.id ?? '' }),
      },
      { at: at(DAY, 68) },
    ],
  },
];
