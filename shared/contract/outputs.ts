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
