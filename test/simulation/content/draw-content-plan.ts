import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/duration.ts';
import { createSeededRandom, type SeededRandom } from '../../../simulator/seeded-random.ts';
import { drawMeetings, drawPeople } from './draw-company.ts';
import { drawChanges, drawInterruptedCut, drawSilentCut } from './draw-changes.ts';
import { drawContentFaults } from './draw-content-faults.ts';
import type { ContentClimate, ContentPlan } from './content-plan.ts';

const START = Date.parse('2026-03-02T00:00:00Z');

/** Days with changes and faults. */
const DAYS = 14;

/** Draws a content world. The same seed gives the same plan. */
export const drawContentPlan = (seed: number): ContentPlan => {
  const chance = createSeededRandom(seed, 'content-plan');
  const climate = drawClimate(chance);
  const largest = chance.pick([8000, 30_000, 120_000]);
  const people = drawPeople(chance, START);
  const meetings = drawMeetings(chance, START, climate.meetingDays, people, largest);
  // A few worlds have no faults at all: there every request has to be explained.
  const isCalm = chance.happens(0.2);
  const runs = drawRuns(chance, !isCalm);
  const changes = drawChanges(chance, { start: START, days: DAYS }, people, meetings, largest);
  const cut =
    !isCalm && chance.happens(0.5)
      ? drawInterruptedCut(chance, START, meetings, runs)
      : { changes: [], faults: [] };
  // Drawn by itself, so that the other parts of a seed stay as they are.
  const silent = isCalm ? drawSilentCut(createSeededRandom(seed, 'content-silent-cut'), START, meetings) : [];
  return {
    seed,
    schedule: 0,
    start: START,
    days: DAYS,
    climate,
    people,
    meetings,
    changes: [...changes, ...cut.changes, ...silent],
    runs,
    faults: isCalm ? [] : [...drawContentFaults(chance, DAYS), ...cut.faults],
  };
};

const drawClimate = (chance: SeededRandom): ContentClimate => ({
  meetingDays: chance.integer(2, 4),
  collectsMeetings: chance.happens(0.3),
  partBytes: chance.pick([500, 2000, 10_000, 50_000]),
  chunkBytes: chance.pick([1500, 8000, 64_000]),
  pageSize: chance.pick([1, 2, 3, 300]),
  paging: chance.pick(['live', 'snapshot']),
  order: chance.pick(['newest-first', 'oldest-first', 'shuffled']),
  toInclusive: chance.happens(0.5),
  trashedDownloads: chance.pick(['refuse', 'serve']),
  fileHost: chance.pick(['self', 'localhost']),
  accessTokenSeconds: chance.pick([60, 600, 3600]),
  signedUrlSeconds: chance.pick([2, 60, 7200]),
  pageTokenSeconds: chance.pick([2, 900]),
  storeRetries: chance.happens(0.5),
  stickiness: chance.pick([0, 0.5, 0.9]),
});

/** Runs of collectors: some start while another one is at work. */
const drawRuns = (chance: SeededRandom, mayMeet: boolean): number[] => {
  const runs: number[] = [];
  for (let at = chance.integer(6, 30) * HOUR_MS; at < DAYS * DAY_MS; at += chance.integer(6, 60) * HOUR_MS) {
    const others = mayMeet && chance.happens(0.4) ? chance.integer(1, 2) : 0;
    runs.push(at);
    for (let other = 0; other < others; other += 1) {
      runs.push(at + chance.integer(0, chance.pick([0, 3000, MINUTE_MS])));
    }
  }
  return runs.sort((a, b) => a - b);
};
