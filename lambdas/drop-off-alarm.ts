import type { Context } from 'aws-lambda';
import { createHealthMonitor } from '../shared/app/health-monitor.ts';
import { systemClock } from '../shared/runtime/clock.ts';

// eslint-disable-next-line no-restricted-properties -- the entry point hands the world on
const monitor = createHealthMonitor({ environment: process.env, clock: systemClock, random: Math.random });

/** Looks at every source, and tells on-call of those that are not well. */
export const handler = async (event: unknown, context: Context): Promise<void> => {
  monitor.log.begin(context);
  await monitor.handle(event);
};
