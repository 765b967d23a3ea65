import { ConfigurationError, RateLimitedError, UpstreamError } from '../errors.ts';
import type { AccessToken } from '../zoom/access-token.ts';
import { revoke } from '../zoom/authorization-code.ts';
import { AuthorizedGrant } from '../zoom/authorized-grant.ts';
import { zoomAppOf } from './zoom-app.ts';
import type { ConnectionContext, ConnectionSecret } from './ports.ts';

/** The result of revoking the grant at Zoom. */
export type Revocation =
  | { readonly outcome: 'revoked' }
  /** It had ended before, or there was none. */
  | { readonly outcome: 'nothing-to-revoke' }
  /** It may stay valid: only removing the app in Zoom ends it now. */
  | { readonly outcome: 'not-revoked'; readonly message: string };

/**
 * Ends a connection: revokes the grant at Zoom, then deletes tokens and app credentials, whatever Zoom responded. Delivered
 * events stay, and so does the link to the Zoom account. Safe to repeat.
 */
export const disconnect = async (connection: ConnectionContext, signal: AbortSignal): Promise<Revocation> => {
  const { secret } = await connection.secrets.read();
  const revocation = await revokeGrant(connection, secret, signal);
  await connection.secrets.change(({ accountId }) => (accountId === undefined ? {} : { accountId }));
  return revocation;
};

const revokeGrant = async (
  { source, grants, transport, retryContext }: ConnectionContext,
  { app, grant }: ConnectionSecret,
  signal: AbortSignal,
): Promise<Revocation> => {
  if (!app || !grant) return { outcome: 'nothing-to-revoke' };
  const zoomApp = zoomAppOf(source, app);
  const tokens = new AuthorizedGrant(transport, retryContext, zoomApp, grants);
  const revokeBy = ({ value }: AccessToken): Promise<boolean> =>
    revoke(transport, retryContext, zoomApp, value, signal);
  try {
    const token = await tokens.current(signal);
    // Zoom revokes a grant only by a valid token; a grant with an unknown token may still have a newer one.
    const revoked = (await revokeBy(token)) || (await revokeBy(await tokens.renew(token, signal)));
    return { outcome: revoked ? 'revoked' : 'nothing-to-revoke' };
  } catch (error) {
    if (error instanceof ConfigurationError && error.reason === 'grant-dead') {
      return { outcome: 'nothing-to-revoke' };
    }
    const isZooms = [ConfigurationError, RateLimitedError, UpstreamError].some(
      (kind) => error instanceof kind,
    );
    if (!isZooms) throw error;
    return { outcome: 'not-revoked', message: (error as Error).message };
  }
};
