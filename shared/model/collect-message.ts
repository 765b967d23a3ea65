import * as z from 'zod';
import { SliceSchema, SourceNameSchema } from './slice.ts';
import { parseJson } from './json-text.ts';

/** What a collect queue carries: a slice to bring whole, or the wish that a source is polled now. */
export const CollectMessageSchema = z.union([SliceSchema, z.strictObject({ poll: SourceNameSchema })], {
  error: 'must be {"source", "stream", "day"} or {"poll": source}',
});

export type CollectMessage = z.output<typeof CollectMessageSchema>;

/** Reads the body of a message. Throws a SyntaxError for what is none. */
export const parseCollectMessage = (body: string): CollectMessage => {
  const parsed = CollectMessageSchema.safeParse(parseJson(body));
  if (parsed.success) return parsed.data;
  throw new SyntaxError(`The message ${parsed.error.issues.map(({ message }) => message).join(', ')}.`);
};
