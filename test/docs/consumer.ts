import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** An address that SNS posts to, such as PagerDuty's: it confirms subscriptions, and keeps what comes. */
export interface Consumer {
  readonly url: string;
  /** How many subscriptions it has confirmed. */
  readonly confirmed: () => number;
  /** Each notification in its envelope, as it came. */
  readonly notifications: readonly unknown[];
  readonly close: () => Promise<void>;
}

export const startConsumer = async (): Promise<Consumer> => {
  const notifications: unknown[] = [];
  let confirmed = 0;
  const take = async (body: string): Promise<void> => {
    const message = JSON.parse(body) as { Type?: string; SubscribeURL?: string };
    if (message.Type === 'Notification') notifications.push(message);
    if (message.Type !== 'SubscriptionConfirmation') return;
    await fetch(message.SubscribeURL ?? '');
    confirmed += 1;
  };
  const server = createServer((request, response) => {
    const body = (status: number) => response.writeHead(status).end();
    text(request)
      .then(take)
      .then(
        () => body(200),
        () => body(500),
      );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    confirmed: () => confirmed,
    notifications,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
