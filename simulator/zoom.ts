import { type Account, createAccount } from './account.ts';
import { type Answer, apiError, json } from './response.ts';
import type { Call, Endpoint } from './call.ts';
import { createSeededRandom } from './seeded-random.ts';
import type { SimulatedClock } from './clock.ts';
import { type ContentApi, createContentApi } from './content/content-api.ts';
import { CONTENT_ENDPOINTS, isContentEndpoint } from './content/content-endpoints.ts';
import type { ContentTwist } from './content/pager.ts';
import type { FaultContext } from './fault-table.ts';
import { createFaults, type FaultInjector } from './faults.ts';
import { createGrants } from './grants.ts';
import { createInserts } from './inserts.ts';
import { createOAuth } from './oauth.ts';
import { type AccountState, AccountStateSchema, type Settings } from './options.ts';
import { permit, SCOPES } from './permission.ts';
import { createRateLimits } from './rate-limits.ts';
import { createReports, type PageShape } from './reports.ts';
import type { StreamName } from './row-store.ts';
import { createTrafficCounter, type Traffic } from './traffic.ts';

/** Zoom independent of the transport. */
export interface Zoom {
  readonly accounts: readonly Account[];
  readonly faults: FaultInjector;
  /** Changes an account. The end of a connection permanently invalidates all its tokens. */
  update(account: Account, change: Partial<AccountState>): void;
  /** The response to a request, with faults. */
  respond(call: Call): Answer;
  traffic(): Traffic;
  readonly content: ContentApi;
}

export const createZoom = (settings: Settings, clock: SimulatedClock, origin: () => string): Zoom => {
  const now = () => clock.now().getTime();
  const accounts = settings.accounts.map(createAccount);
  const { lifetimes, refreshGraceSeconds, seed } = settings;
  const grants = createGrants({
    now,
    chance: createSeededRandom(seed, 'tokens'),
    lifetimes,
    refreshGraceSeconds,
  });
  const oauth = createOAuth({
    accounts,
    grants,
    chance: createSeededRandom(seed, 'codes'),
    now,
    codeSeconds: lifetimes.code,
    accessTokenSeconds: lifetimes.accessToken,
    origin,
  });
  const limits = createRateLimits(settings, now, createSeededRandom(seed, 'limits'));
  const reports = createReports(settings, now, createSeededRandom(seed, 'reports'));

  const inserts = createInserts(settings, now, createSeededRandom(seed, 'inserts'));
  const faults = createFaults(settings.faults, createSeededRandom(seed, 'faults'));
  const content = createContentApi({ settings, accounts, grants, limits, now, origin });
  const tracking = createSeededRandom(seed, 'tracking');
  const traffic = createTrafficCounter();

  const report = (stream: StreamName, call: Call, shape?: PageShape): Answer => {
    const permitted = permit(grants, call, stream);
    if ('rejection' in permitted) return permitted.rejection;
    const { account } = permitted.grant;
    const rejection = limits.spend(account);
    if (rejection) return rejection;

    const page = inserts.around(account, stream, call, () => reports.page(account, stream, call, shape));
    return { ...page, headers: { ...page.headers, ...limits.headers(account) } };
  };

  /** According to Zoom's documentation, `me` does not exist for a Server-to-Server app. */
  const me = (call: Call): Answer => {
    const permitted = permit(grants, call, 'me');
    if ('rejection' in permitted) return permitted.rejection;
    const { account, kind } = permitted.grant;
    if (kind === 'server-to-server') return apiError(404, 1001, 'User does not exist: me.');
    return json(200, {
      id: `Sim-User-${account.accountId}`,
      account_id: account.accountId,
      email: account.adminEmail,
      role_name: account.state.role === 'strong' ? 'Owner' : 'Member',
      type: account.state.plan === 'free' ? 1 : 2,
      status: 'active',
    });
  };

  const handle = (call: Call, twists: ReadonlySet<ContentTwist>, shape?: PageShape): Answer => {
    if (isContentEndpoint(call.endpoint)) {
      return content.respond(call.endpoint, call, withShape(twists, shape));
    }
    switch (call.endpoint) {
      case 'authorize':
        return oauth.authorize(call);
      case 'token':
        return oauth.token(call);
      case 'revoke':
        return oauth.revoke(call);
      case 'operation':
      case 'activity':
        return report(call.endpoint, call, shape);
      case 'me':
        return me(call);
      case 'unknown':
        return apiError(404, 2300, 'This API endpoint is not recognized.');
    }
  };

  const faultContext = (call: Call, twists: Set<ContentTwist>): FaultContext => ({
    accountId: grants.ownerOf(call.bearer ?? '')?.account.accountId ?? '',
    scope: scopeOf(call.endpoint),
    call,
    twists,
    now: now(),
    limits,
    slowMs: settings.slowMs,
    dailyRetryAfterMs: settings.dailyRetryAfterMs,
  });

  return {
    accounts,
    faults,
    update: (account, change) => {
      account.state = AccountStateSchema.parse({ ...account.state, ...change });
      if (account.state.connection !== 'alive') grants.endAll(account);
    },
    respond: (call) => {
      const twists = new Set<ContentTwist>();
      const response = faults.respond(call, faultContext(call, twists), (shape) =>
        handle(call, twists, shape),
      );
      traffic.count(call.endpoint, response);
      const always = {
        date: clock.now().toUTCString(),
        'x-zm-trackingid': `v=2.0;clid=sim;rid=WEB_${tracking.text(16)}`,
      };
      return { ...response, headers: { ...response.headers, ...always } };
    },
    traffic: () => ({ ...traffic.counts(), faults: faults.triggered(), inserted: inserts.count() }),
    content,
  };
};

const scopeOf = (endpoint: Endpoint): string => {
  if (isContentEndpoint(endpoint)) return CONTENT_ENDPOINTS[endpoint].scopes[0] ?? '';
  return endpoint === 'operation' || endpoint === 'activity' ? SCOPES[endpoint][0] : SCOPES.me[0];
};

const withShape = (
  twists: ReadonlySet<ContentTwist>,
  shape: PageShape = 'full',
): ReadonlySet<ContentTwist> => (shape === 'full' ? twists : new Set([...twists, shape]));
