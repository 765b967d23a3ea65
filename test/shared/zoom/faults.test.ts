import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, UpstreamError } from '../../../shared/errors.ts';
import { FAULTS, type FaultName, type Simulator } from '../../../simulator/index.ts';
import {
  requestsFor,
  aZoom,
  failureMessage,
  operationRows,
  pagesOf,
  rowsOf,
  wired,
} from '../../support/zoom.ts';

/** Three pages. */
const ROWS = 650;

const aBusyZoom = (): Promise<Simulator> => aZoom({ accounts: [{ rows: operationRows(ROWS) }] });

const namesOf = (nature: 'transient' | 'permanent' | 'harmless'): FaultName[] =>
  (Object.keys(FAULTS) as FaultName[]).filter((name) => FAULTS[name].nature === nature);

/** A spec for each form of a fault and each endpoint that it can affect. */
const specsOf = (name: FaultName): string[] => {
  const { on, variants } = FAULTS[name];
  const places = on as readonly string[];
  const endpoints = [
    ...(places.includes('report') || places.includes('next-page') ? ['operation'] : []),
    ...(places.includes('token') ? ['token'] : []),
  ];
  return endpoints.flatMap((endpoint) =>
    Object.keys(variants).map((variant) => `${name}/${variant}@${endpoint}`),
  );
};

const triggered = (zoom: Simulator): number =>
  Object.values(zoom.requests().faults).reduce((sum, count) => sum + count, 0);

describe('a temporary fault', () => {
  it.each(namesOf('transient').flatMap(specsOf))('%s leaves the rows exactly as they are', async (spec) => {
    const zoom = await aBusyZoom();
    zoom.faults.arm(spec);

    const pages = await pagesOf(wired(zoom));

    expect(triggered(zoom)).toBe(1);
    expect(rowsOf(pages)).toEqual(zoom.rows({ stream: 'operation' }));
    expect(pages.at(-1)?.last).toBe(true);
    expect(requestsFor(zoom, 'operation')).toBeLessThanOrEqual(6);
  });

  it.each([
    'connection-reset',
    'server-error',
    'html-body-502',
    'cut-json',
    'rate-per-second',
    'slow-answer',
  ])('%s may occur five times in a row', async (name) => {
    const zoom = await aBusyZoom();
    zoom.faults.arm(`${name}@operation`, 5);

    const pages = await pagesOf(wired(zoom));

    expect(rowsOf(pages)).toEqual(zoom.rows({ stream: 'operation' }));
  });
});

describe('a harmless fault', () => {
  it.each(namesOf('harmless').flatMap(specsOf))('%s goes unnoticed', async (spec) => {
    const zoom = await aBusyZoom();
    zoom.faults.set(spec);
    const listing = wired(zoom);

    const pages = await pagesOf(listing);

    expect(triggered(zoom)).toBeGreaterThan(0);
    expect(rowsOf(pages)).toEqual(zoom.rows({ stream: 'operation' }));
    expect(pages.map(({ index }) => index)).toEqual(pages.map((_, index) => index));
    expect(listing.clock.slept.filter((ms) => ms > 1)).toEqual([]);
  });
});

interface Refusal {
  readonly spec: string;
  readonly reason: string;
  readonly scope: 'stream' | 'source';
  readonly says: RegExp;
  /** Requests of the report and of a token. */
  readonly requests: readonly [report: number, token: number];
}

const variantsOf = (name: FaultName): string[] =>
  Object.keys(FAULTS[name].variants).map((variant) => `${name}/${variant}`);

const REFUSALS: readonly Refusal[] = [
  ...variantsOf('scope-missing').map((spec) => ({
    spec: `${spec}@operation`,
    reason: 'scope-missing',
    scope: 'stream' as const,
    says: /operation log of 2026-11-20.*report:read:operation_logs:admin \(classic apps: report:read:admin\).*Scopes of the app/,
    requests: [2, 1] as const,
  })),
  ...variantsOf('role-too-weak').map((spec) => ({
    spec,
    reason: 'role-too-weak',
    scope: 'stream' as const,
    says: /User Management > Roles.*Admin Activity Logs \(view\).*Usage Reports \(view\)/,
    requests: [2, 1] as const,
  })),
  ...variantsOf('free-plan').map((spec) => ({
    spec,
    reason: 'plan-too-small',
    scope: 'source' as const,
    says: /free plan.*from Pro on/,
    requests: [2, 1] as const,
  })),
  {
    spec: 'account-missing@operation',
    reason: 'account-missing',
    scope: 'source',
    says: /Check the account id/,
    requests: [2, 1],
  },
  {
    spec: 'validation-failed/six-months',
    reason: 'day-too-old',
    scope: 'stream',
    says: /six months only/,
    requests: [1, 1],
  },
  ...['4735', '4741'].map((code) => ({
    spec: `grant-dead/${code}@operation`,
    reason: 'grant-dead',
    scope: 'source' as const,
    says: /Authorize the app again/,
    requests: [2, 2] as const,
  })),
  ...['4717', '4738'].map((code) => ({
    spec: `grant-dead/${code}@operation`,
    reason: 'app-disabled',
    scope: 'source' as const,
    says: /Activate it in Zoom's App Marketplace/,
    requests: [2, 2] as const,
  })),
  ...variantsOf('token-expired').map((spec) => ({
    spec: `${spec}@operation`,
    reason: 'token-dead',
    scope: 'source' as const,
    says: /rejects the tokens that it issued/,
    requests: [2, 2] as const,
  })),
  ...variantsOf('invalid-client').map((spec) => ({
    spec,
    reason: 'credentials-wrong',
    scope: 'source' as const,
    says: /Check both against what the app shows/,
    requests: [0, 1] as const,
  })),
  ...variantsOf('invalid-grant').map((spec) => ({
    spec,
    reason: 'grant-dead',
    scope: 'source' as const,
    says: /Authorize the app again/,
    requests: [0, 2] as const,
  })),
  {
    spec: 'invalid-request',
    reason: 'app-inactive',
    scope: 'source',
    says: /Activate the app in Zoom's App Marketplace, and check the account id/,
    requests: [0, 2],
  },
  {
    spec: 'unsupported-grant-type',
    reason: 'app-kind-wrong',
    scope: 'source',
    says: /Server-to-Server OAuth app/,
    requests: [0, 1],
  },
];

describe('a fault that needs an operator', () => {
  it.each(REFUSALS)(
    '$spec is $reason, after few requests',
    async ({ spec, reason, scope, says, requests }) => {
      const zoom = await aBusyZoom();
      zoom.faults.set(spec);

      const failure = await failureMessage(pagesOf(wired(zoom)));

      expect(failure).toBeInstanceOf(ConfigurationError);
      expect(failure).toMatchObject({ reason, scope });
      expect(failure.message).toMatch(says);
      expect(failure.message).toMatch(/\[HTTP \d{3}, .*tracking id v=2\.0;clid=sim;rid=WEB_[\w-]+\]$/);
      expect([requestsFor(zoom, 'operation'), requestsFor(zoom, 'token')]).toEqual(requests);
    },
  );

  it.each(['400', '300'])(
    'validation-failed/%s is requested once and reported as our error',
    async (variant) => {
      const zoom = await aBusyZoom();
      zoom.faults.set(`validation-failed/${variant}`);

      const failure = await failureMessage(pagesOf(wired(zoom)));

      expect(failure).toBeInstanceOf(UpstreamError);
      expect(failure.message).toMatch(/please report this.*code 300, "Validation Failed\.", field from/);
      expect(requestsFor(zoom, 'operation')).toBe(1);
    },
  );

  it('is accepted only when Zoom repeats it, if it is a refusal', async () => {
    const zoom = await aBusyZoom();
    zoom.faults.arm('server-error');
    zoom.faults.arm('role-too-weak');
    zoom.faults.arm('scope-missing@operation');

    const pages = await pagesOf(wired(zoom));

    expect(rowsOf(pages)).toEqual(zoom.rows({ stream: 'operation' }));
  });
});

describe('a permanent fault', () => {
  it.each([
    ['server-error@operation', /kept failing.*next run tries again.*HTTP 50\d/],
    [
      'html-body-200@operation',
      /^127\.0\.0\.1:\d+ responded for .* with text\/html instead .*captive portal.*\[HTTP 200, tracking id/,
    ],
    ['empty-body@operation', /kept failing.*\[HTTP 200, tracking id/],
    ['cut-json@operation', /kept failing.*\[HTTP 200, tracking id/],
    ['error-body-under-200/server-error', /kept failing.*"Internal error\."/],
    ['connection-reset@operation', /kept failing.*\[no response: \w+\]/],
    ['cut-body@operation', /kept failing.*\[no response: \w+\]/],
    ['reset-mid-body@operation', /kept failing.*\[no response: \w+\]/],
  ])('%s is an upstream failure after seven tries', async (spec, says) => {
    const zoom = await aBusyZoom();
    zoom.faults.set(spec);

    const failure = await failureMessage(pagesOf(wired(zoom)));

    expect(failure).toBeInstanceOf(UpstreamError);
    expect(failure.message).toMatch(says);
    expect(requestsFor(zoom, 'operation')).toBe(7);
  });

  it.each(['token-endpoint-500', 'connection-reset@token', 'html-body-502@token'])(
    '%s is an upstream failure, and no report is requested',
    async (spec) => {
      const zoom = await aBusyZoom();
      zoom.faults.set(spec);

      const failure = await failureMessage(pagesOf(wired(zoom)));

      expect(failure).toBeInstanceOf(UpstreamError);
      expect(failure.message).toMatch(/an access token, and kept failing/);
      expect([requestsFor(zoom, 'operation'), requestsFor(zoom, 'token')]).toEqual([0, 7]);
    },
  );
});
