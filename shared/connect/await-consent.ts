import type { BegunConnection } from './begin-connection.ts';
import type { ConnectionContext, ConnectionSecret } from './ports.ts';

/** The time between two looks at the secret. */
const LOOK_EVERY_MS = 2000;

/** A callback has no more time than this from taking the state to storing the grant. */
const CALLBACK_MS = 40_000;

/** What became of a connection that was begun. */
export type Consent =
  | 'connected'
  /** The administrator said no on Zoom's consent page. */
  | 'declined'
  /** The callback has taken the state and stored nothing: its page says why. */
  | 'refused'
  /** Another `connect` took its place. */
  | 'replaced'
  /** Nobody came back in time. */
  | 'expired';

/**
 * Waits until the callback has connected the source, or will not any more. Looks at the secret alone: whoever waits needs no
 * way to the callback, nor it to them. Rejects with the signal's reason as soon as it aborts.
 */
export const awaitConsent = async (
  { secrets, retryContext: { clock } }: Pick<ConnectionContext, 'secrets' | 'retryContext'>,
  { state, expiresAt }: BegunConnection,
  signal: AbortSignal,
): Promise<Consent> => {
  let before: ConnectionSecret = {};
  let takenAt: Date | undefined;
  for (;;) {
    const { secret } = await secrets.read();
    const now = clock.now();
    if (secret.pending?.state === state) {
      if (now >= expiresAt) return 'expired';
      before = secret;
    } else {
      if (secret.ended?.state === state) return secret.ended.outcome;
      // The old grant may be renewed while we wait; one that is new since the state was taken is the callback's.
      if (secret.grant && secret.grant.refreshToken !== before.grant?.refreshToken) return 'connected';
      if (secret.pending) return 'replaced';
      takenAt ??= now;
      if (now.getTime() - takenAt.getTime() > CALLBACK_MS) return 'refused';
    }
    await clock.sleep(LOOK_EVERY_MS, signal);
  }
};
