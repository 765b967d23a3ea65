import * as z from 'zod';
import { DaySchema } from './day.ts';
import { SourceConfigSchema } from './source-config.ts';

/** What a watch goes by: of sources.json the part that says when a source is well. */
export const WatchedSourceSchema = SourceConfigSchema.pick({
  name: true,
  auth: true,
  streams: true,
  pollMinutes: true,
  lookbackDays: true,
  requestsPerDay: true,
  dropOffMinutes: true,
  learnedBaseline: true,
});
export type WatchedSource = z.output<typeof WatchedSourceSchema>;

/** All that a watch goes by. */
export const WatchedSchema = z.strictObject({
  sources: z.array(WatchedSourceSchema).min(1),
  quietDays: z.array(DaySchema),
});
export type Watched = z.output<typeof WatchedSchema>;
