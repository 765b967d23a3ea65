import {
  DeleteSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from '@jest/globals';
import { createSecretsManager } from '../../shared/aws/clients.ts';
import { SecretGrants } from '../../shared/aws/secret-grants.ts';
import type { SourceSecrets } from '../../shared/aws/source-secrets.ts';
import type { GrantStore } from '../../shared/zoom/authorized-grant.ts';
import { aStoredGrant, itKeepsTheGrantStoreContract } from '../support/contracts/grant-store.ts';
import { failureMessage } from '../support/zoom.ts';
import { accessTo, aSecret, secretsAt } from './aws.ts';
import { describeWithEmulator } from './describe-with-emulator.ts';
import { aFaultyAws, firstTimes } from './faulty-aws.ts';
import type { Emulator } from './ministack.ts';

const APP = { clientId: 'client', clientSecret: 'hush-hush' };

const aSource = async (emulator: Emulator, text?: string): Promise<SourceSecrets> =>
  secretsAt(emulator, await aSecret(emulator, text));

describeWithEmulator('the secret of a source', (emulator) => {
  describe.each([
    ['that never had a value', undefined],
    ['that holds an app', JSON.stringify({ app: APP })],
  ])('%s, as a grant store', (_, text) => {
    const ids = new WeakMap<GrantStore, string>();
    const view = (secretId: string): GrantStore => {
      const store = new SecretGrants(secretsAt(emulator(), secretId));
      ids.set(store, secretId);
      return store;
    };
    itKeepsTheGrantStoreContract(
      async () => view(await aSecret(emulator(), text)),
      (store) => Promise.resolve(view(ids.get(store) ?? '')),
    );
  });

  it.each([undefined, ' ', '{}'])('is empty before anything was stored (%j)', async (text) => {
    const secrets = await aSource(emulator(), text);

    expect((await secrets.read()).secret).toEqual({});
  });

  it.each([undefined, '{}'])('accepts a first value (%j)', async (text) => {
    const secrets = await aSource(emulator(), text);

    expect(await secrets.change(() => ({ app: APP }))).toBe(true);

    expect((await secrets.read()).secret).toEqual({ app: APP });
  });

  it('keeps fields that this release does not know, and all others than the grant', async () => {
    const stored = { app: APP, accountId: 'account', fromTheFuture: { a: [1] } };
    const secrets = await aSource(emulator(), JSON.stringify(stored));
    const grants = new SecretGrants(secrets);

    await grants.replace(aStoredGrant(), undefined);

    const { secret } = await secrets.read();
    expect(secret).toEqual({ ...stored, grant: { ...aStoredGrant(), revision: 1 } });
  });

  it('accepts one of twenty racing updates of a version', async () => {
    const id = await aSecret(emulator(), '{}');
    const { versionId } = await secretsAt(emulator(), id).read();
    const accounts = Array.from({ length: 20 }, (_, writer) => `account ${writer}`);

    const won = await Promise.all(
      accounts.map((accountId) => secretsAt(emulator(), id).update(versionId, { accountId })),
    );

    expect(won.filter(Boolean)).toHaveLength(1);
    expect((await secretsAt(emulator(), id).read()).secret.accountId).toBe(accounts[won.indexOf(true)]);
  });

  it('loses none of several changes made at once', async () => {
    const id = await aSecret(emulator(), '{}');

    await Promise.all(
      Array.from({ length: 6 }, () =>
        secretsAt(emulator(), id).change(({ accountId = '' }) => ({ accountId: `${accountId}x` })),
      ),
    );

    expect((await secretsAt(emulator(), id).read()).secret.accountId).toBe('xxxxxx');
  });

  it('does not overwrite a value that was stored in the console meanwhile', async () => {
    const id = await aSecret(emulator(), '{}');
    const secrets = secretsAt(emulator(), id);
    const { versionId } = await secrets.read();
    await createSecretsManager(accessTo(emulator())).send(
      new PutSecretValueCommand({ SecretId: id, SecretString: JSON.stringify({ app: APP }) }),
    );

    expect(await secrets.update(versionId, { accountId: 'ours' })).toBe(false);

    expect((await secrets.read()).secret).toEqual({ app: APP });
  });

  it('is not written by a change that returns nothing', async () => {
    const secrets = await aSource(emulator(), JSON.stringify({ app: APP }));
    const before = await secrets.read();

    expect(await secrets.change(() => undefined)).toBe(false);

    expect(await secrets.read()).toEqual(before);
  });

  it('accepts a rotated grant although another field was changed since the grant was read', async () => {
    const secrets = await aSource(emulator(), JSON.stringify({ app: APP }));
    const grants = new SecretGrants(secrets);
    await grants.replace(aStoredGrant({ refreshToken: 'old' }), undefined);
    const version = (await grants.read())?.version;
    await secrets.change((secret) => ({ ...secret, accountId: 'account' }));

    expect(await grants.replace(aStoredGrant({ refreshToken: 'rotated' }), version)).toBe(true);

    const { secret } = await secrets.read();
    expect([secret.grant?.refreshToken, secret.accountId]).toEqual(['rotated', 'account']);
  });

  it.each(['PutSecretValue', 'UpdateSecretVersionStage'])(
    'has our value although the response to %s was lost',
    async (lost) => {
      const aws = await aFaultyAws(emulator());
      const secrets = await aSource(aws, '{}');
      const { versionId } = await secrets.read();
      aws.fault = firstTimes(1, ({ operation }) => operation === lost, 'answer-lost');

      expect(await secrets.update(versionId, { app: APP })).toBe(true);

      expect((await secrets.read()).secret).toEqual({ app: APP });
    },
  );

  it('still has the old value if it could not be written', async () => {
    const aws = await aFaultyAws(emulator());
    const secrets = await aSource(aws, JSON.stringify({ app: APP }));
    const { versionId } = await secrets.read();
    const broken = { status: 400, body: '{"__type":"EncryptionFailure","message":"no key"}' };
    aws.fault = ({ operation }) => (operation === 'UpdateSecretVersionStage' ? broken : undefined);

    const failure = await failureMessage(secrets.update(versionId, {}));

    aws.fault = () => undefined;
    expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'aws-denied' });
    expect(failure.message).toContain('secretsmanager:UpdateSecretVersionStage');
    expect(await secrets.read()).toEqual({ secret: { app: APP }, versionId });
  });

  it.each([
    ['no JSON', '{"app": {"clientSecret": "hush-hush"', 'not JSON'],
    ['a list', '["hush-hush"]', 'all of it'],
    ['a text', '"hush-hush"', 'all of it'],
    ['an app without an id', '{"app": {"clientSecret": "hush-hush"}}', 'app.clientId'],
    [
      'a broken grant',
      '{"grant": {"refreshToken": "hush-hush", "accessToken": 7, "expiresAt": "hush-hush"}}',
      'grant.accessToken, grant.expiresAt',
    ],
  ])('that holds %s is named with its remedy, and never shown', async (_, text, problem) => {
    const id = await aSecret(emulator(), text);
    const secrets = secretsAt(emulator(), id);

    const failure = await failureMessage(secrets.read());

    expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'secret-malformed' });
    for (const part of [id, '"quillmere"', problem, 'bin/zoom-log-source connect quillmere']) {
      expect(failure.message).toContain(part);
    }
    expect(`${failure.message} ${String(failure.cause)}`).not.toContain('hush');
    await expect(secrets.change((secret) => secret)).rejects.toThrow(/is malformed/);
  });

  it('that is malformed can be replaced by connecting again', async () => {
    const secrets = await aSource(emulator(), 'hush-hush');

    expect(await secrets.change((secret) => ({ ...secret, app: APP }), 'replace')).toBe(true);

    expect((await secrets.read()).secret).toEqual({ app: APP });
  });

  it('that does not exist is named with its remedy', async () => {
    const failure = await failureMessage(secretsAt(emulator(), 'stack/nobody').read());

    expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'secret-missing' });
    expect(failure.message).toMatch(/stack\/nobody .*npm run deploy.*connect quillmere/s);
  });

  it('that is marked for deletion is named with its remedy', async () => {
    const id = await aSecret(emulator(), '{}');
    await createSecretsManager(accessTo(emulator())).send(
      new DeleteSecretCommand({ SecretId: id, RecoveryWindowInDays: 7 }),
    );

    const failure = await failureMessage(secretsAt(emulator(), id).read());

    expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'secret-deleted' });
    expect(failure.message).toContain('restore-secret');
  });

  it('that may not be read is named, with the permission', async () => {
    const aws = await aFaultyAws(emulator());
    const secrets = await aSource(aws, '{}');
    aws.fault = () => ({ status: 400, body: '{"__type":"AccessDeniedException","Message":"no"}' });

    const failure = await failureMessage(secrets.read());

    expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'aws-denied' });
    expect(failure.message).toContain('secretsmanager:GetSecretValue');
  });

  it('is readable by a person: one JSON text', async () => {
    const id = await aSecret(emulator(), '{}');
    await secretsAt(emulator(), id).change(() => ({ app: APP }));

    const { SecretString: text = '' } = await createSecretsManager(accessTo(emulator())).send(
      new GetSecretValueCommand({ SecretId: id }),
    );

    expect(JSON.parse(text)).toEqual({ app: APP });
  });
});
