import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/duration.ts';
import { CONTENT_FAULTS } from '../../../simulator/content/content-faults.ts';
import { FAULTS } from '../../../simulator/fault-table.ts';
import type { SeededRandom } from '../../../simulator/seeded-random.ts';
import type { Fault } from '../faults.ts';

/** The effects of a collector at which a fault matters most. */
const CRUCIAL = [
  '',
  '',
  'create raw/',
  'create flat/',
  'create custody/',
  'create custody/',
  'create files/',
  'create files/',
  'create ledger/',
  'begin',
  'part',
  'part',
  'complete',
  'complete',
  'abort',
  'replace _state/transfers',
  'replace _state/transfers',
  'replace _state/slices',
  'replace _state/witnesses',
  'http bytes',
] as const;

const STORE_CALLS = [
  '',
  'list',
  'read',
  'create raw/',
  'create custody/',
  'create files/',
  'create ledger/',
  'begin',
  'part',
  'complete',
  'replace',
] as const;

/** State that may be lost at any moment. */
const CACHES = ['read _state/transfers', 'read _state/witnesses', 'read _state/slices'] as const;

/**
 * Faults of Zoom that heal, one a rule. Left out: wrong first bytes, for of a type without known first bytes nothing shows them; and
 * a page that leaves out a meeting and counts one less, which would have to be struck twice, a day apart, to look like a deletion.
 */
const OF_ZOOM = [
  ...Object.entries(FAULTS),
  ...Object.entries(CONTENT_FAULTS).filter(
    ([name]) => name !== 'file-wrong-magic' && name !== 'recording-left-out',
  ),
].flatMap(([name, { nature, on }]) => {
  const places: readonly string[] = on;
  const isOfReports = places.every((place) => ['report', 'next-page', 'me', 'refresh'].includes(place));
  return nature === 'permanent' || isOfReports ? [] : [name];
});

/** Draws the faults of a world, from almost none to many. */
export const drawContentFaults = (chance: SeededRandom, days: number): Fault[] => {
  const at = (): number => chance.integer(0, days * DAY_MS);
  /** While most files are fetched. */
  const early = (): number => chance.integer(0, Math.floor(days / 2) * DAY_MS);
  const crucial = () => ({
    at: at(),
    nth: chance.integer(0, chance.pick([0, 2, 10, 60])),
    on: chance.pick(CRUCIAL) as string,
  });
  const many = chance.pick([3, 10, 25]);
  const rate = chance.pick([0.02, 0.06, 0.12]);
  const faults: Fault[] = [];
  for (let index = 0; index < many; index += 1) {
    const kind = chance.integer(0, 9);
    if (kind <= 3)
      faults.push({ kind: 'crash', ...crucial(), role: 'poller', happened: chance.happens(0.5) });
    else if (kind === 4) faults.push({ kind: 'stall', ...crucial(), ms: chance.pick(STALLS) });
    else if (kind === 5) faults.push({ kind: 'state-lost', ...crucial(), on: chance.pick(CACHES) });
    else if (kind === 6) faults.push({ kind: 'deadline', ...crucial() });
    else if (kind === 7) faults.push({ kind: 'manifest-damaged', ...crucial(), on: 'read _state/slices' });
    else {
      const on = chance.pick(STORE_CALLS);
      faults.push({ kind: 'call-fails', ...crucial(), on, role: 'poller', happened: chance.happens(0.6) });
    }
  }
  for (let weather = chance.integer(0, 3); weather > 0; weather -= 1) {
    const from = early();
    const until = from + chance.integer(HOUR_MS, 5 * DAY_MS);
    const specs = OF_ZOOM.filter(() => chance.happens(0.4)).map((name) => `${name}=${rate / 4}`);
    faults.push({ kind: 'zoom-faults', at: from, until, faults: specs });
  }
  if (chance.happens(0.5)) {
    const from = early();
    const until = from + chance.integer(HOUR_MS, 20 * HOUR_MS);
    const specs = ['recording-left-out/total-too=0.3', 'file-html-200=0.2', 'file-cut=0.2'];
    faults.push({ kind: 'zoom-faults', at: from, until, faults: specs });
  }
  return faults;
};

/** Of one call. A long one would only make the others look again every two seconds. */
const STALLS = [500, 5000, 30_000, 2 * MINUTE_MS] as const;
