/** What can be said of a stream's health, in one word. */
export const VERDICTS = [
  /** Events come. */
  'flowing',
  /** Zoom answers and has nothing new, no longer than this stream is used to. */
  'quiet',
  /** Zoom answers and has nothing new, longer than that. */
  'silent',
  /** No poll has ended for longer than three of them should take. */
  'not_running',
  /** Zoom refuses, and only a person can change it: a scope, a role, a plan, an app, a credential. */
  'unauthorized',
  /** A daily limit is used up: Zoom's for the account, or the share that is ours. */
  'throttled',
  /** Zoom cannot be reached, fails, or answers what is no answer. */
  'zoom_failing',
  /** Zoom is not the reason: what it answers cannot be stored or projected. */
  'not_delivering',
  /** Rows are delivered that nothing could be read from, though it could before. */
  'not_parsing',
  /** Nobody has connected the source yet, or somebody disconnected it. */
  'not_connected',
] as const;

export type Verdict = (typeof VERDICTS)[number];

/** Verdicts under which nobody needs to do anything. */
export const WELL: ReadonlySet<Verdict> = new Set<Verdict>(['flowing', 'quiet', 'not_connected']);
