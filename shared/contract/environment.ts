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
