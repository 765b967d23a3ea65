import { dayOf } from '../../../shared/model/day.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/duration.ts';
import { InvariantViolation } from '../invariants/invariant-violation.ts';
import type { Fortune } from '../run-world.ts';
import type { ContentPlan } from './content-plan.ts';
import { ContentWorld } from './content-world.ts';

/** The quiet runs after the last change: a day apart so that what left is noticed, the last when every day can be confirmed. */
const QUIET_MS = [0, 26 * HOUR_MS, 52 * HOUR_MS, 10 * DAY_MS] as const;

/** A run takes no longer, even if it stalls several times. */
const RUN_MS = 12 * HOUR_MS;

/** Runs a content world, from its first meeting to long after its last fault. */
export const runContentWorld = async (plan: ContentPlan): Promise<Fortune> => {
  const world = new ContentWorld(plan);
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

const live = async (world: ContentWorld): Promise<void> => {
  const { plan, scheduler, invariants } = world;
  const { start } = plan;
  for (const change of plan.changes) scheduler.at(start + change.at, () => world.apply(change));
  for (const fault of plan.faults) {
    if (fault.kind !== 'zoom-faults') continue;
    scheduler.at(start + fault.at, () => world.zoom.misbehave(fault.faults));
    scheduler.at(start + fault.until, () => world.zoom.misbehave([]));
  }
  for (const at of plan.runs) {
    await scheduler.run(start + at);
    await invariants.check();
    world.collect();
  }
  const calmAt = start + (plan.days + 1) * DAY_MS;
  await scheduler.run(calmAt);
  while (world.isBusy()) await scheduler.run(scheduler.now + HOUR_MS);
  await invariants.check();
  world.calmDown();
  const quietFrom = scheduler.now;
  for (const ms of QUIET_MS) {
    await scheduler.run(quietFrom + ms);
    world.collect();
    await scheduler.run(scheduler.now + 5 * MINUTE_MS);
    if (world.isBusy()) await scheduler.run(scheduler.now + RUN_MS);
    if (world.isBusy()) world.violate('comes-to-rest', 'a quiet run does not end');
    await invariants.check();
  }
  await invariants.complete(dayOf(new Date(scheduler.now)));
  await scheduler.run(scheduler.now);
};
