import * as z from 'zod';

/** A message of the collect queue, not yet read. */
export interface QueueRecord {
  readonly messageId: string;
  readonly body: string;
}

/** Why a collecting function was called. */
export type Trigger =
  { readonly kind: 'schedule' } | { readonly kind: 'queue'; readonly records: readonly QueueRecord[] };

const ScheduleSchema = z.object({
  source: z.literal('aws.events'),
  'detail-type': z.literal('Scheduled Event'),
});

const QueueSchema = z.object({
  Records: z
    .array(z.object({ eventSource: z.literal('aws:sqs'), messageId: z.string(), body: z.string() }))
    .min(1),
});

/** Reads an event. Throws a TypeError, naming what came, for what is neither the schedule's nor the queue's. */
export const parseTrigger = (event: unknown): Trigger => {
  if (ScheduleSchema.safeParse(event).success) return { kind: 'schedule' };
  const queue = QueueSchema.safeParse(event);
  if (queue.success) return { kind: 'queue', records: queue.data.Records };
  throw new TypeError(
    `Refused: an event of ${nameOf(event)}. This function is called by its EventBridge schedule ("aws.events", ` +
      `"Scheduled Event") and its SQS queue ("aws:sqs") only.`,
  );
};

const NamesSchema = z.object({
  source: z.string().optional().catch(undefined),
  'detail-type': z.string().optional().catch(undefined),
  Records: z
    .array(z.object({ eventSource: z.string().optional().catch(undefined) }).catch({}))
    .optional()
    .catch(undefined),
});

const nameOf = (event: unknown): string => {
  const { source, 'detail-type': detail, Records: records } = NamesSchema.safeParse(event).data ?? {};
  const names = [source, detail, ...new Set(records?.map(({ eventSource }) => eventSource))];
  const quoted = names.filter((name) => name !== undefined).map((name) => JSON.stringify(name.slice(0, 60)));
  return quoted.slice(0, 5).join(' and ') || 'no name';
};
