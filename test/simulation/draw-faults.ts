import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/duration.ts';
import type { SeededRandom } from '../../simulator/seeded-random.ts';
import type { Frame } from './draw-plan.ts';
import { MOST_SKEW_MS, type Fault, type FaultKind } from './faults.ts';

/** The effects that matter most, which a uniform choice would seldom select. The empty one is any. */
const CRUCIAL = [
  '',
  '',
  '',
  'create raw/',
  'create raw/',
  'create flat/',
  'create ocsf/',
  'create ledger/',
  'create audit/',
  'replace _state/slices',
  'replace _state/budget',
  'replace watermark/',
  'http GET',
  'http POST',
  'secret-write',
] as const;

const STORE_CALLS = [
  '',
  'list',
  'read',
  'create raw/',
  'create flat/',
  'create ledger/',
  'replace',
  'secret',
] as const;

const FAULTS = [
  'transient=0.15',
  'transient=0.3',
  'harmless=0.3',
  'page-token-expired=0.3',
  'rate-per-second=0.3',
  'cut-json=0.2',
  'html-body-200=0.2',
  'token-expired=0.3',
  'cut-body=0.2',
  'role-too-weak=0.5',
  'scope-missing@activity=1',
] as const;

/** Draws the faults: from almost none to all kinds in one world. */
export const drawFaults = (frame: Frame, chance: SeededRandom): Fault[] => {
  const endMs = frame.days * DAY_MS;
  // Days close, and are confirmed, in the week after; some faults last until then.
  const lateMs = endMs + (frame.climate.lookbackDays + 1) * DAY_MS;
  const at = (): number => chance.integer(0, chance.happens(0.75) ? endMs : lateMs);
  const crucial = () => ({
    at: at(),
    nth: chance.integer(0, chance.pick([0, 2, 10, 60])),
    on: chance.pick(CRUCIAL),
  });
  const window = (mostMs: number) => {
    const from = at();
    return { at: from, until: from + chance.integer(10 * MINUTE_MS, mostMs) };
  };

  const draw: Record<FaultKind, () => Fault> = {
    crash: () => ({ kind: 'crash', ...crucial(), role: 'poller', happened: chance.happens(0.5) }),
    stall: () => ({
      kind: 'stall',
      ...crucial(),
      ms: chance.pick([500, 5000, 10_000, 30_000, 5 * MINUTE_MS, 3 * HOUR_MS]),
    }),
    'call-fails': () => ({
      kind: 'call-fails',
      ...crucial(),
      on: chance.pick(STORE_CALLS),
      role: 'poller',
      happened: chance.happens(0.5),
    }),
    'answer-lost': () => ({
      kind: 'answer-lost',
      ...crucial(),
      on: chance.pick(['http', 'http GET', 'http POST']),
      happened: chance.happens(0.6),
    }),
    deadline: () => ({ kind: 'deadline', ...crucial() }),
    'state-put-back': () => ({
      kind: 'state-put-back',
      at: at(),
      nth: chance.integer(0, 20),
      on: chance.pick([
        'read _state/slices',
        'read _state/slices',
        'read _state/streams',
        'read _state/budget',
      ]),
      writesAgo: chance.integer(1, 3),
    }),
    'state-lost': () => ({
      kind: 'state-lost',
      at: at(),
      nth: chance.integer(0, 20),
      on: chance.pick([
        'read _state/slices',
        'read _state/slices',
        'read _state/streams',
        'read _state/budget',
      ]),
    }),
    'manifest-damaged': () => ({
      kind: 'manifest-damaged',
      at: at(),
      nth: chance.integer(0, 8),
      on: 'read _state/slices',
    }),
    'zoom-faults': () => ({
      kind: 'zoom-faults',
      ...window(DAY_MS),
      faults: [chance.pick(FAULTS), chance.pick(FAULTS)],
    }),
    'zoom-outage': () => ({
      kind: 'zoom-outage',
      ...window(DAY_MS),
      faults: [
        chance.pick([
          'server-error=1',
          'html-body-502=1',
          'connection-reset=1',
          'html-body-200=1',
          'empty-body=1',
        ]),
      ],
    }),
    quota: () => ({ kind: 'quota', ...window(2 * DAY_MS), perDay: chance.pick([5, 15, 30]) }),
    downtime: () => ({ kind: 'downtime', ...window(3 * DAY_MS) }),
    'poll-again': () => ({ kind: 'poll-again', at: at() }),
    queue: () => ({
      kind: 'queue',
      at: at(),
      stream: chance.pick(frame.climate.streams),
      day: chance.integer(-2, frame.days),
      deliveries: chance.pick([1, 1, 2, 3]),
    }),
    skew: () => ({
      kind: 'skew',
      process: chance.integer(0, 4),
      ms: chance.integer(-MOST_SKEW_MS, MOST_SKEW_MS),
    }),
    'format-later': () => ({ kind: 'format-later', at: at() }),
    revoked: () => ({ kind: 'revoked', at: at() }),
    'alarms-remade': () => ({ kind: 'alarms-remade', at: at() }),
  };

  const kinds = chance.pick<readonly FaultKind[]>([COMMON, COMMON, COMMON, RACES, ALL]);
  const count = chance.pick([1, 3, 6, 10, 16]);
  const faults = Array.from({ length: count }, () => draw[chance.pick(kinds)]());
  const monitorFaults: Fault[] = frame.climate.isMonitored
    ? Array.from({ length: chance.integer(0, 4) }, () => ({
        kind: chance.pick(['crash', 'call-fails'] as const),
        ...crucial(),
        on: chance.pick(['', 'create', 'replace', 'alarm', 'read _state/health', 'replace _state/health']),
        role: 'monitor',
        happened: chance.happens(0.5),
      }))
    : [];
  const blinded = frame.climate.isMonitored && chance.happens(0.5) ? blindness(at(), chance) : [];
  return [...faults, ...monitorFaults, ...blinded, ...companions(faults, chance)];
};

const COMMON: readonly FaultKind[] = [
  'crash', 'crash', 'crash', 'stall', 'stall', 'call-fails', 'answer-lost', 'deadline', 'poll-again', 'poll-again', 'queue',
  'state-put-back', 'state-lost', 'manifest-damaged', 'zoom-faults', 'zoom-outage', 'quota', 'downtime', 'skew', 'skew',
]; // prettier-ignore
const RACES: readonly FaultKind[] = [
  'crash',
  'stall',
  'stall',
  'stall',
  'poll-again',
  'poll-again',
  'queue',
  'skew',
];
const ALL: readonly FaultKind[] = [...COMMON, 'format-later', 'revoked', 'alarms-remade', 'quota'];

/** One stream is refused, the monitor dies while it reports that, and then the whole source can't be read. */
const blindness = (at: number, chance: SeededRandom): Fault[] => [
  { kind: 'zoom-faults', at, until: at + 2 * DAY_MS, faults: ['scope-missing@activity=1'] },
  {
    kind: 'crash',
    at,
    nth: 0,
    role: 'monitor',
    on: chance.pick(['create audit/', 'replace health/', 'replace _state/health']),
    happened: chance.happens(0.5),
  },
  { kind: 'downtime', at: at + chance.integer(2, 24) * HOUR_MS, until: at + 4 * DAY_MS },
];

/** A race needs two: another process runs within seconds of the one that is stalled or killed. */
const companions = (faults: readonly Fault[], chance: SeededRandom): Fault[] =>
  faults.flatMap((fault): Fault[] =>
    (fault.kind === 'stall' || fault.kind === 'crash' || fault.kind === 'poll-again') && chance.happens(0.5)
      ? [{ kind: 'poll-again', at: fault.at + chance.integer(0, 3000) }]
      : [],
  );
