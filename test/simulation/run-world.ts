import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/duration.ts';
import { AtTheEnd, type ListedSlice } from './invariants/at-the-end.ts';
import { InvariantViolation } from './invariants/invariant-violation.ts';
import type { Plan } from './plan.ts';
import { MOST_SKEW_MS, type Fault } from './faults.ts';
import { World } from './world.ts';

/** The result of a world. */
export interface Fortune {
  /** The same for the same plan, to the last effect. */
  readonly trace: string;
  readonly steps: number;
  readonly broken?: {
    readonly invariant: string;
    readonly detail: string;
    /** The last effects. */
    readonly recent: readonly string[];
  };
}

/** Runs a world, from its first poll to long after its last fault. */
export const runWorld = async (plan: Plan): Promise<Fortune> => {
  const world = new World(plan);
  const { scheduler } = world;
  try {
    await live(world);
    return { trace: scheduler.trace, steps: scheduler.steps };
  } catch (error) {
    const isBroken = error instanceof InvariantViolation;
    const broken = {
      invariant: isBroken ? error.invariant : 'no-surprise',
      detail: isBroken ? error.message : String(error instanceof Error ? error.stack : error),
      recent: [...scheduler.recent],
    };
    return { trace: scheduler.trace, steps: scheduler.steps, broken };
  }
};

const live = async (world: World): Promise<void> => {
  const { plan, scheduler } = world;
  const { start, days, climate } = plan;
  const calmAt = start + (days + climate.lookbackDays + 1) * DAY_MS + HOUR_MS;
  if (climate.auth === 'oauth') {
    world.authorize();
    await scheduler.run(start + 10 * MINUTE_MS);
  }
  happen(world, calmAt);
  await scheduler.run(calmAt);
  world.calmDown();
  await recover(world);
  await complete(world);
};

/** Schedules all parts of the plan. */
const happen = (world: World, calmAt: number): void => {
  const { plan, scheduler } = world;
  const { start, climate } = plan;
  const at = (ms: number, happens: () => void): void =>
    scheduler.at(Math.max(scheduler.now, start + ms), happens);
  const downtimes = plan.faults.filter(({ kind }) => kind === 'downtime') as {
    at: number;
    until: number;
  }[];
  const poll = (ms: number): void => {
    if (!downtimes.some(({ at: from, until }) => from <= ms && ms < until)) at(ms, () => world.poll());
  };
  plan.polls.forEach(poll);
  for (const fault of plan.faults) befall(world, fault, at, poll);
  for (let look = start + 2 * HOUR_MS; look < calmAt; look += 6 * HOUR_MS) {
    if (climate.isMonitored) scheduler.at(look, () => world.monitor());
    scheduler.at(look + MINUTE_MS, () => {
      if (climate.auth === 'oauth' && world.grants.isLost && world.needsOperator) world.authorize();
    });
  }
};

const befall = (
  world: World,
  fault: Fault,
  at: (ms: number, happens: () => void) => void,
  poll: (ms: number) => void,
): void => {
  switch (fault.kind) {
    case 'zoom-faults':
    case 'zoom-outage':
      at(fault.at, () => world.zoom.misbehave(fault.faults));
      at(fault.until, () => world.zoom.misbehave([]));
      break;
    case 'quota':
      at(fault.at, () => world.zoom.limit(fault.perDay));
      at(fault.until, () => world.zoom.limit('off'));
      break;
    case 'poll-again':
      poll(fault.at);
      break;
    case 'queue':
      at(fault.at, () => world.request(fault.stream, world.zoom.dayOf(fault.day), fault.deliveries));
      break;
    case 'revoked':
      at(fault.at, () => world.revoke());
      break;
    case 'alarms-remade':
      at(fault.at, () => world.alarms.remake());
      break;
    // Faults of effects wait for them; those of a process or a format apply when it is created.
    case 'crash':
    case 'stall':
    case 'call-fails':
    case 'answer-lost':
    case 'deadline':
    case 'state-put-back':
    case 'state-lost':
    case 'manifest-damaged':
    case 'downtime':
    case 'skew':
    case 'format-later':
      break;
  }
};

/** The first polls after the faults: a lost authorization is reported, and the operator grants a new one. */
const recover = async (world: World): Promise<void> => {
  const { plan, scheduler } = world;
  for (let round = 0; round < 3; round += 1) {
    const isLost = (): boolean => plan.climate.auth === 'oauth' && world.grants.isLost;
    const wasLost = isLost();
    world.poll();
    await scheduler.run(scheduler.now + 40 * MINUTE_MS);
    if (wasLost && isLost()) {
      // An access token outlives its grant by an hour at most; until then the source is still read.
      if (round === 2 && !world.needsOperator)
        world.violate('a-lost-grant-is-reported', 'the stored authorization is dead, and no poll says so');
      if (!world.grants.isExcused)
        world.violate('grants-are-kept', 'the authorization was lost, and nothing had come in between');
      if (world.needsOperator || round === 2) world.authorize();
      await scheduler.run(scheduler.now + 5 * MINUTE_MS);
    }
    if (plan.climate.isMonitored) world.monitor();
    await scheduler.run(scheduler.now + MINUTE_MS);
  }
};

/** Polls until everything should be confirmed, and checks that it is. */
const complete = async (world: World): Promise<void> => {
  const { plan, scheduler } = world;
  const { days, climate, rows } = plan;
  const isConfirmed = climate.ends === 'confirmed';
  const lastDay = world.zoom.dayOf(days);
  const endsAt =
    Date.parse(`${lastDay}T00:00:00Z`) + (1 + climate.lookbackDays + (isConfirmed ? 7 : 0)) * DAY_MS;
  await scheduler.run(endsAt + MOST_SKEW_MS + 10 * MINUTE_MS);
  const isComplete = (): boolean =>
    climate.streams.every((stream) => {
      const claim = world.claims.last(stream);
      return ((isConfirmed ? claim?.complete_up_to : claim?.closed_up_to) ?? '') >= lastDay;
    });
  for (let round = 0; round < 30 && !isComplete(); round += 1) {
    world.poll();
    await scheduler.run(scheduler.now + (round < 4 ? HOUR_MS : 12 * HOUR_MS));
  }
  if (!isComplete()) {
    const claims = climate.streams
      .map((stream) => `${stream} ${JSON.stringify(world.claims.last(stream))}`)
      .join('; ');
    world.violate('everything-closes', `${lastDay} is not complete: ${claims}`);
  }
  await scheduler.run(scheduler.now + HOUR_MS);

  const end = new AtTheEnd(world.bucket, world.zoom.account.rows, world.delivery, world.violate);
  const slices = new Map(
    rows.map(({ stream, day }): [string, ListedSlice] => [
      `${stream} ${day}`,
      { stream, day: world.zoom.dayOf(day) },
    ]),
  );
  const owed = [...slices.values()].filter(({ day }) => world.since !== undefined && day >= world.since);
  end.check(owed, world.formatsOf, isConfirmed);
  if (plan.seed % 4 === 0) await end.verify([]);
  await scheduler.run(scheduler.now);
};
