import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Notice, NotificationPublisher } from '../monitor/ports.ts';
import { toConfigurationError } from './aws-errors.ts';

/**
 * The topic for notices. A message has the form of Amazon Q Developer's custom notifications, which Slack, Teams and Chime
 * show as a card; `threadId` groups related ones. E-mail gets only the text.
 */
export class NoticesTopic implements NotificationPublisher {
  readonly #client: SNSClient;
  readonly #topicArn: string;
  readonly #stack: string;

  constructor(client: SNSClient, topicArn: string, stack: string) {
    this.#client = client;
    this.#topicArn = topicArn;
    this.#stack = stack;
  }

  async post(notice: Notice): Promise<void> {
    const { code, source, severity, title } = notice;
    const attribute = (value: string) => ({ DataType: 'String', StringValue: value });
    try {
      await this.#client.send(
        new PublishCommand({
          TopicArn: this.#topicArn,
          Subject: `[${severity}] ${title}`.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 99),
          MessageStructure: 'json',
          Message: JSON.stringify({
            default: JSON.stringify(toMessage(notice, this.#stack)),
            email: toEmail(notice),
          }),
          MessageAttributes: {
            kind: attribute(code),
            source: attribute(source),
            severity: attribute(severity),
          },
        }),
      );
    } catch (error) {
      throw toConfigurationError(error, { action: 'sns:Publish', resource: `the topic ${this.#topicArn}` });
    }
  }
}

/** A notice in the form of Amazon Q. */
const toMessage = ({ code, source, severity, title, text, at }: Notice, stack: string): object => ({
  version: '1.0',
  source: 'custom',
  id: `${stack}/${source}/${code}/${at.toISOString()}`,
  content: {
    textType: 'client-markdown',
    title,
    description: text,
    nextSteps: [`bin/zoom-log-source show --audit --out s3://BUCKET --source ${source}`],
    keywords: ['zoom-log-source', source, code],
  },
  metadata: {
    threadId: `${stack}/${source}/${code}`,
    summary: title,
    eventType: severity,
    relatedResources: [],
    additionalContext: { stack, source, code, at: at.toISOString() },
  },
});

/** A notice as the text of an e-mail. */
const toEmail = ({ title, text, source, at }: Notice): string =>
  [
    title,
    '',
    text,
    '',
    `At ${at.toISOString()}. More: bin/zoom-log-source show --audit --out s3://BUCKET --source ${source}`,
    '',
  ].join('\n');
