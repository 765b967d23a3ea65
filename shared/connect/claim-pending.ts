import { createHash, timingSafeEqual } from 'node:crypto';
import type { EndedConnection, SourceSecret } from '../model/source-secret.ts';
import type { AppCredentials } from './zoom-app.ts';
import type { ConnectionSecret, SecretStore } from './ports.ts';

type Pending = NonNullable<SourceSecret['pending']>;

/** Why a state is refused: no connection is pending, another one is, or its ten minutes are over. */
export type StateRejection = 'none-pending' | 'foreign' | 'expired';

export type Claim =
  | { readonly claimed: true; readonly pending: Pending; readonly app: AppCredentials }
  | { readonly claimed: false; readonly why: StateRejection };

/**
 * Claims the pending connection of a state, if the state is valid. The write that claims it removes it, before anything else
 * happens: of any number of callbacks with one state, one wins. `ended` is stored for the waiting command, if the connection
 * ends with this.
 */
export const claimPending = async (
  secrets: SecretStore,
  state: string,
  now: Date,
  ended?: EndedConnection['outcome'],
): Promise<Claim> => {
  let claim: Claim = { claimed: false, why: 'none-pending' };
  await secrets.change((secret) => {
    claim = checkClaim(secret, state, now);
    if (!claim.claimed) return undefined;
    return { ...secret, pending: undefined, ...(ended && { ended: { state, outcome: ended } }) };
  });
  return claim;
};

/** Records for the waiting command that a claimed state failed. If this fails, the command waits a little longer. */
export const endClaimed = (secrets: SecretStore, state: string): Promise<boolean> =>
  secrets
    .change((secret) =>
      // Another pending connection, and a source that was disconnected meanwhile, are left unchanged.
      secret.pending || !secret.app
        ? undefined
        : { ...secret, ended: { state, outcome: 'refused' as const } },
    )
    .catch(() => false);

const checkClaim = ({ app, pending }: ConnectionSecret, state: string, now: Date): Claim => {
  if (!app || !pending) return { claimed: false, why: 'none-pending' };
  if (!isSame(pending.state, state)) return { claimed: false, why: 'foreign' };
  if (now >= new Date(pending.expiresAt)) return { claimed: false, why: 'expired' };
  return { claimed: true, app, pending };
};

/** In a time that does not depend on how much of the two is equal. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(digestOf(a), digestOf(b));

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
