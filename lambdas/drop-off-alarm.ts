import type { Context } from 'aws-lambda';
import { createHealthMonitor } from '../shared/app/health-monitor.ts';
import { systemClock } from '../shared/runtime/clock.ts';

// eslint-disable-next-line no-restricted-properties -- the entry point passes the environment in
const monitor = createHealthMonitor({ environment: process.env, clock: systemClock, random: Math.random });

/** Assesses every source, and alerts on-call about unhealthy ones. */
export const handler = async (event: unknown, context: Context): Promise<void> => {
  monitor.log.begin(context);
  await monitor.handle(event);
};
