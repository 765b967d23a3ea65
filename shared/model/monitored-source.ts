import * as z from 'zod';
import { DaySchema } from './day.ts';
import { SourceConfigSchema } from './source-config.ts';

/** What a watch goes by: of sources.json the part that says when a source is well. */
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

/** All that a watch goes by. */
export const MonitorConfigSchema = z.strictObject({
  sources: z.array(MonitoredSourceSchema).min(1),
  quietDays: z.array(DaySchema),
});
export type MonitorConfig = z.output<typeof MonitorConfigSchema>;
