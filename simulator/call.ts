import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { type ContentEndpoint, contentEndpointOf } from './content/content-endpoints.ts';

/** The endpoints of Zoom. Faults and counters use the same names. */
export type Endpoint =
  'authorize' | 'token' | 'revoke' | 'operation' | 'activity' | 'me' | ContentEndpoint | 'unknown';

const PATHS: Readonly<Record<string, Endpoint>> = {
  'GET /oauth/authorize': 'authorize',
  'POST /oauth/token': 'token',
  'POST /oauth/revoke': 'revoke',
  'GET /v2/report/operationlogs': 'operation',
  'GET /v2/report/activities': 'activity',
  'GET /v2/users/me': 'me',
};

/** One request with its whole body. */
export interface Call {
  readonly endpoint: Endpoint;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The fields of the form body and of the query: Zoom's token endpoint accepts both. */
  readonly form: URLSearchParams;
  readonly body: string;
  readonly bearer: string | undefined;
  readonly basic: { readonly clientId: string; readonly clientSecret: string } | undefined;
  /** The headers of a download that resumes. */
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

export const readCall = async (request: IncomingMessage): Promise<Call> =>
  toCall({
    method: request.method ?? 'GET',
    url: new URL(request.url ?? '/', 'http://simulator'),
    headers: request.headers,
    body: await text(request),
  });

/** A request independent of the transport; header names are lower-case. */
export interface PlainRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** The endpoint of a request. */
export const toCall = ({ method, url: { pathname, searchParams }, headers, body }: PlainRequest): Call => {
  const { authorization, 'content-type': contentType, range, 'if-range': ifRange } = headers;
  const isForm = String(contentType).startsWith('application/x-www-form-urlencoded');
  return {
    endpoint: PATHS[`${method} ${pathname}`] ?? contentEndpointOf(method, pathname) ?? 'unknown',
    method,
    path: pathname,
    query: searchParams,
    form: new URLSearchParams([...searchParams, ...new URLSearchParams(isForm ? body : '')]),
    body,
    bearer: /^Bearer (.+)$/i.exec(String(authorization))?.[1],
    basic: basicOf(String(authorization)),
    range: range === undefined ? undefined : String(range),
    ifRange: ifRange === undefined ? undefined : String(ifRange),
  };
};

const basicOf = (authorization: string): Call['basic'] => {
  const encoded = /^Basic (.+)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  const [clientId = '', ...secret] = Buffer.from(encoded, 'base64').toString().split(':');
  return { clientId, clientSecret: secret.join(':') };
};
