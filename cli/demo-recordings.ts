import { hash } from 'node:crypto';
import { createContentCollector, subjectCounts } from '../shared/app/content.ts';
import { type StoredFile, storedFiles } from '../shared/app/content-archive.ts';
import type { Clock, ObjectStore } from '../shared/collect/ports.ts';
import { DEFAULT_CONTENT_TYPES } from '../shared/model/content-config.ts';
import { CONTENT_STREAM_NAMES } from '../shared/model/content-stream.ts';
import { addDays, type Day, daysBetween } from '../shared/model/day.ts';
import { formatBytes } from '../shared/model/format-bytes.ts';
import type { Environment } from '../shared/runtime/environment.ts';
import type { ContentCompany, FileInput, MeetingInput, PersonInput, Simulator } from '../simulator/index.ts';
import { FILE_COLUMNS } from './content-columns.ts';
import { isWhole, problemLines } from './content-report.ts';
import type { CliContext } from './context.ts';
import { printProse } from './output/prose.ts';
import { screenFor } from './output/print-records.ts';
import { recordsToTable, tableToText } from './output/table.ts';
import { plural } from './text.ts';

/** Days of recordings before the present one that the demo collects. */
const DAYS = 5;
const FILES_SHOWN = 8;

const PEOPLE: readonly PersonInput[] = [
  ['ines.halloran', 'Ines', 'Halloran'],
  ['tomasz.lindqvist', 'Tomasz', 'Lindqvist'],
  ['jurgen.grunwald', 'Jürgen', 'Grünwald'],
  ['soren.bjornsen', 'Søren', 'Bjørnsen'],
  ['lucia.penalver', 'Lucía', 'Peñalver'],
  ['dmitri.zaytsev', 'Dmitri', 'Zaytsev'],
].map(([name = '', firstName = '', lastName = ''], index) => ({
  id: hash('sha256', `demo person ${name}`, 'base64url').slice(0, 22),
  email: `${name}@quillmere.example`,
  firstName,
  lastName,
  status: index === 5 ? 'inactive' : 'active',
}));

/** Topic, host, UTC hour, and the types of the files. */
const MEETINGS: readonly (readonly [string, number, number, readonly string[]])[] = [
  ['Stand-up', 0, 7, ['MP4', 'M4A', 'TRANSCRIPT', 'CHAT']],
  ['Roadmap Q1/Q2', 1, 9, ['MP4', 'M4A', 'TRANSCRIPT', 'TIMELINE']],
  ['Customer call: Lakeside', 4, 13, ['MP4', 'M4A', 'SUMMARY']],
  ['Weekly sync', 5, 15, ['MP4', 'M4A']],
];

/** The recordings of the simulated company from a day to another. The same day has the same recordings in every demo. */
export const recordingsOf = (from: Day, to: Day): ContentCompany => ({
  people: PEOPLE,
  meetings: daysBetween(from, to).flatMap((day) =>
    MEETINGS.map(([topic, host, hour, types], index): MeetingInput => {
      const name = `demo ${day} ${index}`;
      const id = PEOPLE[host]?.id ?? '';
      return {
        uuid: hash('md5', name, 'base64'),
        id: 81_000_000_000 + index,
        hostId: id,
        topic,
        start: `${day}T${String(hour).padStart(2, '0')}:05:00Z`,
        minutes: 25 + 5 * index,
        files: types.map((fileType): FileInput => {
          const digits = hash('sha256', `${name} ${fileType}`, 'hex');
          return {
            id: `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20, 32)}`,
            fileType,
            bytes: 20_000 + (Number.parseInt(digits.slice(0, 6), 16) % 130_000),
            seed: name,
          };
        }),
        participants: PEOPLE.slice(0, 3).map(({ firstName, lastName, email, id: personId }) => ({
          name: `${firstName} ${lastName}`,
          email,
          personId,
        })),
      };
    }),
  ),
});

interface DemoOptions {
  readonly environment: Environment;
  readonly out: string;
  readonly source: string;
  readonly clock: Clock;
  readonly today: Day;
}

/** Collects the recordings of the last days, and shows the newest. Returns whether they equal those of the simulated Zoom. */
export const collectRecordings = async (
  simulator: Simulator,
  { today, ...options }: DemoOptions,
  context: CliContext,
): Promise<boolean> => {
  const out = (text: string): void => printProse(text, context);
  const range = { from: addDays(today, -DAYS), to: addDays(today, -1) };
  const collector = await createContentCollector({
    ...options,
    random: context.random,
    choice: {
      mode: 'archive',
      types: [...DEFAULT_CONTENT_TYPES],
      people: { include: 'all', exclude: [], future: true },
    },
  });
  try {
    const task = { streams: CONTENT_STREAM_NAMES, ...range };
    const report = await collector.collect(task, context.signal);
    const holdings = await collector.holdings(task, report);
    const { recordings = 0 } = subjectCounts(holdings.found);
    problemLines(options.source, report.problems).forEach((line) => out(`${line}\n`));

    const held = await heldFiles(collector.store, options.source, range);
    const isSame = await equalsZoom(simulator, held, range);
    const screen = screenFor(context);
    out(`\nThe newest files of recordings, of ${plural(recordings, 'recording')} in ${DAYS} days:\n\n`);
    out(`${tableToText(recordsToTable(FILE_COLUMNS, held.slice(-FILES_SHOWN), screen))}\n`);
    const amount = `${plural(held.length, 'file')} (${formatBytes(holdings.bytes)})`;
    out(
      isSame
        ? `Zoom has ${plural(held.length, 'file')} of these recordings. Held: ${amount},\neach with the SHA-256 of Zoom's file.\n`
        : `Held: ${amount}, but these are not the files of the simulated Zoom.\n`,
    );
    return isSame && isWhole({ report, holdings });
  } finally {
    await collector.close();
  }
};

const heldFiles = async (
  store: ObjectStore,
  source: string,
  range: { readonly from: Day; readonly to: Day },
): Promise<StoredFile[]> => {
  const held: StoredFile[] = [];
  for await (const file of storedFiles(store, { sources: [source], ...range })) {
    if (file.state === 'held') held.push(file);
  }
  return held;
};

/** Whether what is held of a range are exactly the files of the simulated Zoom, by their SHA-256. */
const equalsZoom = async (
  simulator: Simulator,
  held: readonly StoredFile[],
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<boolean> => {
  const inZoom = simulator
    .content()
    .truth()
    .files.filter(({ startDay }) => startDay >= from && startDay <= to);
  const sums = await Promise.all(inZoom.map((file) => file.sha256()));
  const ours = held.map(({ sha256 = '' }) => sha256);
  return sums.sort().join() === ours.sort().join();
};
