import {
  accountMissing,
  type Answer,
  apiError,
  type Delivery,
  invalidClient,
  invalidGrant,
  noPermission,
  oauthError,
  pageTokenExpired,
  paidOnly,
  scopeMissing,
  scopeMissingBroken,
  tokenExpired,
  validationFailed,
} from './response.ts';
import type { Call } from './call.ts';
import type { ContentPlace } from './content/content-endpoints.ts';
import type { ContentTwist } from './content/pager.ts';
import type { RateLimits } from './rate-limits.ts';
import type { PageShape } from './reports.ts';

/**
 * Where a fault can trigger. `next-page` is a request for a page of a report or list with a page token; `refresh` one that spends a refresh
 * token.
 */
export type Place = 'report' | 'next-page' | 'me' | 'token' | 'refresh' | ContentPlace;

/** The input of a fault. */
export interface FaultContext {
  readonly accountId: string;
  /** The scope that the request needs. */
  readonly scope: string;
  readonly call: Call;
  /** To be filled before the request is handled: how its list is paged. */
  readonly twists: Set<ContentTwist>;
  readonly now: number;
  readonly limits: RateLimits;
  readonly slowMs: number;
  readonly dailyRetryAfterMs: number;
}

/** One fault: it replaces Zoom's response or modifies it. */
export type FaultEffect = (proceed: (shape?: PageShape) => Answer, context: FaultContext) => Answer;

export interface Fault {
  /**
   * `transient`: a retry (with a new token, from the first page) succeeds. `permanent`: an operator must act.
   * `harmless`: the response is valid and must not affect a client.
   */
  readonly nature: 'transient' | 'permanent' | 'harmless';
  /** Also in the group `transport`: the connection breaks, not the response. */
  readonly transport?: true;
  readonly on: readonly Place[];
  readonly does: string;
  /** Its variants by name. Without a name in the spec, a random one is used each time. */
  readonly variants: Readonly<Record<string, FaultEffect>>;
}

const only = (strike: FaultEffect) => ({ plain: strike });

const delivered =
  (delivery: (context: FaultContext) => Delivery): FaultEffect =>
  (proceed, context) => {
    const response = proceed();
    return { ...response, delivery: { ...response.delivery, ...delivery(context) } };
  };

const rewritten =
  (rewrite: (body: string) => string): FaultEffect =>
  (proceed) => {
    const response = proceed();
    return response.status === 200 ? { ...response, body: rewrite(response.body) } : response;
  };

const html = (status: number): Answer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: '<html><head><title>Zoom</title></head><body><h1>We will be right back</h1></body></html>',
});

const byStatus = (statuses: readonly number[], strike: (status: number, context: FaultContext) => Answer) =>
  Object.fromEntries(
    statuses.map((status): [string, FaultEffect] => [
      String(status),
      (_, context) => strike(status, context),
    ]),
  );

const SCOPE_VARIANTS = Object.fromEntries(
  [400, 401].flatMap((status) =>
    [4711, 104, 200].flatMap((code): [string, FaultEffect][] => [
      [`${status}-${code}`, (_, { scope }) => scopeMissing(scope, status, code)],
      [`${status}-${code}-broken`, (_, { scope }) => scopeMissingBroken(scope, status, code)],
    ]),
  ),
);

const API: readonly Place[] = ['report', 'me', 'content'];
const EVERYWHERE: readonly Place[] = ['report', 'me', 'token', 'content'];

/** Every fault of the simulator. README.md has the same table; a test compares them. */
export const FAULTS = {
  'token-expired': {
    nature: 'transient',
    on: API,
    does: 'the access token expires early: code 124',
    variants: byStatus([401, 400], tokenExpired),
  },
  'token-invalid-4700': {
    nature: 'transient',
    on: API,
    does: 'the access token is rejected as invalid: code 4700',
    variants: byStatus([401, 400], (status) => apiError(status, 4700, 'Invalid Access Token.')),
  },
  'page-token-expired': {
    nature: 'transient',
    on: ['next-page'],
    does: 'the page token has expired: code 300, the listing must restart',
    variants: only(() => pageTokenExpired()),
  },
  'status-300-error': {
    nature: 'transient',
    on: ['next-page'],
    does: 'the same under HTTP 300, which looks like a redirect',
    variants: only(() => pageTokenExpired(300)),
  },
  'rate-per-second': {
    nature: 'transient',
    on: ['report', 'content'],
    does: '429 of the per-second limit, with the code 429 or 4001',
    variants: {
      '429': (_, { limits }) => limits.perSecondAnswer(429),
      '4001': (_, { limits }) => limits.perSecondAnswer(4001),
    },
  },
  'rate-daily': {
    nature: 'transient',
    on: ['report', 'content'],
    does: '429 of the daily limit; the stated time is near (dailyRetryAfterMs)',
    variants: only((_, { limits, now, dailyRetryAfterMs }) => limits.dailyAnswer(now + dailyRetryAfterMs)),
  },
  'too-many-concurrent': {
    nature: 'transient',
    on: API,
    does: '429 because of parallel requests, without headers',
    variants: only(() => apiError(429, 429, 'Too many concurrent requests. Try again later.')),
  },
  'server-error': {
    nature: 'transient',
    on: API,
    does: '500, 502, 503 or 504 with a JSON body',
    variants: byStatus([500, 502, 503, 504], (status) => apiError(status, status, 'Internal error.')),
  },
  'html-body-502': {
    nature: 'transient',
    on: EVERYWHERE,
    does: '502 with a page of HTML',
    variants: only(() => html(502)),
  },
  'html-body-200': {
    nature: 'transient',
    on: API,
    does: '200 with a page of HTML',
    variants: only(() => html(200)),
  },
  'error-body-under-200': {
    nature: 'transient',
    on: ['report', 'content'],
    does: '200 with an error in the body: an expired token, a rate limit or a server error',
    variants: {
      'token-expired': () => tokenExpired(200),
      'rate-limit': () =>
        apiError(200, 429, 'You have reached the maximum per-second rate limit for this API.'),
      'server-error': () => apiError(200, 500, 'Internal error.'),
    },
  },
  'cut-json': {
    nature: 'transient',
    on: API,
    does: 'a complete HTTP response with truncated JSON',
    variants: only(rewritten((body) => body.slice(0, Math.floor(body.length * 0.6)))),
  },
  'empty-body': {
    nature: 'transient',
    on: API,
    does: '200 with an empty body',
    variants: only(rewritten(() => '')),
  },
  'cut-body': {
    nature: 'transient',
    transport: true,
    on: API,
    does: 'the connection closes before content-length is reached',
    variants: only(delivered(() => ({ breaks: 'cut' }))),
  },
  'reset-mid-body': {
    nature: 'transient',
    transport: true,
    on: API,
    does: 'the connection is reset within the body',
    variants: only(delivered(() => ({ breaks: 'mid-body' }))),
  },
  'connection-reset': {
    nature: 'transient',
    transport: true,
    on: EVERYWHERE,
    does: 'the connection is reset before a response; the request has no effect',
    variants: only(() => ({ status: 0, body: '', delivery: { breaks: 'no-answer' } })),
  },
  'token-endpoint-500': {
    nature: 'transient',
    on: ['token'],
    does: 'the token endpoint fails: 500 or 503',
    variants: byStatus([500, 503], (status) => oauthError(status, 'server_error', 'Internal error.')),
  },
  'token-endpoint-429': {
    nature: 'transient',
    on: ['token'],
    does: 'the token endpoint is rate-limited',
    variants: only(() => oauthError(429, 'too_many_requests', 'Too many requests.')),
  },

  'token-response-lost': {
    nature: 'permanent',
    transport: true,
    on: ['refresh'],
    does: 'Zoom rotates the refresh token and the response is lost: fatal without a grace period',
    variants: only(delivered(() => ({ breaks: 'no-answer' }))),
  },
  'scope-missing': {
    nature: 'permanent',
    on: API,
    does: 'the token lacks the scope: 400 or 401, code 4711, 104 or 200, the body broken JSON or not',
    variants: SCOPE_VARIANTS,
  },
  'role-too-weak': {
    nature: 'permanent',
    on: ['report', 'content'],
    does: 'the admin behind the token may not read reports: code 200, "No permission."',
    variants: byStatus([400, 403, 200], noPermission),
  },
  'free-plan': {
    nature: 'permanent',
    on: ['report', 'content'],
    does: 'the reports need a paid plan: code 200',
    variants: byStatus([400, 403], (status, { accountId }) => paidOnly(accountId, status)),
  },
  'validation-failed': {
    nature: 'permanent',
    on: ['report'],
    does: 'the request is rejected: code 300 under 400 or 300, or the text about six months',
    variants: {
      ...byStatus([400, 300], (status) => validationFailed('from', 'Invalid field.', status)),
      'six-months': () => apiError(400, 300, 'Only data of the recent 6 months can be queried.'),
    },
  },
  'account-missing': {
    nature: 'permanent',
    on: API,
    does: 'the account does not exist: 404, code 2001',
    variants: only((_, { accountId }) => accountMissing(accountId)),
  },
  'user-missing': {
    nature: 'permanent',
    on: ['me'],
    does: 'the user does not exist: 404, code 1001',
    variants: only(() => apiError(404, 1001, 'User does not exist: me.')),
  },
  'grant-dead': {
    nature: 'permanent',
    on: API,
    does: 'the connection has ended: 401 with code 4717, 4735, 4738 or 4741',
    variants: Object.fromEntries(
      [4717, 4735, 4738, 4741].map((code): [string, FaultEffect] => [
        String(code),
        () => apiError(401, code, 'The connection of this app has ended.'),
      ]),
    ),
  },
  'invalid-grant': {
    nature: 'permanent',
    on: ['token'],
    does: 'the refresh token was used, replaced or revoked',
    variants: {
      grant: invalidGrant,
      request: () => oauthError(401, 'invalid_request', 'Invalid Token!'),
    },
  },
  'invalid-client': {
    nature: 'permanent',
    on: ['token'],
    does: 'the client id or secret is wrong: 400 or 401',
    variants: byStatus([400, 401], invalidClient),
  },
  'invalid-request': {
    nature: 'permanent',
    on: ['token'],
    does: 'a parameter is wrong, or the Server-to-Server app is deactivated',
    variants: only(() => oauthError(400, 'invalid_request', 'Bad Request')),
  },
  'unsupported-grant-type': {
    nature: 'permanent',
    on: ['token'],
    does: 'the app does not support this grant type',
    variants: only(() => oauthError(400, 'unsupported_grant_type', 'unsupported grant type')),
  },

  'slow-answer': {
    nature: 'harmless',
    transport: true,
    on: [...EVERYWHERE, 'download', 'file-host'],
    does: 'the response starts after slowMs',
    variants: only(delivered(({ slowMs }) => ({ delayMs: slowMs }))),
  },
  'slow-body': {
    nature: 'harmless',
    transport: true,
    on: EVERYWHERE,
    does: 'the second half of the body follows after slowMs',
    variants: only(delivered(({ slowMs }) => ({ bodyMs: slowMs }))),
  },
  'empty-middle-page': {
    nature: 'harmless',
    on: ['report', 'list'],
    does: 'a page without rows although more follow (never twice in succession)',
    variants: only((proceed) => proceed('empty')),
  },
  'short-page': {
    nature: 'harmless',
    on: ['report', 'list'],
    does: 'a page with fewer rows than requested although more follow',
    variants: only((proceed) => proceed('short')),
  },
  'unknown-field': {
    nature: 'harmless',
    on: API,
    does: 'the response has an unknown field',
    variants: only(rewritten((body) => body.replace('{', '{"data_region":{"code":"X1"},'))),
  },
  'next-token-null': {
    nature: 'harmless',
    on: ['report', 'list'],
    does: 'null for the empty token of a last page',
    variants: only(rewritten((body) => body.replace('"next_page_token":"",', '"next_page_token":null,'))),
  },
  'next-token-absent': {
    nature: 'harmless',
    on: ['report', 'list'],
    does: 'no token field on a last page',
    variants: only(rewritten((body) => body.replace('"next_page_token":"",', ''))),
  },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;
export type FaultGroup = 'all' | 'transient' | 'permanent' | 'harmless' | 'transport';

export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

/** The faults of a group, or undefined if there is no such group. */
export const faultsOfGroup = (group: string): readonly FaultName[] | undefined => {
  if (group === 'all') return FAULT_NAMES;
  const members = FAULT_NAMES.filter((name) => {
    const fault: Fault = FAULTS[name];
    return group === fault.nature || (group === 'transport' && fault.transport);
  });
  return members.length > 0 ? members : undefined;
};
