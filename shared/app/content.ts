import { randomUUID } from 'node:crypto';
import { assertAccount, pinAccount } from '../collect/state/pinned-account.ts';
import { DailyBudget } from '../collect/state/daily-budget.ts';
import type { Clock } from '../collect/ports.ts';
import { collectContent, type ContentReport } from '../content/collect-content.ts';
import {
  type CertificateFacts,
  isComplete,
  missingOf,
  readClosedDays,
  toCertificate,
  writeCertificate,
} from '../content/certificate.ts';
import type { ContentChoice, ContentContext, ContentObserver } from '../content/content-context.ts';
import type { ContentTask } from '../content/content-task.ts';
import { type ContentEstimate, estimateContent } from '../content/estimate-content.ts';
import { type Holdings, readHoldings } from '../content/holdings.ts';
import type { FileStore } from '../content/ports.ts';
import { recordContentRun } from '../content/record-run.ts';
import { ConfigurationError } from '../errors.ts';
import { DEFAULT_REQUESTS_PER_DAY } from './connector.ts';
import { daysBetween } from '../model/day.ts';
import type { Proxies } from '../model/proxies.ts';
import type { OcsfVersion } from '../normalize/index.ts';
import { type Environment, readEnvironment } from '../runtime/environment.ts';
import { connectContent } from './content-connection.ts';
import { recordBrake } from './mirror.ts';
import { openLocalStore, openStore } from './open-store.ts';

export type { ContentReport } from '../content/collect-content.ts';
export { type ContentProblem, type ContentTask, NO_ONE_CHOSEN } from '../content/content-task.ts';
export type { ContentObserver } from '../content/content-context.ts';
export type { ContentEstimate } from '../content/estimate-content.ts';
export { type FailedVersion, type FoundSubjects, type Holdings, subjectCounts } from '../content/holdings.ts';
export { isComplete, missingOf };

/** The options of collecting content on this machine. */
export interface LocalContentOptions {
  readonly environment: Environment;
  readonly proxies?: Proxies | undefined;
  /** The folder that files are delivered to. */
  readonly out: string;
  readonly source: string;
  readonly choice: ContentChoice;
  /** The release of OCSF events; 1.8.0 by default. */
  readonly ocsfVersion?: OcsfVersion | undefined;
  readonly requestsPerDay?: number | undefined;
  readonly groupReadable?: boolean | undefined;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/** Collects content from an account's own Server-to-Server app. */
export interface ContentCollector {
  collect(task: ContentTask, signal: AbortSignal, observer?: ContentObserver): Promise<ContentReport>;
  /** What is held by now of the range of a run, of the people that it chose. */
  holdings(task: ContentTask, report: ContentReport): Promise<Holdings>;
  /** Stores the certificate of a run with `once`, and returns its key. */
  certify(facts: CertifiedRun): Promise<string>;
  /** Requests to Zoom's API so far, without those to the file host. */
  readonly requests: number;
  readonly store: FileStore;
  close(): Promise<void>;
}

/** A run and its results. */
export type CertifiedRun = Pick<
  CertificateFacts,
  'task' | 'report' | 'holdings' | 'toolVersion' | 'beganAt' | 'endedAt'
>;

/**
 * A collector of content into a folder of this machine. Throws ConfigurationError for any problem that is found before the first
 * request to Zoom.
 */
export const createContentCollector = async (options: LocalContentOptions): Promise<ContentCollector> => {
  const { source, clock, random, choice } = options;
  const zoom = readEnvironment(options.environment);
  const accountId = zoom.ZOOM_ACCOUNT_ID;
  const connect = connectContent(zoom, options);
  const store = await openStore(options.out, options);
  await assertAccount(store, source, accountId);
  const { client, tokens, listings, downloads, close } = await connect();

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
        ocsfVersion: options.ocsfVersion,
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
        const brake = report.mirror.state?.brake;
        if (brake) await recordBrake(store, source, brake);
        return report;
      } finally {
        await budget.record(undefined);
      }
    },
    holdings: ({ from, to }, { hosts }) =>
      readHoldings(store, source, daysBetween(from, to), hosts && new Set(hosts)),
    certify: async ({ task, report, ...facts }) => {
      const closed = await readClosedDays(store, source, task, report.open, clock.now());
      return writeCertificate(
        store,
        toCertificate({ source, accountId, task, choice, report, closed, ...facts }),
      );
    },
    close,
  };
};

/** The size of what a run would collect, and of what is held of its range already. */
export interface EstimatedRun extends ContentEstimate {
  /** Requests that the lists took; a run makes them again. */
  readonly requests: number;
  readonly held: Pick<Holdings, 'held' | 'bytes'>;
}

/**
 * Counts what a run would collect by listing only. Nothing is downloaded, and the output folder is not changed. Throws
 * ConfigurationError as `createContentCollector` does.
 */
export const estimateContentRun = async (
  options: LocalContentOptions,
  task: ContentTask,
  signal: AbortSignal,
  observer: ContentObserver = {},
): Promise<EstimatedRun> => {
  const { source, clock, choice } = options;
  const zoom = readEnvironment(options.environment);
  const connect = connectContent(zoom, options);
  const store = await openLocalStore(options.out, options).catch((error: unknown) => {
    if (error instanceof ConfigurationError && error.reason === 'folder-empty') return undefined;
    throw error;
  });
  if (store) await assertAccount(store, source, zoom.ZOOM_ACCOUNT_ID);
  const { client, listings, close } = await connect();
  try {
    const estimate = await estimateContent(
      { source, listings, clock, choice, observer, store, beforeRequest: () => undefined },
      task,
      signal,
    );
    const days = daysBetween(task.from, task.to);
    const held = store ? await readHoldings(store, source, days) : { held: 0, bytes: 0 };
    return { ...estimate, requests: client.requests, held };
  } finally {
    await close();
  }
};
