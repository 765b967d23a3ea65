import * as z from 'zod';
import { SourceConfigSchema } from './source-config.ts';

/** The configuration of a poller: sources.json without the settings that it does not use. */
export const PolledSourceSchema = z.object(
  SourceConfigSchema.omit({ notify: true, dropOffMinutes: true, learnedBaseline: true, content: true }).shape,
);
