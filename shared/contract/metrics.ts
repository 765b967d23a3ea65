/** Where the metrics are, and by what they are told apart. */
export const METRICS_NAMESPACE = 'ZoomAuditLog';
export const DIMENSIONS = { stack: 'Stack', source: 'Source', stream: 'Stream' } as const;

interface Metric {
  readonly unit: 'Count' | 'Seconds' | 'Milliseconds' | 'Bytes';
  /** What it is told of, and so which dimensions it has: a stream of a source, a source, or the whole stack. */
  readonly of: 'stream' | 'source' | 'stack';
}

/** Every metric that the functions emit. The dashboard and the alarms name no other. */
export const METRICS = {
  // What a run of the poller did with a stream: read = delivered + duplicate + held + rejected.
  EventsRead: { unit: 'Count', of: 'stream' },
  EventsDelivered: { unit: 'Count', of: 'stream' },
  RowsDuplicate: { unit: 'Count', of: 'stream' },
  RowsHeld: { unit: 'Count', of: 'stream' },
  RowsRejected: { unit: 'Count', of: 'stream' },
  /** The same of a run that rejected more than a small share of what it read: the alarm counts these. */
  ManyRowsRejected: { unit: 'Count', of: 'stream' },
  /** Rows that Zoom listed before and lists no more, counted once. */
  RowsVanished: { unit: 'Count', of: 'stream' },
  DayMismatch: { unit: 'Count', of: 'stream' },
  ObjectsWritten: { unit: 'Count', of: 'stream' },
  BytesWritten: { unit: 'Bytes', of: 'stream' },
  /** From an event to its delivery; of a back-fill nothing. */
  DeliveryLagSeconds: { unit: 'Seconds', of: 'stream' },
  DetailFull: { unit: 'Count', of: 'stream' },
  DetailLikely: { unit: 'Count', of: 'stream' },
  DetailPartial: { unit: 'Count', of: 'stream' },
  DetailNone: { unit: 'Count', of: 'stream' },
  CategoryUnknown: { unit: 'Count', of: 'stream' },
  /** 1 if the run read the stream, 0 if it could not. */
  PollSuccess: { unit: 'Count', of: 'stream' },

  // What a run of the poller cost.
  ApiRequests: { unit: 'Count', of: 'source' },
  ApiThrottled: { unit: 'Count', of: 'source' },
  ApiErrors: { unit: 'Count', of: 'source' },
  AuthFailures: { unit: 'Count', of: 'source' },
  RunMilliseconds: { unit: 'Milliseconds', of: 'source' },

  // What the watch found.
  SecondsSinceLastEvent: { unit: 'Seconds', of: 'stream' },
  /** How old the newest day is that is known to be complete. */
  CompleteAgeSeconds: { unit: 'Seconds', of: 'stream' },
  /** 1 while the alarm of that name is to be in alarm, else 0. */
  DropOff: { unit: 'Count', of: 'stream' },
  Collection: { unit: 'Count', of: 'source' },
  Completeness: { unit: 'Count', of: 'source' },
  Deadline: { unit: 'Count', of: 'source' },
  RequestsToday: { unit: 'Count', of: 'source' },
  /** Calls of the OAuth callback without a state that we issued. */
  CallbackStrangers: { unit: 'Count', of: 'stack' },
  /** 1 at the end of a watch that came to its end. */
  Watched: { unit: 'Count', of: 'stack' },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof METRICS;

/** Rejected rows up to this share of the rows that a run read are a notice, and no alarm. */
export const FEW_REJECTED_SHARE = 0.01;
