/**
 * The names that the deployed template and the running functions must agree on. Imported by both, so it imports nothing
 * heavy.
 */

/** Environment variables of the functions. */
export const ENVIRONMENT = {
  /** One source as JSON (poller): see model/source-config.ts. */
  source: 'SOURCE',
  /** The sources that connect by OAuth, as a JSON list without what a callback has no use for (oauth-callback). */
  sources: 'SOURCES',
  /** Name of the bucket that events are delivered to. */
  bucket: 'BUCKET',
  /** JSON: source name to the ARN of its secret. */
  secrets: 'SECRETS',
  /** JSON: source name to the URL of its collect queue. */
  collectQueues: 'COLLECT_QUEUES',
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
  /** JSON: name of a source that connects by OAuth to its redirect URL. */
  redirectUrls: 'RedirectUrls',
  /** JSON: source name to the ARN of its secret. */
  secrets: 'Secrets',
  /** JSON: source name to the URL of its collect queue. */
  collectQueues: 'CollectQueues',
} as const;
