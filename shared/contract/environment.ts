/** Environment variables of the functions. */
export const ENVIRONMENT = {
  /** One source as JSON (poller): see model/source-config.ts. */
  source: 'SOURCE',
  /** The sources of a function that serves several, as a JSON list without unused fields (oauth-callback, compactor). */
  sources: 'SOURCES',
  /** Name of the bucket of the events. */
  bucket: 'BUCKET',
  /** JSON: source name to the ARN of its secret. */
  secrets: 'SECRETS',
  /** JSON: source name to the URL of its collect queue. */
  collectQueues: 'COLLECT_QUEUES',
  /** Name of the stack: the prefix of every alarm's name, and a dimension of every metric. */
  stack: 'STACK',
  /** The sources to monitor, with the monitor's settings, as JSON: see model/monitored-source.ts (drop-off-alarm). */
  watched: 'WATCHED',
  /** JSON: source name to the name of its poller's log group. */
  pollerLogs: 'POLLER_LOGS',
  /** ARN of the notices topic. */
  noticesTopic: 'NOTICES_TOPIC',
} as const;

/**
 * The route of the OAuth callback; one more segment names the source. The whole URL is an output of the stack. The pending
 * connection stores its redirect URL, so the function needn't know its own address.
 */
export const CALLBACK_PATH = '/oauth/callback';
