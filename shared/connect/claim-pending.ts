import { createHash, timingSafeEqual } from 'node:crypto';
import type { EndedConnection, SourceSecret } from '../model/source-secret.ts';
import type { AppCredentials } from './zoom-app.ts';
import type { ConnectionSecret, SecretStore } from './ports.ts';

type Pending = NonNullable<SourceSecret['pending']>;

/** Why a state is not taken: nobody waits for one, somebody waits for another one, or its ten minutes are over. */
export type StateRefusal = 'none-pending' | 'foreign' | 'expired';

export type Claim =
  | { readonly claimed: true; readonly pending: Pending; readonly app: AppCredentials }
  | { readonly claimed: false; readonly why: StateRefusal };

/**
 * Takes the one connection that a state is good for, if it is good. It is gone with the write that takes it, before anything
 * else is done with it: of any number of callbacks with one state, one wins. `ended` is kept for the one who waits, if that is
 * all that comes of it.
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

/** Keeps that a state which was taken came to nothing, for the one who waits. If it can't be kept, he waits a little longer. */
export const endClaimed = (secrets: SecretStore, state: string): Promise<boolean> =>
  secrets
    .change((secret) =>
      // Another connection that waits, and a source that was disconnected meanwhile, are left as they are.
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

/** In a time that tells nothing about how much of the two is alike. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(digestOf(a), digestOf(b));

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
