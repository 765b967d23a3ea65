import type { Grant } from '../../../shared/zoom/authorized-grant.ts';
import { authorizeUrl, exchangeCode } from '../../../shared/zoom/authorization-code.ts';
import type { Simulator } from '../../../simulator/index.ts';
import { zoomAppOf, never, wired } from '../zoom.ts';

export const REDIRECT = 'https://connect.quillmere.example/callback';
export const VERIFIER = 'a-verifier-of-more-than-forty-three-letters-and-dashes';

/** Where the consent page sends the admin's browser. */
export const consent = async (url: URL): Promise<URL> => {
  const response = await fetch(url, { redirect: 'manual' });
  return new URL(response.headers.get('location') ?? 'about:blank');
};

/** A code, as Zoom sends it to the redirect address. */
export const aCode = async (zoom: Simulator): Promise<string> => {
  const request = { redirectUri: REDIRECT, state: 'state', codeVerifier: VERIFIER };
  return (await consent(authorizeUrl(zoomAppOf(zoom), request))).searchParams.get('code') ?? '';
};

/** A grant that an admin has just given. */
export const aGrant = async (zoom: Simulator): Promise<Grant> => {
  const { transport, retryContext } = wired(zoom);
  const code = { code: await aCode(zoom), redirectUri: REDIRECT, codeVerifier: VERIFIER };
  return exchangeCode(transport, retryContext, zoomAppOf(zoom), code, never);
};
