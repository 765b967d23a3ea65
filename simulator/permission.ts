import type { Account } from './account.ts';
import {
  type Answer,
  accountMissing,
  apiError,
  noPermission,
  paidOnly,
  scopeMissing,
  tokenExpired,
} from './response.ts';
import type { Call } from './call.ts';
import { type Grant, type Grants, livingScopes } from './grants.ts';
import type { StreamName } from './row-store.ts';

type ApiEndpoint = StreamName | 'me';

/** Any of these scopes is sufficient. A refusal names the first. */
export const SCOPES: Record<ApiEndpoint, readonly [string, ...string[]]> = {
  operation: ['report:read:operation_logs:admin', 'report:read:admin'],
  activity: ['report:read:user_activities:admin', 'report:read:admin'],
  me: ['user:read:user:admin', 'user:read:user', 'user:read:admin', 'user:read'],
};

/** Zoom's codes for an ended connection. */
const ENDINGS: Record<Account['state']['connection'], readonly [code: number, message: string]> = {
  alive: [124, 'Invalid access token.'],
  uninstalled: [4741, 'The token has been revoked.'],
  'owner-left': [4735, 'The owner of this token does not exist.'],
  disabled: [4738, 'The application has been disabled by an administrator.'],
};

/**
 * Checks whether a request may be served: a valid token, its scope, then the role of its admin and the plan of the account.
 * Returns the grant, or Zoom's refusal.
 */
export const permit = (
  grants: Grants,
  { bearer }: Call,
  endpoint: ApiEndpoint,
): { readonly grant: Grant } | { readonly rejection: Answer } => {
  const known = identify(grants, bearer);
  if ('rejection' in known) return known;
  const { grant } = known;
  const scopes = livingScopes(grant);
  if (!SCOPES[endpoint].some((scope) => scopes.includes(scope))) {
    return { rejection: scopeMissing(SCOPES[endpoint][0]) };
  }
  const rejection = endpoint === 'me' ? undefined : adminRefusal(grant.account);
  return rejection ? { rejection } : { grant };
};

/** The grant of a valid token of an existing account, or Zoom's refusal. */
export const identify = (
  grants: Grants,
  bearer: string | undefined,
): { readonly grant: Grant } | { readonly rejection: Answer } => {
  if (bearer === undefined) return { rejection: apiError(401, 4700, 'Token cannot be empty') };
  const known = grants.lookUp(bearer);
  if (!known) return { rejection: apiError(401, 124, 'Invalid access token.') };

  const { account, ended } = known.grant;
  if (ended) return { rejection: apiError(401, ...ENDINGS[account.state.connection]) };
  if (known.expired) return { rejection: tokenExpired() };
  if (account.state.closed) return { rejection: accountMissing(account.accountId) };
  return { grant: known.grant };
};

/** What the role of the admin or the plan of the account does not allow. */
export const adminRefusal = ({ accountId, state }: Account): Answer | undefined => {
  if (state.role !== 'strong') return noPermission();
  return state.plan === 'free' ? paidOnly(accountId) : undefined;
};
