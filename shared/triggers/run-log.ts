import type { SliceOutcome } from '../collect/collect-slice.ts';
import type { RunObserver, RunReport } from '../collect/collect-slices.ts';
import type { Log } from '../runtime/log.ts';

/** Reasons that need no action: the next run continues where this one stopped. */
const PASSING = new Set(['rate-limited', 'stopped', 'zoom-failing']);

/** Logs a run while it is in progress: a line for each slice with new rows, and for each missing one. */
export const runObserver = (log: Log): RunObserver => ({
  sliceDone: (outcome) => logSlice(log, 'slice', outcome),
  slicePartial: (outcome) => logSlice(log, 'slice stopped by a failure', outcome),
  sliceMissing: ({ slice, reason, message, zoomTrackingId }) => {
    const write = PASSING.has(reason) ? log.warn : log.error;
    write('slice missing', {
      stream: slice.stream,
      day: slice.day,
      reason,
      problem: message,
      zoomTrackingId,
    });
  },
});

const logSlice = (log: Log, event: string, outcome: SliceOutcome): void => {
  const { slice, listing, read, delivered, rejected, repeatedNames, invalidUtf8, held, objects } = outcome;
  const write = isNews(outcome) ? log.info : log.debug;
  write(event, {
    stream: slice.stream,
    day: slice.day,
    listing,
    read,
    delivered,
    rejected,
    held,
    objects,
    ...(repeatedNames > 0 && { repeatedNames }),
    ...(invalidUtf8 > 0 && { invalidUtf8 }),
  });
};

/** The counts of a run. */
export interface RunSummary {
  readonly slices: number;
  readonly missing: number;
  readonly deferred: number;
  readonly delivered: number;
  /** Requests to Zoom. */
  readonly requests: number;
}

/** Logs the warnings and the counts of a finished run. */
export const logRun = (log: Log, run: string, report: RunReport): RunSummary => {
  for (const { kind, slice, rows } of report.notices) {
    log.warn('notice', { kind, stream: slice.stream, day: slice.day, rows });
  }
  for (const { stream, rows, from, to, since } of report.unreadable) {
    log.warn('rows that could not be read', { stream, rows, from, to, since: since.toISOString() });
  }
  for (const problem of report.auditFailures) log.warn('audit log not written', { problem });
  const { outcomes, partial, missing, deferred, cost } = report;
  const delivered = [...outcomes, ...partial].reduce((sum, outcome) => sum + outcome.delivered, 0);
  const summary = {
    slices: outcomes.length,
    missing: missing.length,
    deferred: deferred.length,
    delivered,
    requests: cost.requests,
  };
  log.info(run, summary);
  return summary;
};

const isNews = ({ delivered, rejected, held }: SliceOutcome): boolean => delivered + rejected + held > 0;
