import * as z from 'zod';
import type { CallbackRequest } from './handle-callback.ts';

const EventSchema = z.object({
  rawPath: z.string(),
  rawQueryString: z.string().default(''),
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
});

/** Reads an event of an HTTP API (payload 2.0). Throws a TypeError for any other. `reference` identifies its line in the log. */
export const parseCallbackEvent = (event: unknown, reference: string): CallbackRequest => {
  const parsed = EventSchema.safeParse(event);
  if (!parsed.success) throw new TypeError('Refused: this function only serves its HTTP API.');
  const { rawPath: path, rawQueryString: query, requestContext } = parsed.data;
  return { method: requestContext.http.method, path, query, reference };
};
