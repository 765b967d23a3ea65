import * as z from 'zod';
import { DaySchema } from './day.ts';
import { SourceConfigSchema } from './source-config.ts';

/** The configuration of the monitor for a source: the part of sources.json that defines its health. */
export const MonitoredSourceSchema = SourceConfigSchema.pick({
  name: true,
  auth: true,
  streams: true,
  pollMinutes: true,
  lookbackDays: true,
  requestsPerDay: true,
  dropOffMinutes: true,
  learnedBaseline: true,
});
export type MonitoredSource = z.output<typeof MonitoredSourceSchema>;

/** The configuration of the monitor. */
export const MonitorConfigSchema = z.strictObject({
  sources: z.array(MonitoredSourceSchema).min(1),
  quietDays: z.array(DaySchema),
});
export type MonitorConfig = z.output<typeof MonitorConfigSchema>;
