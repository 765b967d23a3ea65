import * as z from 'zod';
import { SourceConfigSchema } from './source-config.ts';

/** What a poller goes by: of sources.json all but who is told of what, and when. */
export const PolledSourceSchema = z.object(
  SourceConfigSchema.omit({ notify: true, dropOffMinutes: true, learnedBaseline: true }).shape,
);
export type PolledSource = z.output<typeof PolledSourceSchema>;
