/** The namespace and the dimensions of the metrics. */
export const METRICS_NAMESPACE = 'ZoomAuditLog';
export const DIMENSIONS = { stack: 'Stack', source: 'Source', stream: 'Stream' } as const;

interface Metric {
  readonly unit: 'Count' | 'Seconds' | 'Milliseconds' | 'Bytes';
  /** Its subject, and so its dimensions: a stream of a source, a source, or the whole stack. */
  readonly of: 'stream' | 'source' | 'stack';
}

/** Every metric that the functions emit. The dashboard and the alarms use no other. */
export const METRICS = {
  // The results of a poller run for a stream: read = delivered + duplicate + held + rejected.
  EventsRead: { unit: 'Count', of: 'stream' },
  EventsDelivered: { unit: 'Count', of: 'stream' },
  RowsDuplicate: { unit: 'Count', of: 'stream' },
  RowsHeld: { unit: 'Count', of: 'stream' },
  RowsRejected: { unit: 'Count', of: 'stream' },
  /** The same for runs that rejected more than a small share of their rows: the alarm counts these. */
  ManyRowsRejected: { unit: 'Count', of: 'stream' },
  /** Rows that Zoom listed before and no longer lists, counted once. */
  RowsVanished: { unit: 'Count', of: 'stream' },
  DayMismatch: { unit: 'Count', of: 'stream' },
  ObjectsWritten: { unit: 'Count', of: 'stream' },
  BytesWritten: { unit: 'Bytes', of: 'stream' },
  /** From an event to its delivery; not for a back-fill. */
  DeliveryLagSeconds: { unit: 'Seconds', of: 'stream' },
  DetailFull: { unit: 'Count', of: 'stream' },
  DetailLikely: { unit: 'Count', of: 'stream' },
  DetailPartial: { unit: 'Count', of: 'stream' },
  DetailNone: { unit: 'Count', of: 'stream' },
  CategoryUnknown: { unit: 'Count', of: 'stream' },
  /** 1 if the run read the stream, 0 if it could not. */
  PollSuccess: { unit: 'Count', of: 'stream' },

  // The cost of a poller run.
  ApiRequests: { unit: 'Count', of: 'source' },
  ApiThrottled: { unit: 'Count', of: 'source' },
  ApiErrors: { unit: 'Count', of: 'source' },
  AuthFailures: { unit: 'Count', of: 'source' },
  RunMilliseconds: { unit: 'Milliseconds', of: 'source' },

  // The findings of the monitor.
  SecondsSinceLastEvent: { unit: 'Seconds', of: 'stream' },
  /** The age of the newest complete day. */
  CompleteAgeSeconds: { unit: 'Seconds', of: 'stream' },
  /** 1 while the alarm of that name should be in ALARM, else 0. */
  DropOff: { unit: 'Count', of: 'stream' },
  Collection: { unit: 'Count', of: 'source' },
  Completeness: { unit: 'Count', of: 'source' },
  Deadline: { unit: 'Count', of: 'source' },
  RequestsToday: { unit: 'Count', of: 'source' },
  /** Calls of the OAuth callback without a state that we issued. */
  CallbackStrangers: { unit: 'Count', of: 'stack' },
  /** 1 at the end of a complete monitor run. */
  Watched: { unit: 'Count', of: 'stack' },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof METRICS;

/** Rejected rows up to this share of the rows that a run read cause a notice, not an alarm. */
export const FEW_REJECTED_SHARE = 0.01;
