import { openBucket, openBucketArchive, openCollectQueue } from '../shared/app/aws-resources.ts';
import { ConfigurationError } from '../shared/errors.ts';
import type { Day } from '../shared/model/day.ts';
import { labelOf, type Slice } from '../shared/model/slice.ts';
import type { StreamName } from '../shared/model/stream.ts';
import { dayRanges } from './arguments.ts';
import { recordAuditEntry, operatorAt } from './audit-line.ts';
import { type DeploymentOptions, findDeployedSource } from './deployed-source.ts';
import { printProse } from './output/prose.ts';
import type { ExitCode, CliContext } from './context.ts';
import { plural, roughDuration } from './text.ts';

/** The interval of checks while waiting, and the limit of a wait in which no slice completes. */
const LOOK_EVERY_MS = 5000;
const GIVE_UP_AFTER_MS = 45 * 60_000;

export interface CollectDeployedOptions extends DeploymentOptions {
  readonly source: string;
  readonly stream?: StreamName;
  readonly wait?: true;
  readonly dryRun?: true;
}

/** `collect --deployed`: requests days from a deployed source through its collect queue. Repeats are harmless. */
export const collectDeployed = async (
  options: CollectDeployedOptions,
  days: readonly Day[],
  context: CliContext,
): Promise<ExitCode> => {
  const { clock } = context;
  const { source, resources } = await findDeployedSource(options.source, options, context);
  const streams = options.stream ? [options.stream] : source.streams;
  const slices = days
    .toReversed()
    .flatMap((day) => streams.map((stream): Slice => ({ source: source.name, stream, day })));
  if (options.dryRun) {
    const seconds = slices.length / source.requestsPerSecond;
    printProse(
      `Would request ${plural(slices.length, 'slice')} from ${source.name}: at least ${plural(slices.length, 'request')} to Zoom, about ` +
        `${roughDuration(seconds)} at ${source.requestsPerSecond} per second. A day with many rows takes more.\n`,
      context,
    );
    return 0;
  }
  const requested = clock.now();
  await openCollectQueue(resources.queueUrl, context).send(slices);
  await recordAuditEntry(
    openBucket(`s3://${resources.bucket}`, context),
    {
      at: requested.toISOString(),
      code: 'backfill-asked',
      source: source.name,
      actor: operatorAt(context),
      ...(options.stream && { stream: options.stream }),
      from: days[0],
      to: days.at(-1),
      summary: `${plural(slices.length, 'slice')} requested from the deployed source.`,
      details: { slices: slices.length },
    },
    context,
  );
  printProse(
    `Requested ${plural(slices.length, 'slice')} from ${source.name}: ${streams.join(' and ')} of ${dayRanges(days)}.\n`,
    context,
  );
  if (options.wait) return waitFor(slices, requested, `s3://${resources.bucket}`, context);
  printProse(
    `To see what was collected: bin/zoom-log-source status --out s3://${resources.bucket}. To wait for it, add --wait.\n`,
    context,
  );
  return 0;
};

/** Waits until each slice has been listed whole since the request. */
const waitFor = async (
  slices: readonly Slice[],
  requested: Date,
  bucket: string,
  context: CliContext,
): Promise<ExitCode> => {
  const { stderr, clock, signal } = context;
  let left = slices;
  let lastDone = clock.now();
  while (left.length > 0) {
    if (signal.aborted || clock.now().getTime() - lastDone.getTime() > GIVE_UP_AFTER_MS) {
      const names = left.slice(0, 5).map(labelOf).join(', ');
      stderr(
        `Still missing: ${plural(left.length, 'slice')} (${names}${left.length > 5 ? ', …' : ''}). They stay in the queue. Check its dead-letter queue.\n`,
      );
      return 1;
    }
    await clock.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
    const before = left.length;
    left = await stillUnread(left, requested, bucket, context);
    if (left.length === before) continue;
    lastDone = clock.now();
    stderr(`${slices.length - left.length} of ${plural(slices.length, 'slice')} collected.\n`);
  }
  printProse(`All requested slices are collected, complete as of their listing.\n`, context);
  return 0;
};

/** A new bucket has no object to check. */
const stillUnread = async (
  slices: readonly Slice[],
  requested: Date,
  bucket: string,
  context: CliContext,
): Promise<readonly Slice[]> => {
  try {
    return await (await openBucketArchive(bucket, context)).unreadSince(slices, requested);
  } catch (error) {
    if (error instanceof ConfigurationError && error.reason === 'bucket-empty') return slices;
    throw error;
  }
};
