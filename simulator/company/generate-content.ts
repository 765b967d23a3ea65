import { DAY_MS, daysBetween, startOf } from '../calendar.ts';
import { newUuid } from '../content/meeting-uuid.ts';
import type { ContentCompany } from '../content/content-company.ts';
import type { MeetingInput, PersonInput } from '../content/model.ts';
import { createSeededRandom, type SeededRandom } from '../seeded-random.ts';
import { filesOf, type FileSizes } from './content-files.ts';
import { generateStaff, GROUPS } from './content-people.ts';

export interface ContentCompanyOptions {
  readonly seed: number;
  /** Numbers of people, meetings (with webinars and uploads) and files. Default: 60, 400, 1500. */
  readonly people?: number;
  readonly meetings?: number;
  readonly files?: number;
  /** First and last day (`YYYY-MM-DD`) of the meetings, both included. */
  readonly from: string;
  readonly to: string;
  /** The lengths of files in bytes, both ends included. Default: 1 KB to 200 KB. */
  readonly sizes?: FileSizes;
}

/** The last ones are hard cases for names of files, CSV and paths. */
const TOPICS = [
  'Budget review',
  'Stand-up',
  'Kick-off - Nordics',
  'Wöchentliches Treffen',
  '新製品の発表 🎉',
  '=SUM(A1:A9)',
  '../../etc/passwd',
  'Hiring: "round 2", final',
  'Line one\nline two',
  'a/b\\c:d*e?f|g<h>',
  '   ',
  'x'.repeat(200),
];
const TIMEZONES = ['Europe/Lisbon', 'America/New_York', 'Asia/Tokyo', 'UTC'] as const;

/** The weights of the types of meetings: scheduled ones, and a share of each other type. */
const TYPES = [2, 2, 2, 2, 8, 8, 3, 1, 1, 4, 5, 9, 100, 99];

/**
 * The content of a company: people of every status, deleted ones with and without a transfer, and meetings and webinars with all types of
 * files. The same options give the same company. A share of the uuids must be encoded twice; some recordings are in segments, transcripts
 * appear up to 48 hours later, some files have no id, the recording of the last meeting is in progress, another one is processed for ever.
 */
export const generateContentCompany = ({
  seed,
  people = 60,
  meetings = 400,
  files = 1500,
  from,
  to,
  sizes = { from: 1_000, to: 200_000 },
}: ContentCompanyOptions): ContentCompany => {
  const chance = createSeededRandom(seed, 'content-company');
  const staff = generateStaff(chance, people, from);
  const hosts = staff.filter(({ status }) => status !== 'pending');
  const days = daysBetween(from, to);
  const numbers = Array.from({ length: Math.max(1, Math.ceil(meetings / 3)) }, () =>
    chance.integer(800_000_000, 89_999_999_999),
  );
  const starts = Array.from(
    { length: meetings },
    () => startOf(chance.pick(days)) + chance.integer(0, DAY_MS / 60_000 - 1) * 60_000,
  ).sort((a, b) => a - b);
  const plan = shareOut(chance, meetings, files);

  return {
    people: staff,
    groups: GROUPS,
    meetings: starts.map((start, index) => {
      const meeting = generateMeeting(chance, hosts, numbers, start, index);
      const count = plan[index] ?? 0;
      const form = formOf(index, meetings, count);
      return { ...meeting, files: filesOf(chance, meeting, count, sizes, form) };
    }),
  };
};

/** In progress: the last recorded meeting. For ever: the one in the middle. */
const formOf = (index: number, meetings: number, count: number): 'usual' | 'in-progress' | 'for-ever' => {
  if (index === meetings - 1 && count > 0) return 'in-progress';
  return index === Math.floor(meetings / 2) ? 'for-ever' : 'usual';
};

/** How many files each meeting has: two thirds of the meetings are recorded, those of a special form always. */
const shareOut = (chance: SeededRandom, meetings: number, files: number): number[] => {
  const counts = Array<number>(meetings).fill(0);
  const recorded = counts
    .map((_, index) => index)
    .filter((index) => index === meetings - 1 || index === Math.floor(meetings / 2) || chance.happens(0.67));
  for (let left = files; left > 0 && recorded.length > 0; left--) {
    const index = left > files - recorded.length ? recorded[files - left] : chance.pick(recorded);
    if (index !== undefined) counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
};

const generateMeeting = (
  chance: SeededRandom,
  hosts: readonly PersonInput[],
  numbers: readonly number[],
  start: number,
  index: number,
): MeetingInput => {
  const host = chance.pick(hosts);
  const type = chance.pick(TYPES);
  const minutes = chance.integer(1, 90);
  const guests = chance.happens(0.15) ? 0 : chance.integer(1, 8);
  const form = index % 11 === 3 ? 'leading-slash' : index % 11 === 7 ? 'double-slash' : 'plain';
  const attendees = Array.from({ length: guests }, (_, number) =>
    chance.happens(0.2) ? { name: `Guest ${number}` } : memberOf(chance.pick(hosts)),
  );
  const isWebinar = type === 5 || type === 9;
  return {
    uuid: newUuid(chance, form),
    id: type === 1 ? chance.integer(800_000_000, 89_999_999_999) : chance.pick(numbers),
    hostId: host.id ?? '',
    topic: chance.pick(TOPICS),
    type,
    start: new Date(start),
    minutes,
    timezone: chance.pick(TIMEZONES),
    participants: type === 99 ? [] : [memberOf(host), ...attendees],
    inMeetingChat: chance.happens(0.4),
    ...(chance.happens(0.3) && { password: chance.text(6) }),
    ...(chance.happens(0.1) && { autoDeleteAt: new Date(start + 120 * DAY_MS) }),
    ...(chance.happens(0.1) && { polls: questions(hosts, ['Lunch?', 'Which day, "Mon" or Tue?']) }),
    ...(isWebinar && { qa: questions(hosts, ['Will there be slides?']) }),
  };
};

const memberOf = ({ firstName, lastName, email, id }: PersonInput) => ({
  name: `${firstName} ${lastName}`,
  email,
  personId: id,
});

const questions = (hosts: readonly PersonInput[], texts: readonly string[]) =>
  hosts.slice(0, 2).flatMap(({ firstName, email }) =>
    texts.map((question, index) => ({
      name: firstName,
      email,
      question,
      reply: index === 0 ? 'Yes' : 'Tue, 3 pm',
    })),
  );
