import { randomUUID } from 'node:crypto';
import { assertAccount, pinAccount } from '../collect/state/pinned-account.ts';
import { DailyBudget } from '../collect/state/daily-budget.ts';
import type { Clock } from '../collect/ports.ts';
import { collectContent, type ContentReport, type ContentTask } from '../content/collect-content.ts';
import type { ContentContext, ContentObserver } from '../content/content-context.ts';
import type { FileStore } from '../content/ports.ts';
import { recordContentRun } from '../content/record-run.ts';
import { DEFAULT_REQUESTS_PER_DAY } from './connector.ts';
import type { ContentConfig } from '../model/content-config.ts';
import type { Proxies } from '../model/proxies.ts';
import { type Environment, readEnvironment } from '../runtime/environment.ts';
import { AccountCredentials } from '../zoom/account-credentials.ts';
import { zoomAddress } from '../zoom/hosts.ts';
import { KnownSecrets } from '../zoom/known-secrets.ts';
import { Pacer } from '../zoom/pacer.ts';
import { ZoomClient } from '../zoom/zoom-client.ts';
import { ZoomContent } from '../zoom/zoom-content.ts';
import { openStore } from './open-store.ts';

export type { ContentProblem, ContentReport, ContentTask } from '../content/collect-content.ts';
export type { ContentObserver } from '../content/content-context.ts';

/** The options of collecting content on this machine. */
export interface LocalContentOptions {
  readonly environment: Environment;
  readonly proxies?: Proxies | undefined;
  /** The folder that files are delivered to. */
  readonly out: string;
  readonly source: string;
  readonly choice: Pick<ContentConfig, 'types' | 'people' | 'mode'>;
  readonly requestsPerDay?: number | undefined;
  readonly groupReadable?: boolean | undefined;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/** Collects content from an account's own Server-to-Server app. */
export interface ContentCollector {
  collect(task: ContentTask, signal: AbortSignal, observer?: ContentObserver): Promise<ContentReport>;
  /** Requests to Zoom's API so far, without those to the file host. */
  readonly requests: number;
  readonly store: FileStore;
  close(): Promise<void>;
}

/**
 * A collector of content into a folder of this machine. Throws ConfigurationError for any problem that is found before the first
 * request to Zoom.
 */
export const createContentCollector = async (options: LocalContentOptions): Promise<ContentCollector> => {
  const { source, clock, random, choice } = options;
  const zoom = readEnvironment(options.environment);
  const accountId = zoom.ZOOM_ACCOUNT_ID;
  const app = {
    clientId: zoom.ZOOM_CLIENT_ID,
    clientSecret: zoom.ZOOM_CLIENT_SECRET,
    oauthUrl: zoomAddress('ZOOM_OAUTH_URL', zoom.ZOOM_OAUTH_URL),
    fromEnvironment: true,
  };
  const apiUrl = zoom.ZOOM_API_URL === undefined ? undefined : zoomAddress('ZOOM_API_URL', zoom.ZOOM_API_URL);
  const store = await openStore(options.out, options);
  await assertAccount(store, source, accountId);

  // Imported late: commands that only read do not need the HTTP client.
  const [{ createHttpTransport }, { ZoomDownloads }] = await Promise.all([
    import('../zoom/http-transport.ts'),
    import('../zoom/zoom-downloads.ts'),
  ]);
  const timeoutMs = zoom.ZOOM_TIMEOUT_SECONDS * 1000;
  const { transport, close: closeTransport } = createHttpTransport(timeoutMs, options.proxies);
  const knownSecrets = new KnownSecrets();
  const retryContext = {
    clock,
    random,
    pacer: new Pacer(clock, zoom.ZOOM_REQUESTS_PER_SECOND),
    knownSecrets,
  };
  const tokens = new AccountCredentials(transport, retryContext, app, accountId);
  const client = new ZoomClient(transport, tokens, retryContext, apiUrl);
  const downloads = new ZoomDownloads(tokens, retryContext, { timeoutMs, proxies: options.proxies, apiUrl });
  const listings = new ZoomContent(client);

  return {
    store,
    get requests() {
      return client.requests;
    },
    collect: async (task, signal, observer = {}) => {
      await tokens.current(signal); // credentials that Zoom refuses must not pin the source to an account
      await pinAccount(store, source, accountId);
      const budget = await DailyBudget.open({
        store,
        source,
        perDay: options.requestsPerDay ?? DEFAULT_REQUESTS_PER_DAY,
        clock,
        quota: () => client.quota,
      });
      const context: ContentContext = {
        source,
        accountId,
        store,
        listings,
        downloads,
        clock,
        random,
        owner: randomUUID(),
        // Only Heavy requests count against Zoom's quota of the day.
        beforeRequest: (label) =>
          label === 'heavy' ? (assertWanted) => budget.spend('catch-up', assertWanted) : undefined,
        choice,
        observer,
      };
      try {
        const report = await collectContent(context, task, signal);
        await recordContentRun(store, source, task, report, clock.now());
        return report;
      } finally {
        await budget.record(undefined);
      }
    },
    close: async () => {
      await closeTransport();
      await downloads.close();
    },
  };
};
