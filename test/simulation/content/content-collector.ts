import type { Clock } from '../../../shared/collect/ports.ts';
import { collectContent, type ContentReport } from '../../../shared/content/collect-content.ts';
import type { ContentTask } from '../../../shared/content/content-task.ts';
import type { FileStore } from '../../../shared/content/ports.ts';
import { CONTENT_TYPES } from '../../../shared/model/content-config.ts';
import { AccountCredentials } from '../../../shared/zoom/account-credentials.ts';
import { KnownSecrets } from '../../../shared/zoom/known-secrets.ts';
import type { HttpTransport } from '../../../shared/zoom/http-transport.ts';
import { Pacer } from '../../../shared/zoom/pacer.ts';
import { ZoomClient } from '../../../shared/zoom/zoom-client.ts';
import { ZoomContent } from '../../../shared/zoom/zoom-content.ts';
import { ZoomDownloads } from '../../../shared/zoom/zoom-downloads.ts';
import { APP, SOURCE } from '../collector.ts';
import { ACCOUNT_ID } from '../simulated-zoom.ts';
import type { WorldDispatcher } from './world-dispatcher.ts';

/** Long enough that no timer of this machine fires during a world. */
const TIMEOUT_MS = 3_600_000;

const REQUESTS_PER_SECOND = 50;

/** The dependencies of a collector: each call is an effect. */
export interface CollectorContext {
  readonly store: FileStore;
  readonly transport: HttpTransport;
  readonly dispatcher: WorldDispatcher;
  readonly clock: Clock;
  readonly random: () => number;
  readonly owner: string;
  readonly partBytes: number;
}

/** One run of a collector of content, composed as on a machine of its operator. */
export const collect = (
  { store, transport, dispatcher, clock, random, owner, partBytes }: CollectorContext,
  task: ContentTask,
  signal: AbortSignal,
): Promise<ContentReport> => {
  const retryContext = {
    clock,
    random,
    pacer: new Pacer(clock, REQUESTS_PER_SECOND),
    knownSecrets: new KnownSecrets(),
  };
  const tokens = new AccountCredentials(transport, retryContext, APP, ACCOUNT_ID);
  const client = new ZoomClient(transport, tokens, retryContext, undefined);
  return collectContent(
    {
      source: SOURCE,
      accountId: ACCOUNT_ID,
      store,
      listings: new ZoomContent(client),
      downloads: new ZoomDownloads(tokens, retryContext, { timeoutMs: TIMEOUT_MS, dispatcher }),
      clock,
      random,
      owner,
      partBytes,
      beforeRequest: () => undefined,
      choice: {
        types: [...CONTENT_TYPES],
        people: { include: 'all', exclude: [], future: true },
        mode: 'archive',
      },
      observer: {},
    },
    task,
    signal,
  );
};
