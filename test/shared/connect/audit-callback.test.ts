import { describe, expect, it } from '@jest/globals';
import type { StoredObject } from '../../../shared/collect/ports.ts';
import { handleCallback, type CallbackResponse } from '../../../shared/connect/handle-callback.ts';
import { DEFAULT_ACCOUNT } from '../../../simulator/index.ts';
import { auditIn } from '../../support/builders/audit.ts';
import {
  aBench,
  anIssuedState,
  ANOTHER_ACCOUNT,
  begin,
  type Bench,
  consentedQuery,
  SOURCE,
} from '../../support/connecting.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';
import { never } from '../../support/zoom.ts';

const call = (
  { connecting: connection }: Pick<Bench, 'connecting'>,
  query: string,
): Promise<CallbackResponse> =>
  handleCallback(
    { method: 'GET', path: `/oauth/callback/${SOURCE}`, query, reference: 'the-request-id' },
    () => connection,
    never,
  );

const linesOf = async ({ connecting: connection }: Bench) =>
  (await auditIn(connection.store)).map(({ code, actor, details }) => ({ code, actor, ...details }));

/** A store that keeps everything but the collector's own log. */
class StoreWithoutAudit extends MemoryStore {
  override create(key: string, body: Uint8Array): Promise<StoredObject | undefined> {
    if (key.startsWith('audit/')) return Promise.reject(new Error('No s3:PutObject on audit/'));
    return super.create(key, body);
  }
}

describe('the audit log of a callback', () => {
  it('has the account, the user who authorized it, and what can be read', async () => {
    const bench = await aBench();
    bench.zoom.account().update({ scopes: ['report:read:operation_logs:admin', 'user:read:user:admin'] });

    await call(bench, await consentedQuery(await begin(bench)));

    expect(await linesOf(bench)).toEqual([
      {
        code: 'connected',
        actor: { kind: 'administrator' },
        account_id: DEFAULT_ACCOUNT.accountId,
        authorized_by: 'ines.halloran@quillmere.example',
        collecting_at_once: true,
        operation: 'readable',
        activity: 'scope-missing',
      },
    ]);
  });

  it('names the account and who authorized it, in a sentence for chat', async () => {
    const bench = await aBench();

    await call(bench, await consentedQuery(await begin(bench)));

    const [line] = await auditIn(bench.connecting.store);
    expect(line?.summary).toBe(
      `The source was connected to the Zoom account \`${DEFAULT_ACCOUNT.accountId}\`, authorized by \`ines.halloran@quillmere.example\`.`,
    );
  });

  it.each([
    '',
    'error=access_denied',
    'error=access_denied&state=a',
    `error=access_denied&state=${anIssuedState()}`,
    `error=access_denied&state=${'A'.repeat(43)}`,
    'error=server_error',
    'code=a&state=b',
    `code=a&state=${'A'.repeat(43)}`,
    `code=a&state=${'A'.repeat(1000)}`,
  ])('has no line for a callback without the pending state, which anyone can send: %j', async (query) => {
    const bench = await aBench();
    await begin(bench);

    const { line } = await call(bench, query);

    expect(await linesOf(bench)).toEqual([]);
    expect(line).toMatchObject({ stranger: true });
  });

  it.each([
    ['error=access_denied', { reason: 'declined' }],
    ['error=server_error', { reason: 'zoom-error', zoom_error: 'server_error' }],
  ])('has the reason for refusing an administrator: %j', async (query, details) => {
    const bench = await aBench();
    const { state } = await begin(bench);

    await call(bench, `${query}&state=${state}`);

    expect(await linesOf(bench)).toEqual([
      { code: 'connection-refused', actor: { kind: 'administrator' }, ...details },
    ]);
  });

  it('has Zoom’s reason for a refusal, with its tracking id', async () => {
    const bench = await aBench();
    const { state } = await begin(bench);

    await call(bench, `code=none&state=${state}`);

    expect(await linesOf(bench)).toMatchObject([
      {
        code: 'connection-refused',
        reason: 'refused-by-zoom',
        zoom_reason: expect.any(String),
        zoom_tracking_id: expect.stringMatching(/^[\w=;.:-]{8,}$/),
      },
    ]);
  });

  it('names the account that consented instead of the expected one', async () => {
    const bench = await aBench();
    await call(bench, await consentedQuery(await begin(bench)));
    bench.zoom.clock.advance(60_000);

    await call(bench, await consentedQuery(await begin(bench), ANOTHER_ACCOUNT));

    expect((await linesOf(bench)).at(-1)).toMatchObject({
      code: 'connection-refused',
      reason: 'another-account',
      pinned_account_id: DEFAULT_ACCOUNT.accountId,
      pinned_by: 'first-connection',
      authorized_by: 'admin@other.example',
      offered_account_id: ANOTHER_ACCOUNT,
      given_back: true,
    });
  });

  it('has no code, state, token or secret in it', async () => {
    const bench = await aBench();
    const begun = await begin(bench);
    const query = await consentedQuery(begun);
    const verifier = bench.connecting.secrets.now.pending?.codeVerifier;

    await call(bench, query);
    await call(bench, query);

    const { grant } = bench.connecting.secrets.now;
    const written = JSON.stringify(await auditIn(bench.connecting.store));
    expect(written).toContain('"connected"');
    const code = new URLSearchParams(query).get('code');
    for (const secret of [code, begun.state, verifier, grant?.accessToken, grant?.refreshToken]) {
      expect(written).not.toContain(secret);
    }
    expect(written).not.toContain(DEFAULT_ACCOUNT.clientSecret);
  });

  it('has at most twenty refusals of invalid states per day, and all other refusals', async () => {
    const bench = await aBench();
    const old = `code=a&state=${anIssuedState()}`;
    for (let round = 0; round < 30; round += 1) {
      await call(bench, old);
      bench.zoom.clock.advance(1000);
    }
    const { state } = await begin(bench);

    await call(bench, `code=none&state=${state}`);
    const today = (await linesOf(bench)).length;
    bench.zoom.clock.advance(24 * 3_600_000);
    await call(bench, old);

    expect(today).toBe(21);
    expect(await linesOf(bench)).toHaveLength(22);
  });

  it('does not undo a connection if it can’t be written, but logs that', async () => {
    const bench = await aBench();
    const connection = { ...bench.connecting, store: new StoreWithoutAudit() };
    const query = await consentedQuery(await begin(bench));

    const { status, line } = await call({ connecting: connection }, query);

    expect(status).toBe(200);
    expect(bench.connecting.secrets.now.grant).toBeDefined();
    expect(line).toMatchObject({
      level: 'warn',
      outcome: 'connected',
      auditFailure: 'No s3:PutObject on audit/',
    });
  });
});
