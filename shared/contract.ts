/**
 * The names that the deployed template and the running functions must agree on. Imported by both, so it imports nothing
 * heavy.
 */

/** Environment variables of the functions. */
export const ENVIRONMENT = {
  /** One source as JSON (poller): see model/source-config.ts. */
  source: 'SOURCE',
  /** The sources of a function that serves several, as a JSON list without what it has no use for (oauth-callback, compactor). */
  sources: 'SOURCES',
  /** Name of the bucket that events are delivered to. */
  bucket: 'BUCKET',
  /** JSON: source name to the ARN of its secret. */
  secrets: 'SECRETS',
  /** JSON: source name to the URL of its collect queue. */
  collectQueues: 'COLLECT_QUEUES',
  /** Name of the stack: it begins every alarm's name, and is a dimension of every metric. */
  stack: 'STACK',
  /** The sources to watch, with all that a watch goes by, as JSON: see model/watched-source.ts (drop-off-alarm). */
  watched: 'WATCHED',
  /** JSON: source name to the name of its poller's log group. */
  pollerLogs: 'POLLER_LOGS',
  /** ARN of the topic for what is no alarm. */
  noticesTopic: 'NOTICES_TOPIC',
} as const;

/**
 * The route of the OAuth callback; one more segment names the source. The whole URL is an output of the stack: what a
 * callback was promised stands in the pending connection, so the function needn't know its own address.
 */
export const CALLBACK_PATH = '/oauth/callback';

/** The secret of a source. */
export const secretName = (stack: string, source: string): string => `${stack}/${source}`;

/** The stack, unless the operator names another one. */
export const DEFAULT_STACK = 'zoom-log-source';

/** Outputs of the stack, by which the command line finds what was deployed. */
export const OUTPUTS = {
  bucket: 'Bucket',
  objectsTopic: 'ObjectsTopic',
  objectsQueue: 'ObjectsQueue',
  /** JSON: reader name to the URL of its queue; one that brings a queue of its own isn't there. */
  readerQueues: 'ReaderQueues',
  /** JSON: reader name to the ARN of its queue. */
  readerQueueArns: 'ReaderQueueArns',
  /** JSON: reader name to the ARN of its role; one without isn't there. */
  readerRoles: 'ReaderRoles',
  /** JSON: reader name to the external id by which its role is taken: no secret. */
  readerExternalIds: 'ReaderExternalIds',
  /** JSON: name of a source that connects by OAuth to its redirect URL. */
  redirectUrls: 'RedirectUrls',
  /** JSON: source name to the ARN of its secret. */
  secrets: 'Secrets',
  /** JSON: source name to the URL of its collect queue. */
  collectQueues: 'CollectQueues',
  alarmsTopic: 'AlarmsTopic',
  noticesTopic: 'NoticesTopic',
  /** JSON: source name to the name of its poller's log group. */
  pollerLogs: 'PollerLogs',
} as const;

/** Where the metrics are, and by what they are told apart. */
export const METRICS_NAMESPACE = 'ZoomAuditLog';
export const DIMENSIONS = { stack: 'Stack', source: 'Source', stream: 'Stream' } as const;

/** How often the sources are watched, in minutes: see docs/decisions/0007. */
export const MONITOR_MINUTES = 5;

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

/** The alarms that the watch decides on, and CloudWatch evaluates by the gauge of the same name: see docs/decisions/0007. */
export type AssessedAlarm = 'drop-off' | 'collection' | 'completeness' | 'deadline';

/** The gauge of each: CloudWatch evaluates the alarm by it. */
export const GAUGES = {
  'drop-off': 'DropOff',
  collection: 'Collection',
  completeness: 'Completeness',
  deadline: 'Deadline',
} as const satisfies Record<AssessedAlarm, MetricName>;

/** The alarms that CloudWatch decides on alone. */
export type CountedAlarm = 'rejected' | 'vanished' | 'dead-letters';

/** The alarms of a source, or of one of its streams (`drop-off`). */
export const sourceAlarmName = (
  stack: string,
  source: string,
  kind: AssessedAlarm | CountedAlarm,
  stream?: string,
): string => [stack, source, ...(stream === undefined ? [] : [stream]), kind].join('-');

/**
 * The alarms of a deployment as a whole: nobody watches; an administrator met an error page; strangers call the callback again and
 * again; a reader leaves objects lying.
 */
export type StackAlarm =
  'watcher' | 'callback-errors' | 'callback-strangers' | 'compactor-errors' | 'reader-dead-letters';

/** A name that no source can have made: sources have no dots. Readers beside the first have an alarm each. */
export const stackAlarmName = (stack: string, kind: StackAlarm, reader?: string): string =>
  [stack, kind, ...(reader === undefined ? [] : [reader])].join('.');

/** Where a person reads what an alarm means and what to do. */
export const RUNBOOK = 'docs/runbook.md';
