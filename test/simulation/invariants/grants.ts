import type { Answer } from '../../../simulator/response.ts';
import type { Call } from '../../../simulator/call.ts';
import type { Secret } from '../simulated-secret.ts';
import type { Process } from '../scheduler.ts';
import type { Violate } from './invariant-violation.ts';

/** The state of the authorization, by the tokens that Zoom issued. */
export class GrantsOfZoom {
  readonly #secret: Secret;
  readonly #violate: Violate;
  #living: string | undefined;
  /** A fault occurred while a token was renewed, or the connection was ended: only then may the authorization be lost. */
  isExcused = false;

  constructor(secret: Secret, violate: Violate) {
    this.#secret = secret;
    this.#violate = violate;
  }

  served({ endpoint, form }: Call, { status, body }: Answer): void {
    const grantType = form.get('grant_type');
    if (endpoint !== 'token' || status !== 200 || grantType === 'account_credentials') return;
    const { refresh_token: refreshToken } = readJson(body) as { refresh_token?: string };
    if (refreshToken !== undefined) this.#living = refreshToken;
  }

  revoked(): void {
    this.#living = undefined;
    this.isExcused = true;
  }

  /** No token is used before it is stored: a killed process would lose it. */
  requested({ bearer, endpoint }: Call, by: Process): void {
    if (
      by.role !== 'poller' ||
      bearer === undefined ||
      this.#secret.now.grant === undefined ||
      endpoint === 'me'
    )
      return;
    if (!this.#secret.storedTokens.has(bearer)) {
      this.#violate('stored-before-used', 'an access token is used whose refresh token is not stored');
    }
  }

  /** Whether the stored authorization has ended. */
  get isLost(): boolean {
    const { grant } = this.#secret.now;
    return grant !== undefined && grant.refreshToken !== this.#living;
  }
}

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
};
