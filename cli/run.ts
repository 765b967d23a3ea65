import { createLocalConnector } from '../shared/app/local.ts';
import { openLocalStore } from '../shared/app/open-store.ts';
import type {
  Connector,
  Missing,
  Run,
  RunObserver,
  RunReport,
  SliceOutcome,
} from '../shared/app/connector.ts';
import { ConfigurationError } from '../shared/errors.ts';
import { addDays, type Day, dayOf } from '../shared/model/day.ts';
import type { StreamName } from '../shared/model/stream.ts';
import { STREAM_NAMES } from '../shared/model/stream.ts';
import type { Format, OcsfVersion } from '../shared/normalize/index.ts';
import { clockFrom } from '../shared/runtime/clock.ts';
import { showProgress } from './progress.ts';
import { recordedRun, recordFailure, type RunSubject } from './recorded-run.ts';
import { summaryToJson, summaryToText } from './report.ts';
import { printProse } from './output/prose.ts';
import type { ExitCode, CliContext } from './context.ts';
import { printable } from './text.ts';

/** Options shared by `collect` and `poll`. */
export interface RunOptions {
  readonly out: string;
  readonly source: string;
  readonly stream?: StreamName;
  readonly format: readonly Format[];
  readonly ocsf: OcsfVersion;
  readonly lookbackDays: number;
  readonly backfillDays?: number;
  readonly requestsPerDay: number;
  readonly groupReadable?: true;
  readonly now?: Date;
  readonly dryRun?: true;
  readonly json?: true;
}

/** For a run without a progress display: its output is JSON, or its extent is not known in advance. */
export const NO_EXTENT = { days: 0, streams: 0 };

/** Runs with a progress display and prints the result. */
export const run = async (
  name: Run,
  options: RunOptions,
  context: CliContext,
  extent: { readonly days: number; readonly streams: number },
  work: (connector: Connector, observer: RunObserver) => Promise<RunReport>,
): Promise<ExitCode> => {
  const { environment, random, proxies, stdout, stderr } = context;
  const clock = options.now ? clockFrom(options.now, context.clock) : context.clock;
  const streams = options.stream ? [options.stream] : STREAM_NAMES;
  const subject: RunSubject = { run: name, source: options.source, streams };
  const connector = await createLocalConnector({
    environment,
    random,
    proxies,
    clock,
    out: options.out,
    source: options.source,
    streams,
    formats: options.format,
    ocsfVersion: options.ocsf,
    lookbackDays: options.lookbackDays,
    backfillDays: options.backfillDays,
    requestsPerDay: options.requestsPerDay,
    groupReadable: options.groupReadable,
  }).catch(async (error: unknown) => {
    if (isAnotherAccount(error)) {
      const store = await openLocalStore(options.out, { clock, random });
      await recordFailure(store, subject, error, clock.now()).catch(() => undefined);
    }
    throw error;
  });
  const started = context.clock.now();
  const progress = showProgress(context, connector, options.json ? NO_EXTENT : extent);
  const soFar = gathered(progress.observer);
  const print = (report: RunReport, failure?: ConfigurationError): void => {
    progress.stop();
    const seconds = (context.clock.now().getTime() - started.getTime()) / 1000;
    const { source, out: place } = options;
    const summary = { source, out: place, requests: connector.requests, seconds, report, failure };
    if (options.json) stdout(summaryToJson(summary));
    else printProse(summaryToText(summary), context);
  };
  try {
    const report = await recordedRun(connector.store, subject, clock, () => work(connector, soFar.observer));
    print(report);
    // A later poll collects the earlier days that this one deferred for lack of requests. `collect` must collect exactly its days.
    const firstOwed = name === 'collect' ? undefined : firstLiveDay(options, clock.now());
    const owed = report.deferred.filter(({ day }) => firstOwed === undefined || day >= firstOwed);
    return report.missing.length + owed.length + report.notParsing.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const report = soFar.report();
    print(report, error);
    const isSaid = !options.json && report.missing.some(({ message }) => message === error.message);
    if (!isSaid) stderr(`${printable(error.message)}\n`);
    return 1;
  } finally {
    progress.stop();
    await connector.close();
  }
};

const firstLiveDay = ({ lookbackDays }: RunOptions, now: Date): Day => addDays(dayOf(now), -lookbackDays);

const isAnotherAccount = (error: unknown): boolean =>
  error instanceof ConfigurationError && error.reason === 'another-account';

/** The result of a run so far: all that can be reported if the output folder fails. */
const gathered = (observer: RunObserver): { observer: RunObserver; report: () => RunReport } => {
  const outcomes: SliceOutcome[] = [];
  const partial: SliceOutcome[] = [];
  const missing: Missing[] = [];
  return {
    observer: {
      sliceDone: (outcome) => {
        outcomes.push(outcome);
        observer.sliceDone?.(outcome);
      },
      slicePartial: (outcome) => {
        partial.push(outcome);
        observer.slicePartial?.(outcome);
      },
      sliceMissing: (entry) => {
        missing.push(entry);
        observer.sliceMissing?.(entry);
      },
    },
    report: () => ({
      outcomes,
      partial,
      missing,
      deferred: [],
      notices: [],
      unreadable: [],
      notParsing: [],
      auditFailures: [],
      parkedUntil: undefined,
      cost: { requests: 0, throttled: 0, failed: 0, milliseconds: 0 },
    }),
  };
};
