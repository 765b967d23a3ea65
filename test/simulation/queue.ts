import { MINUTE_MS } from '../../shared/model/duration.ts';
import type { Scheduler } from './scheduler.ts';

/** A message that is not deleted in time is delivered again. */
const VISIBILITY_MS = 15 * MINUTE_MS;
const MOST_RECEIVES = 4;

interface Message {
  readonly id: string;
  readonly body: string;
  receives: number;
  isDone: boolean;
}

/** A collect queue: each message at least once, again if it failed or was not acknowledged in time, until it is a dead letter. */
export class Queue {
  readonly #scheduler: Scheduler;
  readonly #deliver: (
    event: unknown,
    requestsPoll: boolean,
    answered: (failed: readonly string[]) => void,
  ) => void;
  #sent = 0;

  constructor(
    scheduler: Scheduler,
    deliver: (event: unknown, requestsPoll: boolean, answered: (failed: readonly string[]) => void) => void,
  ) {
    this.#scheduler = scheduler;
    this.#deliver = deliver;
  }

  /** Sends a message, which is delivered `deliveries` times, as SQS may. */
  send(body: unknown, deliveries: number): void {
    this.#sent += 1;
    const message = { id: `message-${this.#sent}`, body: JSON.stringify(body), receives: 0, isDone: false };
    for (let copy = 0; copy < deliveries; copy += 1) this.#receive(message);
  }

  #receive(message: Message): void {
    if (message.isDone || message.receives >= MOST_RECEIVES) return;
    message.receives += 1;
    this.#scheduler.at(this.#scheduler.now + VISIBILITY_MS, () => this.#receive(message));
    const record = { eventSource: 'aws:sqs', messageId: message.id, body: message.body };
    const requestsPoll = message.body.includes('"poll"');
    this.#deliver({ Records: [record] }, requestsPoll, (failed) => {
      message.isDone ||= !failed.includes(message.id);
    });
  }
}
