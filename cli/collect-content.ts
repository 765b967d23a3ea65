import {
  type ContentCollector,
  type ContentTask,
  createContentCollector,
  estimateContentRun,
  type LocalContentOptions,
} from '../shared/app/content.ts';
import { openLocalStore } from '../shared/app/open-store.ts';
import { ConfigurationError, RateLimitedError, reasonOf, UpstreamError } from '../shared/errors.ts';
import type { ContentConfig } from '../shared/model/content-config.ts';
import { CONTENT_STREAM_NAMES, type ContentStreamName } from '../shared/model/content-stream.ts';
import type { Day } from '../shared/model/day.ts';
import type { OcsfVersion } from '../shared/normalize/index.ts';
import { clockFrom } from '../shared/runtime/clock.ts';
import { chooseContent, contentRange } from './content-choice.ts';
import { confirmMode, recordedMode } from './content-mode.ts';
import { contentEstimateToJson, contentEstimateToText } from './content-estimate.ts';
import type { ContentFlags } from './content-options.ts';
import { showContentProgress } from './content-progress.ts';
import {
  contentFailureToJson,
  type ContentSummary,
  contentSummaryToJson,
  contentSummaryToText,
  isWhole,
} from './content-report.ts';
import type { ExitCode, CliContext } from './context.ts';
import type { Prompt } from './prompt.ts';
import { printProse } from './output/prose.ts';
import { reportInterrupts } from './report-interrupts.ts';
import { recordedRun, recordFailure, type RunSubject } from './recorded-run.ts';
import { printable } from './text.ts';

/** The options of `collect --content`. */
export interface CollectContentOptions extends ContentFlags {
  readonly from?: Day;
  readonly to?: Day;
  readonly out: string;
  readonly source: string;
  readonly stream?: ContentStreamName | undefined;
  /** The sources file, if one is named. */
  readonly config?: string | undefined;
  readonly requestsPerDay: number;
  readonly ocsf: OcsfVersion;
  readonly groupReadable?: true;
  readonly now?: Date;
  readonly dryRun?: true;
  readonly json?: true;
  /** Whether a change of the mode is not confirmed at the prompt. */
  readonly yes?: true;
}

/** `collect --content`: collects the content of a range of days, or counts it. */
export const collectContent = async (
  options: CollectContentOptions,
  context: CliContext,
  prompt?: Prompt,
): Promise<ExitCode> => {
  const { environment, random, proxies } = context;
  const clock = options.now ? clockFrom(options.now, context.clock) : context.clock;
  const otherwise = await recordedMode(options.out, options.source, context);
  const choice = chooseContent(options, options.source, options.config, otherwise);
  const range = contentRange(options.from ?? choice.from, options.to ?? choice.to, clock.now());
  const task: ContentTask = {
    streams: options.stream ? [options.stream] : CONTENT_STREAM_NAMES,
    ...range,
  };
  const { source, out, requestsPerDay, groupReadable, ocsf: ocsfVersion } = options;
  const local: LocalContentOptions = {
    environment,
    random,
    proxies,
    clock,
    ...{ out, source, choice, requestsPerDay, groupReadable, ocsfVersion },
  };
  return options.dryRun
    ? reportInterrupts(context, () => estimate(local, task, options, context))
    : collect(local, task, choice, options, context, prompt);
};

const estimate = async (
  local: LocalContentOptions,
  task: ContentTask,
  { source, json }: CollectContentOptions,
  context: CliContext,
): Promise<ExitCode> => {
  const progress = showContentProgress(json ? { ...context, stderrIsTty: false } : context);
  const run = await estimateContentRun(local, task, context.signal, progress.observer).finally(() =>
    progress.stop(),
  );
  if (json) context.stdout(contentEstimateToJson(source, task, run));
  else printProse(contentEstimateToText(source, task, run), context);
  return run.problems.length === 0 ? 0 : 1;
};

const collect = async (
  local: LocalContentOptions,
  task: ContentTask,
  { mode, mirror: rules, types, people }: ContentConfig,
  { source, out, json, yes }: CollectContentOptions,
  context: CliContext,
  prompt: Prompt | undefined,
): Promise<ExitCode> => {
  const { clock } = local;
  const subject: RunSubject = { run: 'collect', kind: 'content', source, streams: task.streams };
  const collector = await createContentCollector(local).catch(async (error: unknown) => {
    if (error instanceof ConfigurationError && error.reason === 'another-account') {
      const store = await openLocalStore(out, local);
      await recordFailure(store, subject, error, clock.now()).catch(() => undefined);
    }
    throw error;
  });
  const started = context.clock.now();
  const secondsSince = (): number => (context.clock.now().getTime() - started.getTime()) / 1000;
  const progress = showContentProgress(json ? { ...context, stderrIsTty: false } : context);
  try {
    const requested = { source, mode, rules, now: clock.now(), yes };
    if (!(await confirmMode(collector.store, requested, context, prompt))) return 1;
    const summary = await recordedRun(collector.store, subject, clock, () =>
      runOnce(collector, task, mode, clock, context, progress.observer),
    );
    progress.stop();
    const whole: ContentSummary = {
      ...summary,
      task,
      types,
      isEveryone: people.include === 'all' && people.exclude.length === 0 && people.future,
      source,
      out,
      requests: collector.requests,
      seconds: secondsSince(),
    };
    if (json) context.stdout(contentSummaryToJson(whole));
    else printProse(contentSummaryToText(whole), context);
    return isWhole(whole) ? 0 : 1;
  } catch (error) {
    progress.stop();
    if (context.signal.aborted) {
      context.stderr('Stopped. What was fetched is kept. Run the command again to continue.\n');
      return 1;
    }
    const isExplained =
      error instanceof ConfigurationError ||
      error instanceof UpstreamError ||
      error instanceof RateLimitedError;
    if (!isExplained) throw error;
    const cost = { source, out, requests: collector.requests, seconds: secondsSince() };
    if (json) context.stdout(contentFailureToJson(cost, error));
    context.stderr(`${printable(error.message)}\n`);
    return CHOICE_PROBLEMS.has(reasonOf(error)) ? 2 : 1;
  } finally {
    progress.stop();
    await collector.close();
  }
};

/** Failures that the command line caused, though they show late. */
const CHOICE_PROBLEMS = new Set<string>(['unknown-person', 'unknown-group', 'people-fixed', 'confirmation']);

/** One run, with its certificate in mode `once`. */
const runOnce = async (
  collector: ContentCollector,
  task: ContentTask,
  mode: ContentConfig['mode'],
  clock: LocalContentOptions['clock'],
  { version: toolVersion, signal }: Pick<CliContext, 'version' | 'signal'>,
  observer: Parameters<ContentCollector['collect']>[2],
): Promise<Pick<ContentSummary, 'report' | 'holdings' | 'certificate'>> => {
  const beganAt = clock.now();
  const report = await collector.collect(task, signal, observer);
  const holdings = await collector.holdings(task, report);
  if (mode !== 'once') return { report, holdings, certificate: undefined };
  const facts = { task, report, holdings, toolVersion, beganAt, endedAt: clock.now() };
  return { report, holdings, certificate: await collector.certify(facts) };
};
