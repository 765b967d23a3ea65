import * as z from 'zod';
import { type Day, DaySchema } from './day.ts';
import { CONTENT_STREAM_NAMES, type ContentStreamName } from './content-stream.ts';
import { type AnyStreamName, STREAM_NAMES, type StreamName } from './stream.ts';

/** The unit of all work: the rows of one source's stream for one day. Listed, committed, projected, re-listed, closed. */
export interface Slice<Stream extends AnyStreamName = StreamName> {
  readonly source: string;
  readonly stream: Stream;
  readonly day: Day;
}

/** A slice of a stream of content. */
export type ContentSlice = Slice<ContentStreamName>;

/** A slice of a log or of content. */
export type AnySlice = Slice<AnyStreamName>;

/** The form of a source's name: characters without special meaning in terminals, paths and queries. */
export const SOURCE_NAME = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** An operator's name for a Zoom account. It is part of object keys and event ids, so it never changes. */
export const SourceNameSchema = z
  .string()
  .regex(SOURCE_NAME, 'must be 1 to 40 lower-case letters, digits and inner hyphens, such as "acme-zoom"');

/** A slice in messages: `acme operation 2026-11-20`. */
export const labelOf = ({ source, stream, day }: AnySlice): string => `${source} ${stream} ${day}`;

/** A slice in a message or a key. */
export const SliceSchema = z.strictObject({
  source: SourceNameSchema,
  stream: z.enum(STREAM_NAMES as [StreamName, ...StreamName[]]),
  day: DaySchema,
});

/** The same for a slice of any stream. */
export const AnySliceSchema = z.strictObject({
  ...SliceSchema.shape,
  stream: z.enum([...STREAM_NAMES, ...CONTENT_STREAM_NAMES]),
});
