import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, UpstreamError } from '../../../shared/errors.ts';
import { AuthorizedGrant, type Grant, type GrantStore } from '../../../shared/zoom/authorized-grant.ts';
import type { HttpTransport } from '../../../shared/zoom/http-transport.ts';
import type { Simulator, SimulatorOptions } from '../../../simulator/index.ts';
import { aGrant } from '../../support/builders/authorization.ts';
import { MemoryGrantStore } from '../../support/doubles/memory-grant-store.ts';
import {
  anExchange,
  zoomAppOf,
  requestsFor,
  aZoom,
  failureMessage,
  never,
  operationRows,
  pagesOf,
  rowsOf,
  THE_SLICE,
  wired,
  type Wired,
} from '../../support/zoom.ts';

const HOUR = 3_600_000;

interface Connected extends Wired {
  readonly grant: Grant;
  readonly store: MemoryGrantStore;
}

/** A process that uses the grant of a store. */
const aProcess = (zoom: Simulator, store: GrantStore, transport?: HttpTransport): Wired =>
  wired(zoom, {
    ...(transport && { transport }),
    tokens: (ours, retryContext) => new AuthorizedGrant(ours, retryContext, zoomAppOf(zoom), store),
  });

const connected = async (options: SimulatorOptions = {}): Promise<Connected> => {
  const zoom = await aZoom({ accounts: [{ rows: operationRows(650) }], ...options });
  const grant = await aGrant(zoom);
  const store = new MemoryGrantStore(grant);
  return { ...aProcess(zoom, store), grant, store };
};

/** Token requests since the authorization, which took one. */
const refreshes = (zoom: Simulator): number => requestsFor(zoom, 'token') - 1;

const newest = ({ history }: MemoryGrantStore): Grant | undefined => history.at(-1);

/** Whether a grant lives: whether Zoom still takes its refresh token. */
const isAlive = async (zoom: Simulator, grant: Grant | undefined): Promise<boolean> => {
  const { tokens } = aProcess(
    zoom,
    new MemoryGrantStore(grant && { ...grant, expiresAt: '2020-01-01T00:00:00.000Z' }),
  );
  return tokens.current(never).then(
    () => true,
    () => false,
  );
};

describe('an authorized grant', () => {
  it('uses the stored token as long as it is good', async () => {
    const { zoom, tokens, grant } = await connected();

    const { value, apiBase } = await tokens.current(never);

    expect([value, apiBase]).toEqual([grant.accessToken, zoom.apiUrl]);
    expect(refreshes(zoom)).toBe(0);
  });

  it('reads the rows of a report', async () => {
    const listing = await connected();

    expect(rowsOf(await pagesOf(listing))).toEqual(listing.zoom.rows({ stream: 'operation' }));
  });

  it('rotates its refresh token, and has the new one stored before the access token is used', async () => {
    const listing = await connected();
    const { zoom, store, grant } = listing;
    zoom.clock.advance(HOUR);
    let reportsBefore: number | undefined;
    store.beforeReplace = () => {
      reportsBefore = requestsFor(zoom, 'operation');
      return Promise.resolve();
    };

    const rows = rowsOf(await pagesOf(listing));

    expect(rows).toHaveLength(650);
    expect(reportsBefore).toBe(0);
    expect(refreshes(zoom)).toBe(1);
    expect(newest(store)?.refreshToken).not.toBe(grant.refreshToken);
    expect(newest(store)).toMatchObject({
      apiUrl: zoom.url,
      scopes: [
        'report:read:operation_logs:admin',
        'report:read:user_activities:admin',
        'user:read:user:admin',
      ],
    });
  });

  it('refreshes once for any number of concurrent callers', async () => {
    const { zoom, tokens, store } = await connected();
    zoom.clock.advance(HOUR);

    const given = await Promise.all(Array.from({ length: 20 }, () => tokens.current(never)));

    expect(new Set(given).size).toBe(1);
    expect([refreshes(zoom), store.history.length]).toEqual([1, 2]);
  });

  it('lives on over many hours', async () => {
    const { zoom, tokens, store } = await connected();

    for (let hour = 0; hour < 10; hour += 1) {
      zoom.clock.advance(HOUR);
      await tokens.current(never);
    }

    expect(refreshes(zoom)).toBe(10);
    expect(await isAlive(zoom, newest(store))).toBe(true);
  });

  it('is renewed in the middle of a listing, which continues', async () => {
    const { zoom, reports } = await connected();
    const pages = [];

    for await (const page of reports.pages(THE_SLICE, never)) {
      pages.push(page);
      if (page.index === 0) zoom.faults.arm('token-expired@operation');
    }

    expect(pages.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(refreshes(zoom)).toBe(1);
  });

  it('takes what another process has renewed, instead of refreshing it again', async () => {
    const { zoom, tokens, store } = await connected();
    await tokens.current(never);
    zoom.clock.advance(HOUR);
    const others = await aProcess(zoom, store).tokens.current(never);

    const ours = await tokens.current(never);

    expect(ours.value).toBe(others.value);
    expect(refreshes(zoom)).toBe(1);
  });

  it('takes the grant of a new authorization, which killed its own', async () => {
    const listing = await connected();
    const { zoom, tokens, store } = listing;
    await tokens.current(never);
    const again = await aGrant(zoom);
    await store.replace(again, (await store.read())?.version);

    const rows = rowsOf(await pagesOf(listing));

    expect(rows).toHaveLength(650);
    expect((await tokens.current(never)).value).toBe(again.accessToken);
  });

  it('that was never given asks for an authorization', async () => {
    const zoom = await aZoom();

    const failure = await failureMessage(aProcess(zoom, new MemoryGrantStore()).tokens.current(never));

    expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'not-connected' });
    expect(zoom.requests().total).toBe(0);
  });
});

describe('two processes with one grant', () => {
  it.each([0, 30])('both end with a good token, and one grant lives (grace of %d s)', async (grace) => {
    const { zoom, store, tokens: one } = await connected({ refreshGraceSeconds: grace });
    const { tokens: other } = aProcess(zoom, store);
    zoom.clock.advance(HOUR);

    const tokens = await Promise.all([one.current(never), other.current(never)]);

    for (const { value } of tokens) expect(value).toBe(newest(store)?.accessToken);
    expect(store.history).toHaveLength(2);
    expect(await isAlive(zoom, newest(store))).toBe(true);
  });

  it('wait for a winner that is slow to store', async () => {
    const { zoom, store, tokens: one, clock } = await connected();
    const { tokens: other } = aProcess(zoom, store);
    zoom.clock.advance(HOUR);
    const stored = Promise.withResolvers<undefined>();
    store.beforeReplace = () => stored.promise;
    const winning = one.current(never);
    await until(() => refreshes(zoom) === 1);
    const losing = other.current(never);
    await until(() => refreshes(zoom) === 2);

    stored.resolve(undefined);

    expect((await losing).value).toBe((await winning).value);
    expect(clock.slept).toEqual([]);
  });
});

/** Runs the event loop until a condition holds. */
const until = async (happened: () => boolean): Promise<void> => {
  while (!happened()) await new Promise(setImmediate);
};

describe('a rotated grant', () => {
  it('is stored at the second attempt if the first one fails', async () => {
    const { zoom, tokens, store } = await connected();
    zoom.clock.advance(HOUR);
    let failures = 0;
    store.beforeReplace = () => (failures++ === 0 ? Promise.reject(new Error('hiccup')) : Promise.resolve());

    const { value } = await tokens.current(never);

    expect(value).toBe(newest(store)?.accessToken);
    expect(refreshes(zoom)).toBe(1);
    expect(await isAlive(zoom, newest(store))).toBe(true);
  });

  it('is recognized as stored if only the answer of the store was lost', async () => {
    const { zoom, tokens, store } = await connected();
    zoom.clock.advance(HOUR);
    const replace = store.replace.bind(store);
    let lost = false;
    store.replace = async (...write) => {
      const stored = await replace(...write);
      if (lost) return stored;
      lost = true;
      throw new Error('answer lost');
    };

    const { value } = await tokens.current(never);

    expect(value).toBe(newest(store)?.accessToken);
    expect(refreshes(zoom)).toBe(1);
  });

  it('that cannot be stored is not used, and stored later by the same process without another refresh', async () => {
    const { zoom, tokens, store } = await connected();
    zoom.clock.advance(HOUR);
    const readOnly = Object.assign(new Error('secret path'), { code: 'EROFS' });
    store.beforeReplace = () => Promise.reject(readOnly);

    const failure = await failureMessage(tokens.current(never));

    expect(failure).toBeInstanceOf(ConfigurationError);
    expect(failure).toMatchObject({ reason: 'grant-unstored', cause: readOnly });
    expect(failure.message).toMatch(/can't be stored \(EROFS\)\. Make its store writable again/);

    store.beforeReplace = () => Promise.resolve();
    const { value } = await tokens.current(never);

    expect(value).toBe(newest(store)?.accessToken);
    expect(refreshes(zoom)).toBe(1);
    expect(await isAlive(zoom, newest(store))).toBe(true);
  });

  it('is stored even if the run is aborted during the response', async () => {
    const { zoom, tokens, store } = await connected();
    zoom.clock.advance(HOUR);
    zoom.faults.set('slow-answer@token');
    const stop = new AbortController();
    const renewal = tokens.current(stop.signal);
    await until(() => refreshes(zoom) === 1);

    stop.abort(new Error('stop it'));
    await renewal;

    expect(store.history).toHaveLength(2);
    expect(await isAlive(zoom, newest(store))).toBe(true);
  });

  it('is not started by a run that was aborted before', async () => {
    const { zoom, tokens } = await connected();
    zoom.clock.advance(HOUR);

    const renewal = tokens.current(AbortSignal.abort(new Error('stop it')));

    await expect(renewal).rejects.toThrow('stop it');
    expect(refreshes(zoom)).toBe(0);
  });

  it('keeps its refresh token if Zoom gives no new one', async () => {
    const { zoom, store, grant } = await connected();
    zoom.clock.advance(HOUR);
    const { tokens } = aProcess(zoom, store, () =>
      Promise.resolve({ status: 200, headers: {}, body: '{"access_token":"new"}' }),
    );

    await tokens.current(never);

    expect(newest(store)).toMatchObject({ accessToken: 'new', refreshToken: grant.refreshToken });
  });
});

describe('a refresh whose response is lost', () => {
  it('is not repeated, and is reported', async () => {
    const { zoom, tokens } = await connected();
    zoom.clock.advance(HOUR);
    zoom.faults.arm('token-response-lost');

    const failure = await failureMessage(tokens.current(never));

    expect(failure).toBeInstanceOf(UpstreamError);
    expect(failure.message).toMatch(
      /lost.*next run tries again.*authorize the app again\. \[no response: \w+\]/,
    );
    expect(refreshes(zoom)).toBe(1);
  });

  it('is lost, too, if it was too long to be read', async () => {
    const { zoom, store } = await connected();
    zoom.clock.advance(HOUR);
    const transport = anExchange();
    const { tokens } = aProcess(zoom, store, (request, signal) =>
      transport({ ...request, maxBytes: 10 }, signal),
    );

    const failure = await failureMessage(tokens.current(never));

    expect(failure.message).toMatch(/lost.*authorize the app again\. \[no response: more than 10 bytes\]/);
    expect(refreshes(zoom)).toBe(1);
  });

  it('costs the grant if Zoom has no grace: the next run asks to authorize again', async () => {
    const { zoom, tokens, store } = await connected();
    zoom.clock.advance(HOUR);
    zoom.faults.arm('token-response-lost');
    await failureMessage(tokens.current(never));

    const failure = await failureMessage(aProcess(zoom, store).tokens.current(never));

    expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'grant-dead', scope: 'source' });
    expect(failure.message).toMatch(/Authorize the app again\. \[HTTP 400, "invalid_grant: Invalid Token!"/);
  });

  it('costs nothing if Zoom has a grace', async () => {
    const { zoom, tokens, store } = await connected({ refreshGraceSeconds: 60 });
    zoom.clock.advance(HOUR);
    zoom.faults.arm('token-response-lost');
    await failureMessage(tokens.current(never));

    const { value } = await aProcess(zoom, store).tokens.current(never);

    expect(value).toBe(newest(store)?.accessToken);
    expect(await isAlive(zoom, newest(store))).toBe(true);
  });

  it('may be a success without a token', async () => {
    const { zoom, store } = await connected();
    zoom.clock.advance(HOUR);
    let subject = 0;
    const { tokens } = aProcess(zoom, store, () => {
      subject += 1;
      return Promise.resolve({ status: 200, headers: {}, body: '{"access_token":"cu' });
    });

    const failure = await failureMessage(tokens.current(never));

    expect(failure).toBeInstanceOf(UpstreamError);
    expect([subject, store.history.length]).toEqual([1, 1]);
  });

  it.each(['token-endpoint-500', 'token-endpoint-429', 'html-body-502@token'])(
    'is not one that Zoom refused for the moment: %s is tried again',
    async (fault) => {
      const { zoom, tokens, store } = await connected();
      zoom.clock.advance(HOUR);
      zoom.faults.arm(fault, 2);

      const { value } = await tokens.current(never);

      expect(value).toBe(newest(store)?.accessToken);
      expect(refreshes(zoom)).toBe(3);
    },
  );

  it('is not one that never left this machine: it is tried again', async () => {
    const { zoom, store } = await connected();
    zoom.clock.advance(HOUR);
    const real = anExchange();
    let offline = 3;
    const { tokens } = aProcess(zoom, store, (request, signal) =>
      offline-- > 0
        ? Promise.resolve({ kind: 'transport', problem: 'ENOTFOUND', phase: 'unreached' })
        : real(request, signal),
    );

    expect((await tokens.current(never)).value).toBe(newest(store)?.accessToken);
    expect(refreshes(zoom)).toBe(1);
  });
});

describe('a refused refresh', () => {
  it.each(['invalid-grant/grant', 'invalid-grant/request'])(
    'is final only after the store was read again and Zoom refused it twice: %s',
    async (fault) => {
      const { zoom, tokens, store } = await connected();
      zoom.clock.advance(HOUR);
      zoom.faults.set(fault);
      let reads = 0;
      const read = store.read.bind(store);
      store.read = () => {
        reads += 1;
        return read();
      };

      const failure = await failureMessage(tokens.current(never));

      expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'grant-dead' });
      expect(failure.message).toContain('Authorize the app again');
      expect(refreshes(zoom)).toBe(2);
      expect(reads).toBeGreaterThan(2);
      expect(store.history).toHaveLength(1);
    },
  );

  it('that happens once is got over', async () => {
    const { zoom, tokens, store } = await connected();
    zoom.clock.advance(HOUR);
    zoom.faults.arm('invalid-grant');

    expect((await tokens.current(never)).value).toBe(newest(store)?.accessToken);
  });

  it.each(['uninstalled', 'owner-left', 'disabled'] as const)(
    'of an app that is %s asks to authorize again, in the words of a listing',
    async (connection) => {
      const listing = await connected();
      listing.zoom.account().update({ connection });

      const failure = await failureMessage(pagesOf(listing));

      expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'grant-dead' });
      expect(requestsFor(listing.zoom, 'operation')).toBe(1);
    },
  );

  it('because of the app itself is reported as that', async () => {
    const { zoom, tokens } = await connected();
    zoom.clock.advance(HOUR);
    zoom.faults.set('invalid-client');

    expect(await failureMessage(tokens.current(never))).toMatchObject({ reason: 'credentials-wrong' });
    expect(refreshes(zoom)).toBe(1);
  });
});
