import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
// eslint-disable-next-line no-restricted-imports -- polls a secret that another process writes
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { FolderStore } from '../../shared/local/folder-store.ts';
import { accountOf, pinAccount } from '../../shared/collect/state/pinned-account.ts';
import { OUTPUTS } from '../../shared/contract/outputs.ts';
import { authorizeUrl } from '../../shared/zoom/authorization-code.ts';
import { DEFAULT_ACCOUNT, type Simulator } from '../../simulator/index.ts';
import { accessTo, aBucketStore, secretsAt } from '../emulator/aws.ts';
import { describeWithEmulator } from '../emulator/describe-with-emulator.ts';
import type { Emulator } from '../emulator/ministack.ts';
import { aDeployment, CREDENTIALS, type Deployment, REDIRECT_URL, SOURCE } from '../lambdas/deployment.ts';
import { aRequest } from '../lambdas/events.ts';
import { invoke } from '../lambdas/invoke.ts';
import { auditIn } from '../support/builders/audit.ts';
import { type Finished, zoomLogSource } from '../support/command.ts';
import { ANOTHER_ACCOUNT, consentedQuery } from '../support/connecting.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { zoomAppOf, aZoom } from '../support/zoom.ts';

const APP = {
  ZOOM_CLIENT_ID: DEFAULT_ACCOUNT.clientId,
  ZOOM_CLIENT_SECRET: DEFAULT_ACCOUNT.clientSecret,
};

/** A folder with a sources.json in it. */
const aFolder = (sources: unknown): string => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'sources.json'), JSON.stringify({ sources }));
  return folder;
};

/** A stack with outputs only. Its resources already exist. */
const aStack = async (aws: Emulator, name: string, { resources, source }: Deployment): Promise<void> => {
  const outputs = {
    [OUTPUTS.bucket]: resources.bucket,
    [OUTPUTS.redirectUrls]: JSON.stringify(source.auth === 'oauth' ? { [SOURCE]: REDIRECT_URL } : {}),
    [OUTPUTS.secrets]: JSON.stringify({ [SOURCE]: resources.secretId }),
    [OUTPUTS.collectQueues]: JSON.stringify({ [SOURCE]: resources.queueUrl }),
  };
  const template = {
    Resources: { Nothing: { Type: 'AWS::SQS::Queue' } },
    Outputs: Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, { Value: value }])),
  };
  await new CloudFormationClient(accessTo(aws)).send(
    new CreateStackCommand({ StackName: name, TemplateBody: JSON.stringify(template) }),
  );
};

describe('connect with invalid arguments', () => {
  it.each([
    [['connect'], /missing required argument 'name'/],
    [['connect', SOURCE, 'more'], /too many arguments/],
    [['connect', 'another'], /sources\.json has no source "another"; it has acme/],
    [['disconnect', 'another'], /sources\.json has no source "another"/],
    [['connect', SOURCE, '--config', 'else.json'], /Cannot read else\.json.*--config/],
  ])('%j: exits 2 with a sentence', async (args, message) => {
    const cwd = aFolder([{ name: SOURCE, auth: 'oauth' }]);

    const { code, stdout, stderr } = await zoomLogSource(args, { cwd });

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('forgetting an account in a folder', () => {
  const aPinnedFolder = async () => {
    const out = join(temporaryFolder(), 'out');
    const store = await FolderStore.open(out, new Date(0));
    await pinAccount(store, SOURCE, 'the-wrong-one');
    return { out, store };
  };
  const forget = (name: string, out: string, ...more: string[]): Promise<Finished> =>
    zoomLogSource(['disconnect', name, '--forget-account', '--out', out, ...more]);

  it('works with --yes while nothing was collected, and is in the audit log', async () => {
    const { out, store } = await aPinnedFolder();

    const { code, stdout, stderr } = await forget(SOURCE, out, '--yes');

    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'acme is no longer pinned to a Zoom account. Connect the right one.\n',
    });
    expect(stderr).toContain('acme is pinned to the Zoom account the-wrong-one. Nothing was collected');
    expect(await accountOf(store, SOURCE)).toBeUndefined();
    expect((await auditIn(store)).map((line) => line.code)).toEqual(['account-forgotten']);
    expect((await forget(SOURCE, out, '--yes')).stdout).toContain(
      'is not pinned to a Zoom account. Nothing was changed',
    );
  });

  it.each([
    [
      'there is no terminal',
      SOURCE,
      [],
      /Cannot prompt for confirmation without a terminal\. Nothing was changed/,
    ],
    ['the name is none of a source', '../../x', ['--yes'], /is not a valid source name/],
  ])('is refused where %s', async (_, name, more, message) => {
    const { out, store } = await aPinnedFolder();

    const { code, stderr } = await forget(name, out, ...more);

    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(await accountOf(store, SOURCE)).toBe('the-wrong-one');
  });

  it('is refused once something was collected', async () => {
    const { out, store } = await aPinnedFolder();
    await store.create(
      `rejected/operation/source=${SOURCE}/dt=2026-11-20/operation_2026-11-20_000000.json.gz`,
      Buffer.from('x'),
    );

    const { code, stderr } = await forget(SOURCE, out, '--yes');

    expect(code).toBe(2);
    expect(stderr).toContain('it was already collected under the name "acme"');
    expect(await accountOf(store, SOURCE)).toBe('the-wrong-one');
  });

  it.each([['--yes'], ['--out', 'x']])('%s alone is refused', async (...more) => {
    const { code, stderr } = await zoomLogSource(['disconnect', SOURCE, ...more]);

    expect(code).toBe(2);
    expect(stderr).toContain('require --forget-account');
  });
});

describeWithEmulator('connect and disconnect', (emulator) => {
  const aDeployed = async (
    auth: 'oauth' | 'server-to-server',
    secret?: unknown,
    fields: { readonly accountId?: string } = {},
  ) => {
    const aws = emulator();
    const accounts = [{}, { accountId: ANOTHER_ACCOUNT }];
    // eslint-disable-next-line no-restricted-syntax -- the command runs in a separate process, on the system's clock
    const zoom = await aZoom({ now: new Date(), speed: 1, accounts });
    const deployment = await aDeployment(aws, zoom, secret, auth, fields);
    const stack = `stack-${Math.floor(Math.random() * 1e9)}`;
    await aStack(aws, stack, deployment);
    const cwd = aFolder([deployment.source]);
    const secrets = secretsAt(aws, deployment.resources.secretId);
    const run = (
      [command = '', ...args]: string[],
      environment: Record<string, string> = {},
      killAfterMs = 25_000,
    ): Promise<Finished> =>
      zoomLogSource([command, '--stack', stack, ...args], {
        killAfterMs,
        cwd,
        environment: { ...aws.environment, ...environment },
      });
    const store = await aBucketStore(aws, { bucket: deployment.resources.bucket });
    const keys = async (prefix: string): Promise<string[]> =>
      (await store.list(prefix)).map(({ key }) => key);
    return { zoom, deployment, secrets, run, store, keys };
  };

  /** The admin's browser, which consents as soon as the address is known. */
  const consentAt = async (
    zoom: Simulator,
    { secrets, deployment }: Pick<Awaited<ReturnType<typeof aDeployed>>, 'secrets' | 'deployment'>,
    accountId: string,
  ): Promise<string> => {
    let pending = (await secrets.read()).secret.pending;
    while (!pending) {
      await sleep(50);
      pending = (await secrets.read()).secret.pending;
    }
    const { state, codeVerifier, redirectUrl: redirectUri, expiresAt } = pending;
    const url = authorizeUrl(zoomAppOf(zoom), { redirectUri, state, codeVerifier });
    const begun = { authorizeUrl: url, state, expiresAt: new Date(expiresAt) };
    const query = await consentedQuery(begun, accountId);
    const { output } = await invoke('oauth-callback', deployment.environment, [
      aRequest(`/oauth/callback/${SOURCE}`, query),
    ]);
    return output;
  };

  it('prints the app to create, waits for consent, and reports which streams are readable', async () => {
    const deployed = await aDeployed('oauth');
    const connection = deployed.run(['connect', SOURCE], APP);
    await consentAt(deployed.zoom, deployed, DEFAULT_ACCOUNT.accountId);

    const { code, stdout, stderr } = await connection;

    expect(stderr).toContain(REDIRECT_URL);
    expect(stderr).toContain('report:read:operation_logs:admin');
    expect(stderr).toContain('user:read:user:admin');
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/authorize\?/);
    expect(stdout).toMatch(
      /acme is connected\.\n {2}Zoom account Sim-Account-000000000001\n {2}authorized by ines\.halloran@quillmere\.example\n {2}operation log +readable\n {2}sign in \/ sign out log +readable\n$/,
    );
    expect(code).toBe(0);
    const { secret } = await deployed.secrets.read();
    for (const word of [
      DEFAULT_ACCOUNT.clientSecret,
      secret.grant?.accessToken,
      secret.grant?.refreshToken,
    ]) {
      expect(stdout + stderr).not.toContain(word);
    }
  });

  it('exits 1 and names the scope if a stream cannot be read', async () => {
    const deployed = await aDeployed('oauth');
    deployed.zoom.account().update({ scopes: ['report:read:operation_logs:admin', 'user:read:user:admin'] });
    const connection = deployed.run(['connect', SOURCE], APP);
    await consentAt(deployed.zoom, deployed, DEFAULT_ACCOUNT.accountId);

    const { code, stdout } = await connection;

    expect(code).toBe(1);
    expect(stdout).toMatch(/sign in \/ sign out log +NOT READABLE\n.*report:read:user_activities:admin/);
  });

  it.each([
    [{ ZOOM_CLIENT_ID: 'only-this' }, /Cannot prompt without a terminal\. Set ZOOM_CLIENT_SECRET/],
    [{ ...APP, ZOOM_CLIENT_SECRET: 'mistyped' }, /client id and client secret don't match/],
  ])('exits 2 with the credentials %j', async (environment, message) => {
    const { run, secrets } = await aDeployed('oauth');

    const { code, stdout, stderr } = await run(['connect', SOURCE], environment);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('mistyped');
    expect((await secrets.read()).secret).toEqual({});
  });

  it('exits 2 if sources.json selects another kind of app, or nothing is deployed', async () => {
    const { run } = await aDeployed('oauth');

    const wrongKind = await run(['connect', SOURCE, '--server-to-server'], APP);
    const nowhere = await run(['connect', SOURCE, '--stack', 'no-such-stack'], APP);

    expect(wrongKind).toMatchObject({ code: 2, stderr: expect.stringMatching(/has the "auth" "oauth"/) });
    expect(nowhere).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/There is no stack no-such-stack/),
    });
  });

  it('connects a Server-to-Server app at once, and disconnects it', async () => {
    const { run, secrets } = await aDeployed('server-to-server');
    const environment = { ...APP, ZOOM_ACCOUNT_ID: DEFAULT_ACCOUNT.accountId };

    const connected = await run(['connect', SOURCE, '--server-to-server'], environment);
    const stored = (await secrets.read()).secret;
    const disconnected = await run(['disconnect', SOURCE]);

    expect(connected).toMatchObject({ code: 0, stdout: expect.stringContaining('acme is connected.') });
    expect(connected.stdout).toContain('authorized by a Server-to-Server app (no administrator)');
    expect(stored).toEqual(CREDENTIALS);
    expect(disconnected).toMatchObject({ code: 0, stdout: expect.stringContaining('is disconnected') });
    expect((await secrets.read()).secret).toEqual({ accountId: DEFAULT_ACCOUNT.accountId });
  });

  it('refuses the consent of an account other than that in sources.json, and pins nothing', async () => {
    const deployed = await aDeployed('oauth', undefined, { accountId: ANOTHER_ACCOUNT });
    const connection = deployed.run(['connect', SOURCE], APP);
    const output = await consentAt(deployed.zoom, deployed, DEFAULT_ACCOUNT.accountId);
    expect(output).toContain('"by":"configuration"');

    expect((await deployed.secrets.read()).secret).toEqual({
      app: expect.anything(),
      ended: { state: expect.anything(), outcome: 'refused' },
    });
    expect(await deployed.keys('_state/sources/')).toEqual([]);
    expect((await connection).code).not.toBe(0);
  }, 60_000);

  it('shows the plan to forget a wrong first account, asks for confirmation, and waits for polls', async () => {
    const { run, secrets, keys } = await aDeployed('server-to-server');
    await run(['connect', SOURCE], { ...APP, ZOOM_ACCOUNT_ID: ANOTHER_ACCOUNT });
    const before = (await secrets.read()).secret;

    const unasked = await run(['disconnect', SOURCE, '--forget-account']);

    expect(unasked).toMatchObject({ code: 2, stdout: '' });
    expect(unasked.stderr).toContain(`acme is pinned to the Zoom account ${ANOTHER_ACCOUNT}`);
    expect(unasked.stderr).toContain('add --yes');
    expect((await secrets.read()).secret).toEqual(before);

    const waiting = await run(['disconnect', SOURCE, '--forget-account', '--yes'], {}, 8000);

    expect(waiting.code).toBeNull();
    expect(waiting.stdout).toContain('acme is disconnected.');
    expect(waiting.stderr).toContain('a running poll may still deliver events');
    expect(await keys('_state/sources/')).toEqual([`_state/sources/${SOURCE}.json`]);
  }, 60_000);

  it('forgets a wrong first account while nothing was collected, and nothing once something was', async () => {
    const { run, keys, store } = await aDeployed('server-to-server', { accountId: ANOTHER_ACCOUNT });
    await pinAccount(store, SOURCE, ANOTHER_ACCOUNT);

    const forgotten = await run(['disconnect', SOURCE, '--forget-account', '--yes']);

    expect(forgotten).toMatchObject({ code: 0 });
    expect(forgotten.stdout).toBe('acme is no longer pinned to a Zoom account. Connect the right one.\n');
    expect(await keys('_state/sources/')).toEqual([]);
    expect((await auditIn(store)).map(({ code, details }) => [code, details])).toEqual([
      ['account-forgotten', { account_id: ANOTHER_ACCOUNT }],
    ]);
    const right = await run(['connect', SOURCE], { ...APP, ZOOM_ACCOUNT_ID: DEFAULT_ACCOUNT.accountId });
    expect(right.code).toBe(0);

    const object = `raw/operation/source=${SOURCE}/dt=2026-11-20/operation_2026-11-20_000000.json.gz`;
    await store.create(object, Buffer.from('x'), {});
    const refused = await run(['disconnect', SOURCE, '--forget-account', '--yes']);

    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain(`already collected under the name "acme" (${object})`);
    expect(await keys('_state/sources/')).toEqual([`_state/sources/${SOURCE}.json`]);
  }, 60_000);

  it('records every operator action in the audit log, including refusals and back-fills', async () => {
    const { run, deployment } = await aDeployed('server-to-server');
    const environment = { ...APP, ZOOM_ACCOUNT_ID: DEFAULT_ACCOUNT.accountId };
    // eslint-disable-next-line no-restricted-syntax -- the day of the system's clock, which the command uses
    const today = new Date().toISOString().slice(0, 10);
    await run(['connect', SOURCE], { ...environment, ZOOM_CLIENT_SECRET: 'mistyped' });
    await run(['connect', SOURCE], environment);
    await run(['collect', '--deployed', '--source', SOURCE, '--from', today, '--to', today]);
    await run(['disconnect', SOURCE]);

    const { code, stdout } = await zoomLogSource(
      ['show', '--audit', '--out', `s3://${deployment.resources.bucket}`, '--format', 'json'],
      { environment: emulator().environment },
    );

    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    const actor = { kind: 'operator', name: userInfo().username };
    expect(lines).toMatchObject([
      { code: 'connection-refused', actor, details: { reason: 'credentials-wrong' } },
      { code: 'connected', actor, details: { account_id: DEFAULT_ACCOUNT.accountId } },
      { code: 'backfill-asked', actor, from: today, to: today, details: { slices: 2 } },
      { code: 'disconnected', actor, details: { at_zoom: 'nothing-to-revoke' } },
    ]);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/mistyped/);
    expect(stdout).not.toContain(DEFAULT_ACCOUNT.clientSecret);
  });
});
