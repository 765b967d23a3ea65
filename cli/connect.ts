import { randomBytes } from 'node:crypto';
import { Command } from 'commander';
import { awaitConsent, type Consent } from '../shared/connect/await-consent.ts';
import { beginConnection } from '../shared/connect/begin-connection.ts';
import { checkConnection } from '../shared/connect/check-connection.ts';
import type { Connected } from '../shared/connect/callback-result.ts';
import {
  begunToEntry,
  connectedToEntry,
  refusedToEntry,
  type AuditSubject,
} from '../shared/connect/connection-to-entry.ts';
import { connectServerToServer } from '../shared/connect/connect-server-to-server.ts';
import type { ConnectionContext } from '../shared/connect/ports.ts';
import { ConfigurationError } from '../shared/errors.ts';
import type { SourceConfig } from '../shared/model/source-config.ts';
import { withCredentials } from './app-credentials.ts';
import type { Prompt } from './prompt.ts';
import { recordAuditEntry, operatorAt } from './audit-line.ts';
import { type DeployedSource, type DeploymentOptions, findDeployedSource } from './deployed-source.ts';
import { DEPLOYMENT_OPTIONS } from './deployment-options.ts';
import { appToCreate } from './marketplace-app.ts';
import { openInBrowser } from './open-in-browser.ts';
import { reportInterrupts } from './report-interrupts.ts';
import { streamChecksToText } from './stream-checks.ts';
import { printProse } from './output/prose.ts';
import type { ExitCode, CliContext } from './context.ts';
import { printable } from './text.ts';

/** `connect`: ties a deployed source to its Zoom account. */
export const connectCommand = (
  context: CliContext,
  exit: (code: ExitCode) => void,
  prompt: Prompt | undefined,
): Command =>
  new Command('connect')
    .description('connect a deployed source to its Zoom account')
    .argument('<name>', 'the source, as sources.json names it')
    .addOption(DEPLOYMENT_OPTIONS.config())
    .addOption(DEPLOYMENT_OPTIONS.stack())
    .option('--server-to-server', 'by an app of the account itself; sources.json must say so, too')
    .addHelpText(
      'after',
      '\nScripts set ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET (and ZOOM_ACCOUNT_ID for\n--server-to-server); a person is asked.\n',
    )
    .action(async (name: string, options: DeploymentOptions & { serverToServer?: true }) => {
      const deployed = await findDeployedSource(name, options, context);
      if (options.serverToServer && deployed.source.auth !== 'server-to-server')
        throw wrongKind(name, options.config);
      const { openConnectionContext } = await import('../shared/app/connection.ts');
      const connecting = openConnectionContext(deployed.source, deployed.resources, context);
      const connect = deployed.source.auth === 'oauth' ? connectByConsent : connectByCredentials;
      try {
        exit(await reportInterrupts(context, () => connect(deployed, connecting, context, prompt)));
      } finally {
        await connecting.close();
      }
    });

const connectByConsent = async (
  { source, redirectUrl }: DeployedSource,
  connecting: ConnectionContext,
  context: CliContext,
  prompt: Prompt | undefined,
): Promise<ExitCode> => {
  const { environment, stdout, stderr, stderrIsTty: monitorConfig, signal } = context;
  const touched = touchedIn(source.name, context);
  if (redirectUrl === undefined) throw noRedirectUrl(source.name);
  stderr(appToCreate(source, redirectUrl));
  const variables = ['ZOOM_CLIENT_ID', 'ZOOM_CLIENT_SECRET'] as const;
  const begun = await withCredentials(variables, { environment, prompt, err: stderr }, (app) => {
    const credentials = { clientId: app.ZOOM_CLIENT_ID, clientSecret: app.ZOOM_CLIENT_SECRET };
    const beginning = beginConnection(connecting, credentials, redirectUrl, randomBytes, signal);
    return auditingRefusal(beginning, connecting, context);
  });
  await recordAuditEntry(connecting.store, begunToEntry(touched()), context);

  stderr('Open this address as an administrator of the Zoom account. It is good for ten minutes, once:\n\n');
  stdout(`${begun.authorizeUrl.href}\n`);
  stderr('\nWaiting for the consent. Ctrl-C ends the waiting, not the connection.\n');
  if (monitorConfig) openInBrowser(begun.authorizeUrl);

  const consent = await awaitConsent(connecting, begun, signal);
  if (consent === 'connected') {
    const connection = await checkConnection(connecting, signal);
    if (connection) return report(source, connection, context);
    stderr('It was connected, and disconnected again meanwhile.\n');
    return 1;
  }
  if (consent === 'expired') {
    const line = refusedToEntry(touched(), 'expired', 'Nobody came back from Zoom within ten minutes.');
    await recordAuditEntry(connecting.store, line, context);
  }
  stderr(`${NOT_CONNECTED[consent]}\n`);
  return 1;
};

const connectByCredentials = async (
  { source }: DeployedSource,
  connecting: ConnectionContext,
  context: CliContext,
  prompt: Prompt | undefined,
): Promise<ExitCode> => {
  const { environment, stderr, signal } = context;
  stderr(appToCreate(source, undefined));
  const variables = ['ZOOM_ACCOUNT_ID', 'ZOOM_CLIENT_ID', 'ZOOM_CLIENT_SECRET'] as const;
  const connected = await withCredentials(variables, { environment, prompt, err: stderr }, (app) => {
    const credentials = {
      accountId: app.ZOOM_ACCOUNT_ID,
      clientId: app.ZOOM_CLIENT_ID,
      clientSecret: app.ZOOM_CLIENT_SECRET,
    };
    return auditingRefusal(connectServerToServer(connecting, credentials, signal), connecting, context);
  });
  const touched = touchedIn(source.name, context);
  await recordAuditEntry(connecting.store, connectedToEntry(touched(), connected), context);
  return report(source, connected, context);
};

const touchedIn = (source: string, context: CliContext) => (): AuditSubject => ({
  source,
  actor: operatorAt(context),
  at: context.clock.now(),
});

/** Lets a refusal through, and keeps it in the collector's own log. */
const auditingRefusal = async <T>(
  connection: Promise<T>,
  { source, store }: Pick<ConnectionContext, 'source' | 'store'>,
  context: CliContext,
): Promise<T> => {
  try {
    return await connection;
  } catch (error) {
    if (error instanceof ConfigurationError) {
      const touched = touchedIn(source.name, context)();
      const line = refusedToEntry(touched, error.reason, 'The source was not connected.');
      await recordAuditEntry(store, line, context);
    }
    throw error;
  }
};

const report = (
  source: SourceConfig,
  connected: Omit<Connected, 'pollRequested'>,
  context: Pick<CliContext, 'stdout' | 'stderr' | 'columns'>,
): ExitCode => {
  const { accountId, streams } = connected;
  printProse(`${source.name} is connected.\n${whoseText(connected)}${streamChecksToText(streams)}`, context);
  if (source.accountId !== undefined && source.accountId !== accountId) {
    context.stderr(
      `sources.json names another Zoom account, ${source.accountId}; the deployed stack did not know that. Nothing is collected ` +
        `once you deploy. Connect ${source.name} to the right account, or correct "accountId".\n`,
    );
    return 1;
  }
  return streams.every((check) => check.readable) ? 0 : 1;
};

/** Which account, and who authorized it. */
const whoseText = ({ auth, accountId, authorizedBy }: Omit<Connected, 'pollRequested'>): string => {
  const by =
    auth === 'server-to-server'
      ? 'a Server-to-Server app, which names no administrator'
      : (authorizedBy ?? 'an administrator whose e-mail Zoom does not say');
  return printable(`  Zoom account ${accountId}\n  authorized by ${by}\n`);
};

const NOT_CONNECTED: Readonly<Record<Exclude<Consent, 'connected'>, string>> = {
  declined:
    "It was not connected: the app was not allowed on Zoom's consent page. Nothing was stored. Run it again for a new address.",
  refused: 'It was not connected: the page in the browser says why. Nothing was stored.',
  replaced: 'Somebody else has begun to connect this source meanwhile; this address is no longer good.',
  expired: 'Nobody came back from Zoom within ten minutes. Run it again for a new address.',
};

const wrongKind = (name: string, config: string): ConfigurationError =>
  new ConfigurationError(
    'auth',
    `${config} says that "${name}" connects by "oauth". For --server-to-server set its "auth" to "server-to-server" there, and ` +
      `deploy: npm run deploy`,
  );

const noRedirectUrl = (name: string): ConfigurationError =>
  new ConfigurationError(
    'not-deployed',
    `The stack has no redirect URL for "${name}": it was deployed when the source was not to connect by "oauth". Deploy again: ` +
      `npm run deploy`,
  );
