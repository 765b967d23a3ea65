import { describe, expect, it } from '@jest/globals';
import { accountOf } from '../../../shared/collect/state/pinned-account.ts';
import { connectServerToServer } from '../../../shared/connect/connect-server-to-server.ts';
import { DEFAULT_ACCOUNT } from '../../../simulator/index.ts';
import { aBench, ANOTHER_ACCOUNT, SOURCE } from '../../support/connecting.ts';
import { failureMessage, never } from '../../support/zoom.ts';

describe('connecting by a Server-to-Server app', () => {
  it('checks the credentials and both reports, pins the account, and requests the first collection', async () => {
    const { connecting: connection, requestedPolls } = await aBench();

    const connected = await connectServerToServer(connection, DEFAULT_ACCOUNT, never);

    expect(connected).toMatchObject({
      streams: [{ readable: true }, { readable: true }],
      pollRequested: true,
    });
    expect(connection.secrets.now).toEqual({ app: DEFAULT_ACCOUNT, accountId: DEFAULT_ACCOUNT.accountId });
    expect(await accountOf(connection.store, SOURCE)).toBe(DEFAULT_ACCOUNT.accountId);
    expect(requestedPolls).toEqual([SOURCE]);
  });

  it('is refused if sources.json names another account, before any request to Zoom', async () => {
    const { connecting: connection, zoom } = await aBench();
    const source = { ...connection.source, accountId: ANOTHER_ACCOUNT };

    const error = await failureMessage(
      connectServerToServer({ ...connection, source }, DEFAULT_ACCOUNT, never),
    );

    expect(error).toMatchObject({ reason: 'another-account' });
    expect(error.message).toContain(`sources.json names the Zoom account ${ANOTHER_ACCOUNT}`);
    expect(zoom.requests().total).toBe(0);
    expect(connection.secrets.now).toEqual({});
  });

  it('pins no account if the bucket cannot be written', async () => {
    const { connecting: connection, requestedPolls } = await aBench();
    connection.store.create = () => Promise.reject(new Error('the bucket is gone'));

    const error = await failureMessage(connectServerToServer(connection, DEFAULT_ACCOUNT, never));

    expect(error.message).toBe('the bucket is gone');
    expect([connection.secrets.now, requestedPolls]).toEqual([{}, []]);
  });

  it('stores nothing that Zoom refuses', async () => {
    const { connecting: connection, requestedPolls } = await aBench();
    const wrong = { ...DEFAULT_ACCOUNT, clientSecret: 'mistyped' };

    const error = await failureMessage(connectServerToServer(connection, wrong, never));

    expect(error).toMatchObject({ reason: 'credentials-wrong' });
    expect([connection.secrets.now, requestedPolls]).toEqual([{}, []]);
    expect(await accountOf(connection.store, SOURCE)).toBeUndefined();
  });

  it('stores credentials that lack a scope, and names it', async () => {
    const { connecting: connection, zoom } = await aBench();
    zoom.account().update({ scopes: ['report:read:user_activities:admin'] });

    const { streams } = await connectServerToServer(connection, DEFAULT_ACCOUNT, never);

    expect(streams).toMatchObject([{ reason: 'scope-missing' }, { readable: true }]);
    expect(connection.secrets.now.app).toBeDefined();
  });

  it("refuses another account's credentials, and changes nothing", async () => {
    const { connecting: connection } = await aBench();
    await connectServerToServer(connection, DEFAULT_ACCOUNT, never);
    const before = connection.secrets.now;
    const theirs = { ...DEFAULT_ACCOUNT, accountId: ANOTHER_ACCOUNT };

    const error = await failureMessage(connectServerToServer(connection, theirs, never));

    expect(error).toMatchObject({ reason: 'another-account' });
    expect(connection.secrets.now).toEqual(before);
  });
});
