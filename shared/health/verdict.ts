/** The health of a stream, in one word. */
export const VERDICTS = [
  /** Events arrive. */
  'flowing',
  /** Zoom responds and has no new events, within the limit of this stream. */
  'quiet',
  /** Zoom responds and has had no new events for longer than the limit. */
  'silent',
  /** No poll has ended for three poll intervals. */
  'not_running',
  /** Zoom refuses, and only an operator can fix it: a scope, a role, a plan, an app, a credential. */
  'unauthorized',
  /** A daily limit is used up: Zoom's for the account, or our budget. */
  'throttled',
  /** Zoom cannot be reached, fails, or responds with something unusable. */
  'zoom_failing',
  /** Zoom is not the cause: its responses cannot be stored or projected. */
  'not_delivering',
  /** Rows are delivered that can no longer be parsed. */
  'not_parsing',
  /** The source is not connected yet, or was disconnected. */
  'not_connected',
] as const;

export type Verdict = (typeof VERDICTS)[number];

/** Verdicts that need no action. */
export const WELL: ReadonlySet<Verdict> = new Set<Verdict>(['flowing', 'quiet', 'not_connected']);
