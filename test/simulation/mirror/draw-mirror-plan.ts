import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/duration.ts';
import { createSeededRandom, type SeededRandom } from '../../../simulator/seeded-random.ts';
import type { MirrorChange, MirrorRun, MirrorWorldPlan, OperatorAct } from './mirror-plan.ts';

const START = Date.parse('2026-06-01T12:00:00.000Z');
const CHANGED_DAYS = 60;
const PEOPLE = 5;
const FILE_TYPES = ['MP4', 'M4A', 'TRANSCRIPT', 'CHAT', 'SUMMARY'] as const;

/** Meetings were held on so many days before the start. */
export const MEETING_DAYS = 12;

/** Draws a world: an account with about a hundred files, sixty days of changes, and time for the last grace to end. */
export const drawMirrorPlan = (seed: number): MirrorWorldPlan => {
  const chance = createSeededRandom(seed, 'mirror-plan');
  const people = Array.from({ length: PEOPLE }, (_, index) => ({
    id: `person-${index}`,
    email: `p${index}@example.com`,
    firstName: 'P',
    lastName: String(index),
    status: chance.happens(0.2) ? ('inactive' as const) : ('active' as const),
  }));
  const meetings = Array.from({ length: chance.integer(18, 26) }, (_, index) => {
    const uuid = Buffer.from(`meeting ${seed} ${index}`.padEnd(16, '.').slice(0, 16)).toString('base64');
    const start = START - chance.integer(1, MEETING_DAYS) * DAY_MS - chance.integer(1, 8) * HOUR_MS;
    return {
      uuid,
      hostId: chance.pick(people).id,
      topic: `Meeting ${index}`,
      start: new Date(start).toISOString(),
      minutes: 30,
      files: FILE_TYPES.slice(0, chance.integer(3, FILE_TYPES.length)).map((fileType, number) => ({
        id: `file-${index}-${number}`,
        fileType,
        bytes: chance.integer(20, 400),
        seed: `${index} ${number}`,
      })),
    };
  });
  const files = meetings.flatMap(({ uuid, files: of }) => of.map(({ id }) => ({ uuid, file: id })));
  const rules = {
    graceDays: chance.pick([3, 7, 14]),
    brakePercent: chance.pick([5, 5, 100]),
    brakeItems: chance.pick([4, 6, 200]),
  };
  const limit = Math.min(rules.brakeItems, Math.floor((files.length * rules.brakePercent) / 100));
  const runs = drawRuns(chance, rules.graceDays);
  return {
    seed,
    start: START,
    rules,
    people,
    meetings,
    changes: drawChanges(chance, people, files, limit),
    acts: drawActs(chance, people),
    runs,
  };
};

/** A run a day, and sometimes a second one soon after. From some day on, some worlds list the last days only. */
const drawRuns = (chance: SeededRandom, graceDays: number): MirrorRun[] => {
  const listsAllUntil = chance.happens(0.4) ? chance.integer(5, 40) : Infinity;
  const days = CHANGED_DAYS + graceDays + 3;
  return Array.from({ length: days }, (_, day): MirrorRun[] => {
    const at = day * (DAY_MS + 10 * MINUTE_MS);
    const run = { at, listsAll: day < listsAllUntil };
    return chance.happens(0.15) ? [run, { ...run, at: at + 3 * HOUR_MS }] : [run];
  }).flat();
};

interface NamedFile {
  readonly uuid: string;
  readonly file: string;
}

const drawChanges = (
  chance: SeededRandom,
  people: MirrorWorldPlan['people'],
  files: readonly NamedFile[],
  limit: number,
): MirrorChange[] => {
  const changes: MirrorChange[] = [];
  const beforeRun = (): number => chance.integer(2, CHANGED_DAYS);
  for (let count = chance.integer(8, 16); count > 0; count -= 1) {
    const { uuid, file } = chance.pick(files);
    const part = chance.happens(0.2) ? undefined : file;
    const at = beforeRun();
    if (chance.happens(0.3)) {
      changes.push({ kind: 'purge', beforeRun: at, uuid, file: part });
      continue;
    }
    changes.push({ kind: 'trash', beforeRun: at, uuid, file: part });
    const end = at + chance.integer(1, 45);
    if (chance.happens(0.6)) changes.push({ kind: 'recover', beforeRun: end, uuid, file: part });
    else if (chance.happens(0.5)) changes.push({ kind: 'purge', beforeRun: at + 30, uuid, file: part });
  }
  // A mass deletion: as many as may leave at once, or one more.
  const all = files.toSorted(() => chance.float() - 0.5).slice(0, limit + chance.integer(0, 1));
  const massAt = beforeRun();
  const isPurge = chance.happens(0.4);
  for (const { uuid, file } of all) {
    changes.push({ kind: isPurge ? 'purge' : 'trash', beforeRun: massAt, uuid, file });
  }
  if (!isPurge && chance.happens(0.3)) {
    const end = massAt + chance.integer(1, 10);
    for (const { uuid, file } of all.slice(0, Math.ceil(all.length / 2))) {
      changes.push({ kind: 'recover', beforeRun: end, uuid, file });
    }
  }
  // The first two people stay: recordings are transferred to the first.
  const [first] = people;
  for (const { id } of people.slice(2)) {
    const kind = chance.integer(0, 4);
    const common = { beforeRun: beforeRun(), person: id };
    if (kind === 0) changes.push({ kind: 'delete', ...common, recordings: { transferTo: first?.id ?? '' } });
    if (kind === 1) changes.push({ kind: 'transfer-while-listed', ...common, to: first?.id ?? '' });
    if (kind === 2 && chance.happens(0.5)) {
      changes.push({
        kind: 'delete',
        ...common,
        recordings: chance.pick([{ trash: true }, { purge: true }] as const),
      });
    }
  }
  return changes.sort((a, b) => a.beforeRun - b.beforeRun);
};

const drawActs = (chance: SeededRandom, people: MirrorWorldPlan['people']): OperatorAct[] => {
  const acts: OperatorAct[] = [];
  for (let index = chance.integer(0, 3); index > 0; index -= 1) {
    const name = `matter-${index}`;
    const beforeRun = chance.integer(2, 60);
    const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
    acts.push({
      kind: 'hold',
      beforeRun,
      name,
      people: chance.happens(0.15) ? 'all' : [chance.pick(people).email],
      ...(chance.happens(0.4) && { from: day(START - chance.integer(1, MEETING_DAYS) * DAY_MS) }),
      ...(chance.happens(0.4) && { to: day(START - chance.integer(1, MEETING_DAYS) * DAY_MS) }),
    });
    if (chance.happens(0.5)) {
      acts.push({ kind: 'end-hold', beforeRun: beforeRun + chance.integer(1, 30), name });
    }
  }
  for (let count = chance.integer(0, 3); count > 0; count -= 1) {
    acts.push({ kind: 'release', beforeRun: chance.integer(10, 80) });
  }
  if (chance.happens(0.3)) {
    const beforeRun = chance.integer(20, 60);
    acts.push({ kind: 'mode', beforeRun, mode: 'archive' });
    acts.push({ kind: 'mode', beforeRun: beforeRun + chance.integer(1, 10), mode: 'mirror' });
  }
  return acts.sort((a, b) => a.beforeRun - b.beforeRun);
};
