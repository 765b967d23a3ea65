import type { Reason } from './reasons.ts';

interface FailureOptions extends ErrorOptions {
  readonly zoomTrackingId?: string | undefined;
}

/**
 * The kinds of failures that are handled differently, by who must act. Each message says what failed, for which slice where
 * there is one, and what to do. It never contains a secret.
 */
abstract class ZoomLogSourceError extends Error {
  /** Zoom's id of the failed request, which its support needs. */
  readonly zoomTrackingId: string | undefined;

  constructor(message: string, options: FailureOptions = {}) {
    super(message, options);
    this.zoomTrackingId = options.zoomTrackingId;
  }

  override get name(): string {
    return this.constructor.name;
  }
}

/** The operator must act: a credential, a scope, a role, a plan, a folder. A retry does not help. */
export class ConfigurationError extends ZoomLogSourceError {
  /** A stable word for the cause, such as `scope-missing`, for machines that read it. */
  readonly reason: Reason;
  /** What it stops: the one stream that was asked for, or everything of the source. */
  readonly scope: 'stream' | 'source';

  constructor(
    reason: Reason,
    message: string,
    options: FailureOptions & { scope?: 'stream' | 'source' } = {},
  ) {
    super(message, options);
    this.reason = reason;
    this.scope = options.scope ?? 'source';
  }
}

/** Zoom's rate limit lasts longer than a run can wait: no call of this kind before `retryAt`. */
export class RateLimitedError extends ZoomLogSourceError {
  readonly retryAt: Date;

  constructor(retryAt: Date, message: string, options?: FailureOptions) {
    super(message, options);
    this.retryAt = retryAt;
  }
}

/** The operator's own limit of requests a day is reached. Rows already read are kept; a run of the next day continues. */
export class BudgetSpentError extends ZoomLogSourceError {}

/** Zoom failed or broke its contract repeatedly. A later run may succeed. */
export class UpstreamError extends ZoomLogSourceError {}

/** A stored object was changed after it was written. It is never overwritten: an operator must check it. */
export class CorruptObjectError extends ZoomLogSourceError {
  readonly key: string;

  constructor(key: string, problem: string, options: ErrorOptions & { remedy?: string } = {}) {
    const { remedy = COLLECT_AGAIN } = options;
    super(`${key} is damaged: ${problem}. It was left unchanged. ${remedy}`, options);
    this.key = key;
  }
}

const COLLECT_AGAIN =
  'Restore it from a copy, or move it and the later objects of its day away to collect the day again.';

/** A stable word for the reason of a failure, for records and machines. */
export const reasonOf = (error: unknown): Reason => {
  if (error instanceof ConfigurationError) return error.reason;
  if (error instanceof RateLimitedError) return 'rate-limited';
  if (error instanceof BudgetSpentError) return 'share-used';
  if (error instanceof CorruptObjectError) return 'damaged-object';
  return error instanceof UpstreamError ? 'zoom-failing' : 'failed';
};

/** Zoom's id of the request that an error is about; undefined if the error names none. */
export const zoomTrackingIdOf = (error: unknown): string | undefined =>
  error instanceof ZoomLogSourceError ? error.zoomTrackingId : undefined;

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
