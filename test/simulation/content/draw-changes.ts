import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/duration.ts';
import type { PersonInput } from '../../../simulator/content/model.ts';
import type { SeededRandom } from '../../../simulator/seeded-random.ts';
import type { Fault } from '../faults.ts';
import type { Change, PlannedMeeting } from './content-plan.ts';
import { drawBytes, recordingsOf } from './draw-company.ts';

/** The days on which things change, the last of which leaves time for the collectors. */
interface Period {
  readonly start: number;
  readonly days: number;
}

/** Draws what happens at Zoom: late transcripts, ends of processing, renames, cuts, the trash, and people who leave. */
export const drawChanges = (
  chance: SeededRandom,
  period: Period,
  people: readonly PersonInput[],
  meetings: readonly PlannedMeeting[],
  largest: number,
): Change[] => {
  const recorded = meetings.filter(({ files }) => files.length > 0);
  const changes = recorded.length === 0 ? [] : drawOfRecordings(chance, period, recorded, largest);
  return [...changes, ...drawOfPeople(chance, period, people)].sort((a, b) => a.at - b.at);
};

const drawOfRecordings = (
  chance: SeededRandom,
  { start, days }: Period,
  meetings: readonly PlannedMeeting[],
  largest: number,
): Change[] =>
  Array.from({ length: chance.integer(0, 10) }, (_, index): Change[] => {
    const { uuid, files, input } = chance.pick(meetings);
    const since = Math.max(0, new Date(input.start).getTime() - start);
    const at = since + chance.integer(2 * HOUR_MS, days * DAY_MS - since);
    const listed = files.filter(({ input: file }) => file.participantAudio !== true);
    const file = chance.pick(listed);
    const part = chance.happens(0.4) ? undefined : file.name;
    switch (chance.integer(0, 6)) {
      case 0:
      case 1: {
        const name = `late-${index}`;
        const fileType = chance.pick(['TRANSCRIPT', 'TRANSCRIPT', 'CC', 'SUMMARY']);
        const input = { id: name, fileType, bytes: chance.integer(20, 4000), seed: chance.text(6) };
        return [{ kind: 'add-file', at, uuid, file: { name, input } }];
      }
      case 2:
        return [{ kind: 'finish', at, uuid, file: file.name }];
      case 3:
        return [{ kind: 'rename', at, uuid, topic: `Renamed ${index}` }];
      case 4: {
        const bytes = drawBytes(chance, largest) + 100 * (index + 1);
        return [{ kind: 'recut', at, uuid, file: file.name, bytes }];
      }
      case 5: {
        const back = at + chance.integer(1, 6 * 24) * HOUR_MS;
        const trash: Change = { kind: 'trash', at, uuid, file: part };
        const isBack = back < days * DAY_MS && chance.happens(0.6);
        return isBack ? [trash, { kind: 'recover', at: back, uuid, file: part }] : [trash];
      }
      default:
        return [{ kind: 'purge', at, uuid, file: part }];
    }
  }).flat();

const drawOfPeople = (chance: SeededRandom, { days }: Period, people: readonly PersonInput[]): Change[] => {
  // The first person stays: recordings are transferred to them.
  const leaving = people.slice(4).filter(() => chance.happens(0.4));
  const person = people[1]?.id ?? '';
  const at = chance.integer(0, days * DAY_MS);
  const status: Change[] = chance.happens(0.3) ? [{ kind: 'status', at, person, status: 'active' }] : [];
  return [
    ...status,
    ...leaving.map(({ id = '' }): Change => {
      const at = chance.integer(HOUR_MS, days * DAY_MS);
      if (chance.happens(0.3)) return { kind: 'status', at, person: id, status: 'inactive' };
      return { kind: 'delete', at, person: id, recordings: recordingsOf(chance, people[0]?.id ?? '') };
    }),
  ];
};

/** A file that is cut again, to the same length, after the collector that fetched it was killed in one of its parts. */
export const drawInterruptedCut = (
  chance: SeededRandom,
  start: number,
  meetings: readonly PlannedMeeting[],
  runs: readonly number[],
): { changes: Change[]; faults: Fault[] } => {
  const large = meetings.flatMap(({ uuid, files }) =>
    files.flatMap((file) => (file.input.bytes >= LARGE ? [{ uuid, file }] : [])),
  );
  if (large.length === 0) return { changes: [], faults: [] };
  const { uuid, file } = chance.pick(large);
  const visible = new Date(file.input.visibleFrom ?? start).getTime() - start;
  const run = runs.find((at) => at > visible) ?? 0;
  const next = runs.find((at) => at > run + MINUTE_MS) ?? run + HOUR_MS;
  const at = chance.integer(run + MINUTE_MS, Math.max(run + MINUTE_MS, next));
  const nth = chance.integer(0, 3);
  return {
    changes: [{ kind: 'recut', at, uuid, file: file.name, bytes: file.input.bytes }],
    faults: [{ kind: 'crash', at: run, nth, on: 'part', role: 'poller', happened: chance.happens(0.7) }],
  };
};

/** A file that is replaced after it was collected, while its lists stay as they were. */
export const drawSilentCut = (
  chance: SeededRandom,
  start: number,
  meetings: readonly PlannedMeeting[],
): Change[] => {
  const [meeting] = meetings.filter(({ files }) => files.some(({ input }) => input.fileType === 'MP4'));
  const file = meeting?.files.find(({ input }) => input.fileType === 'MP4');
  if (!meeting || !file) return [];
  const since = new Date(meeting.input.start).getTime() - start;
  const at = since + chance.integer(3 * DAY_MS, 8 * DAY_MS);
  const bytes = file.input.bytes + chance.pick([0, 0, 1000]);
  return [{ kind: 'recut', at, uuid: meeting.uuid, file: file.name, bytes, silent: true }];
};

/** Bytes of a file that has several parts in most worlds. */
const LARGE = 4000;
