/** The secret of a source. */
export const secretName = (stack: string, source: string): string => `${stack}/${source}`;

/** The default name of the stack. */
export const DEFAULT_STACK = 'zoom-log-source';

/** Outputs of the stack, with which the command line finds the deployed resources. */
export const OUTPUTS = {
  bucket: 'Bucket',
  objectsTopic: 'ObjectsTopic',
  objectsQueue: 'ObjectsQueue',
  /** JSON: reader name to the URL of its queue; without readers that have their own queue. */
  readerQueues: 'ReaderQueues',
  /** JSON: reader name to the ARN of its queue. */
  readerQueueArns: 'ReaderQueueArns',
  /** JSON: reader name to the ARN of its role; without readers that have none. */
  readerRoles: 'ReaderRoles',
  /** JSON: reader name to the external id for assuming its role: not a secret. */
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
