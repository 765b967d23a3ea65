/** A signal that aborts `marginMs` before a deadline that is `remainingMs` away: time to end what has begun. */
export const signalBefore = (remainingMs: number, marginMs: number): AbortSignal =>
  AbortSignal.timeout(Math.max(0, Math.floor(remainingMs - marginMs)));
