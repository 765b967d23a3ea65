import * as z from 'zod';
import { type Failure, parseBody, type ZoomResponse } from './zoom-response.ts';
import type { HttpTransport } from './http-transport.ts';
import type { Attempt } from './with-retries.ts';

/** The credentials of our Zoom app, and the URL where they are used. */
export interface App {
  readonly clientId: string;
  readonly clientSecret: string;
  /** `https://zoom.us/oauth`, without a trailing slash. */
  readonly oauthUrl: string;
  /** Whether it comes from environment variables, so that messages may name them. */
  readonly fromEnvironment?: boolean;
}

const AN_HOUR = 3600;
const A_YEAR = 366 * 86_400;

/** As lenient as possible: a rejected response may contain the only valid refresh token. */
const TokenResponseSchema = z.object({
  /** Opaque, of any length, but valid in a header. */
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  refresh_token: z.string().min(1).optional().catch(undefined),
  /** Seconds. */
  expires_in: z.coerce.number().positive().max(A_YEAR).catch(AN_HOUR),
  /** Separated by blanks. */
  scope: z.string().catch(''),
  api_url: z.string().optional().catch(undefined),
});

export type TokenResponse = z.infer<typeof TokenResponseSchema>;

/** Calls the token endpoint once. The form names the grant. */
export const requestToken = async (
  transport: HttpTransport,
  app: App,
  form: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Attempt<TokenResponse>> => {
  const response = await postForm(transport, app, 'token', form, signal);
  if ('kind' in response) return response;
  const parsed =
    response.status === 200 ? TokenResponseSchema.safeParse(parseBody(response.body)) : undefined;
  return parsed?.success ? { kind: 'success', value: parsed.data } : { kind: 'response', response };
};

/** Posts a form to one of the endpoints under `/oauth`. The app's secret is sent only in the Basic header. */
export const postForm = (
  transport: HttpTransport,
  { clientId, clientSecret, oauthUrl }: App,
  endpoint: 'token' | 'revoke',
  form: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<ZoomResponse | Failure> =>
  transport(
    {
      method: 'POST',
      url: new URL(`${oauthUrl}/${endpoint}`),
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
      },
      body: new URLSearchParams(form).toString(),
    },
    signal,
  );
