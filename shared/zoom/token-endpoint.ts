import * as z from 'zod';
import { type Failure, parseBody, type ZoomResponse } from './zoom-response.ts';
import type { HttpTransport } from './http-transport.ts';
import type { Attempt } from './with-retries.ts';

/** How our app proves itself to Zoom, and where. */
export interface App {
  readonly clientId: string;
  readonly clientSecret: string;
  /** `https://zoom.us/oauth`, without a slash at the end. */
  readonly oauthUrl: string;
  /** Whether it was set in environment variables, so that a message may name them. */
  readonly fromEnvironment?: boolean;
}

const AN_HOUR = 3600;
const A_YEAR = 366 * 86_400;

/** As lenient as can be: an answer that is thrown away may take the only living refresh token with it. */
const TokenResponseSchema = z.object({
  /** Opaque, of any length, but fit for a header. */
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  refresh_token: z.string().min(1).optional().catch(undefined),
  /** Seconds. */
  expires_in: z.coerce.number().positive().max(A_YEAR).catch(AN_HOUR),
  /** Separated by blanks. */
  scope: z.string().catch(''),
  api_url: z.string().optional().catch(undefined),
});

export type TokenResponse = z.infer<typeof TokenResponseSchema>;

/** Asks the token endpoint once. The form names the grant. */
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
  return parsed?.success ? { kind: 'success', value: parsed.data } : { kind: 'answer', response };
};

/** Posts a form to one of the endpoints under `/oauth`. The app's secret travels in the Basic header alone. */
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
