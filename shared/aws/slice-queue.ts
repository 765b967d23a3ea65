import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { ConfigurationError } from '../errors.ts';
import type { CollectMessage } from '../model/collect-message.ts';
import { type RetryContext, backOff } from './back-off.ts';
import { toConfigurationError, nameOf } from './aws-errors.ts';

/** The most messages in one SQS batch. */
const BATCH = 10;

const MAX_ROUNDS = 6;

/** The queue of slices to collect. A message may be sent twice: collecting twice delivers once. */
export class SliceQueue {
  readonly #sqs: SQSClient;
  readonly #url: string;
  readonly #retryContext: RetryContext;

  constructor(sqs: SQSClient, url: string, retryContext: RetryContext) {
    this.#sqs = sqs;
    this.#url = url;
    this.#retryContext = retryContext;
  }

  /** Sends all of them, in order, or throws. Those that SQS fails are sent again, so on an error some may have been sent. */
  async send(messages: readonly CollectMessage[]): Promise<void> {
    for (let start = 0; start < messages.length; start += BATCH) {
      await this.#sendBatch(messages.slice(start, start + BATCH));
    }
  }

  async #sendBatch(messages: readonly CollectMessage[]): Promise<void> {
    let left = messages;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const failed = await this.#sendOnce(left);
      if (failed.length === 0) return;
      left = failed;
      await backOff(this.#retryContext, round);
    }
    throw new Error(`The queue ${this.#url} did not accept ${left.length} of ${messages.length} messages.`);
  }

  /** The messages that SQS did not accept. */
  async #sendOnce(messages: readonly CollectMessage[]): Promise<CollectMessage[]> {
    try {
      const { Failed: failed = [] } = await this.#sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: this.#url,
          Entries: messages.map((message, index) => ({
            Id: String(index),
            MessageBody: JSON.stringify(message),
          })),
        }),
      );
      const failedIds = new Set(failed.map(({ Id }) => Id));
      return messages.filter((_, index) => failedIds.has(String(index)));
    } catch (error) {
      throw this.#withConfigurationErrors(error);
    }
  }

  #withConfigurationErrors(error: unknown): unknown {
    if (nameOf(error) === 'QueueDoesNotExist') {
      return new ConfigurationError(
        'queue-missing',
        `The queue ${this.#url} does not exist. Deploy the stack with this source in sources.json: npm run deploy`,
        { cause: error },
      );
    }
    return toConfigurationError(error, { action: 'sqs:SendMessage', resource: `the queue ${this.#url}` });
  }
}
