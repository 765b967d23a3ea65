import type { BegunConnection } from './begin-connection.ts';
import type { ConnectionContext, ConnectionSecret } from './ports.ts';

/** The time between two reads of the secret. */
const LOOK_EVERY_MS = 2000;

/** The most time that a callback has from claiming the state to storing the grant. */
const CALLBACK_MS = 40_000;

/** The result of a pending connection. */
export type Consent =
  | 'connected'
  /** The administrator declined on Zoom's consent page. */
  | 'declined'
  /** The callback has claimed the state and stored nothing: its page says why. */
  | 'refused'
  /** Another `connect` replaced it. */
  | 'replaced'
  /** No callback in time. */
  | 'expired';

/**
 * Waits until the callback has connected the source, or no longer can. It only reads the secret, so it needs no connection
 * to the callback. Rejects with the signal's reason as soon as it aborts.
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
      // The old grant may be renewed during the wait; one that is new since the state was claimed is the callback's.
      if (secret.grant && secret.grant.refreshToken !== before.grant?.refreshToken) return 'connected';
      if (secret.pending) return 'replaced';
      takenAt ??= now;
      if (now.getTime() - takenAt.getTime() > CALLBACK_MS) return 'refused';
    }
    await clock.sleep(LOOK_EVERY_MS, signal);
  }
};
