import * as z from 'zod';
import { SliceSchema, SourceNameSchema } from './slice.ts';
import { parseJson } from './json-text.ts';

/** A message of a collect queue: a slice to collect whole, or a request to poll a source now. */
export const CollectMessageSchema = z.union([SliceSchema, z.strictObject({ poll: SourceNameSchema })], {
  error: 'must be {"source", "stream", "day"} or {"poll": source}',
});

export type CollectMessage = z.output<typeof CollectMessageSchema>;

/** Reads the body of a message. Throws a SyntaxError for an invalid one. */
export const parseCollectMessage = (body: string): CollectMessage => {
  const parsed = CollectMessageSchema.safeParse(parseJson(body));
  if (parsed.success) return parsed.data;
  throw new SyntaxError(`The message ${parsed.error.issues.map(({ message }) => message).join(', ')}.`);
};
