import { compactStore, type CompactReport, leftUndone } from '../compact/compact-store.ts';
import { type AwsOptions, openBucket } from './aws-resources.ts';
import { type DeployedOptions, readDeployment } from './deployed.ts';
import { formatCount } from '../model/format-count.ts';
import { labelOf } from '../model/slice.ts';
import type { Log } from '../runtime/log.ts';
import { createLog, type LambdaLog } from '../runtime/logger.ts';

/** The result of a run, in figures. */
export interface CompactSummary {
  readonly written: number;
  readonly events: number;
  readonly left: number;
  readonly remaining: number;
}

/** The compactor of a deployment: one for all of its sources. */
export interface DeployedCompactor {
  readonly log: LambdaLog;
  /** Compacts the days closed since the last run. Throws if a day can't be compacted: its lines remain, but on-call must check it. */
  readonly run: (signal: AbortSignal) => Promise<CompactSummary>;
}

/** Creates the compactor. Throws ConfigurationError for an environment that is not the deployment's. */
export const createDeployedCompactor = ({ environment, ...aws }: DeployedOptions): DeployedCompactor => {
  const { sources, bucket } = readDeployment(environment, ['sources', 'bucket']);
  const log = createLog('compactor');
  const names = sources.map(({ name }) => name);
  return { log, run: (signal) => runCompactor(bucket, names, log, aws, signal) };
};

const runCompactor = async (
  bucket: string,
  sources: readonly string[],
  log: Log,
  aws: AwsOptions,
  signal: AbortSignal,
): Promise<CompactSummary> => {
  const report = await compactStore(openBucket(`s3://${bucket}`, aws), { sources, signal });
  const summary = logCompaction(log, report);
  const [first, ...others] = leftUndone(report);
  if (!first) return summary;
  const more = others.length > 0 ? `, and ${formatCount(others.length)} more` : '';
  throw new Error(`${labelOf(first.slice)} could not be compacted${more}: ${first.message}`);
};

const logCompaction = (log: Log, report: CompactReport): CompactSummary => {
  const undone = new Set<object>(leftUndone(report));
  const summary = { written: 0, events: 0, left: 0, remaining: report.remaining };
  for (const one of report.slices) {
    const { source, stream, day } = one.slice;
    if (one.kind === 'written') {
      summary.written += 1;
      summary.events += one.events;
      log.info('day compacted', { source, stream, day, key: one.key, events: one.events, bytes: one.bytes });
    } else if (one.kind === 'left') {
      summary.left += 1;
      const write = undone.has(one) ? log.error : log.debug;
      write('day left', { source, stream, day, reason: one.reason, problem: one.message });
    }
  }
  log.info('compaction', { ...summary });
  return summary;
};
