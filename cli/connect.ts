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

/** `connect`: connects a deployed source to its Zoom account. */
export const connectCommand = (
  context: CliContext,
  exit: (code: ExitCode) => void,
  prompt: Prompt | undefined,
): Command =>
  new Command('connect')
    .description('Connect a deployed source to its Zoom account.')
    .argument('<name>', 'Name of the source in sources.json')
    .addOption(DEPLOYMENT_OPTIONS.config())
    .addOption(DEPLOYMENT_OPTIONS.stack())
    .option('--server-to-server', 'Connect with a Server-to-Server app; sources.json must also select it')
    .addHelpText(
      'after',
      '\nScripts set ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET (and ZOOM_ACCOUNT_ID for\n--server-to-server). On a terminal, the command prompts for them.',
    )
    .action(async (name: string, options: DeploymentOptions & { serverToServer?: true }) => {
      const deployed = await findDeployedSource(name, options, context);
      if (options.serverToServer && deployed.source.auth !== 'server-to-server')
        throw wrongKind(name, options.config);
      const { openConnectionContext } = await import('../shared/app/connection.ts');
      const connection = openConnectionContext(deployed.source, deployed.resources, context);
      const connect = deployed.source.auth === 'oauth' ? connectByConsent : connectByCredentials;
      try {
        exit(await reportInterrupts(context, () => connect(deployed, connection, context, prompt)));
      } finally {
        await connection.close();
      }
    });

const connectByConsent = async (
  { source, redirectUrl }: DeployedSource,
  connection: ConnectionContext,
  context: CliContext,
  prompt: Prompt | undefined,
): Promise<ExitCode> => {
  const { environment, stdout, stderr, stderrIsTty, signal } = context;
  const touched = subjectIn(source.name, context);
  if (redirectUrl === undefined) throw noRedirectUrl(source.name);
  stderr(appToCreate(source, redirectUrl));
  const variables = ['ZOOM_CLIENT_ID', 'ZOOM_CLIENT_SECRET'] as const;
  const begun = await withCredentials(variables, { environment, prompt, stderr: stderr }, (app) => {
    const credentials = { clientId: app.ZOOM_CLIENT_ID, clientSecret: app.ZOOM_CLIENT_SECRET };
    const beginning = beginConnection(connection, credentials, redirectUrl, randomBytes, signal);
    return auditingRefusal(beginning, connection, context);
  });
  await recordAuditEntry(connection.store, begunToEntry(touched()), context);

  stderr('Open this address as an administrator of the Zoom account. It works once, within ten minutes:\n\n');
  stdout(`${begun.authorizeUrl.href}\n`);
  stderr('\nWaiting for consent. Ctrl-C stops the wait; the address stays valid.\n');
  if (stderrIsTty) openInBrowser(begun.authorizeUrl);

  const consent = await awaitConsent(connection, begun, signal);
  if (consent === 'connected') {
    const connected = await checkConnection(connection, signal);
    if (connected) return report(source, connected, context);
    stderr('The source was connected and then disconnected again.\n');
    return 1;
  }
  if (consent === 'expired') {
    const line = refusedToEntry(touched(), 'expired', 'No consent within ten minutes.');
    await recordAuditEntry(connection.store, line, context);
  }
  stderr(`${NOT_CONNECTED[consent]}\n`);
  return 1;
};

const connectByCredentials = async (
  { source }: DeployedSource,
  connection: ConnectionContext,
  context: CliContext,
  prompt: Prompt | undefined,
): Promise<ExitCode> => {
  const { environment, stderr, signal } = context;
  stderr(appToCreate(source, undefined));
  const variables = ['ZOOM_ACCOUNT_ID', 'ZOOM_CLIENT_ID', 'ZOOM_CLIENT_SECRET'] as const;
  const connected = await withCredentials(variables, { environment, prompt, stderr: stderr }, (app) => {
    const credentials = {
      accountId: app.ZOOM_ACCOUNT_ID,
      clientId: app.ZOOM_CLIENT_ID,
      clientSecret: app.ZOOM_CLIENT_SECRET,
    };
    return auditingRefusal(connectServerToServer(connection, credentials, signal), connection, context);
  });
  const touched = subjectIn(source.name, context);
  await recordAuditEntry(connection.store, connectedToEntry(touched(), connected), context);
  return report(source, connected, context);
};

const subjectIn = (source: string, context: CliContext) => (): AuditSubject => ({
  source,
  actor: operatorAt(context),
  at: context.clock.now(),
});

/** Rethrows a refusal after it is recorded in the audit log. */
const auditingRefusal = async <T>(
  connection: Promise<T>,
  { source, store }: Pick<ConnectionContext, 'source' | 'store'>,
  context: CliContext,
): Promise<T> => {
  try {
    return await connection;
  } catch (error) {
    if (error instanceof ConfigurationError) {
      const touched = subjectIn(source.name, context)();
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
      `sources.json names another Zoom account, ${source.accountId}; the deployed stack does not have that setting yet. After the next ` +
        `deployment, nothing is collected. Connect ${source.name} to the right account, or correct "accountId".\n`,
    );
    return 1;
  }
  return streams.every((check) => check.readable) ? 0 : 1;
};

/** The account and its administrator. */
const whoseText = ({ auth, accountId, authorizedBy }: Omit<Connected, 'pollRequested'>): string => {
  const by =
    auth === 'server-to-server'
      ? 'a Server-to-Server app (no administrator)'
      : (authorizedBy ?? 'an administrator (e-mail unknown)');
  return printable(`  Zoom account ${accountId}\n  authorized by ${by}\n`);
};

const NOT_CONNECTED: Readonly<Record<Exclude<Consent, 'connected'>, string>> = {
  declined:
    "Not connected: the app was declined on Zoom's consent page. Nothing was stored. Run it again for a new address.",
  refused: 'Not connected: the page in the browser shows the reason. Nothing was stored.',
  replaced: 'Another connection of this source was started. This address has expired.',
  expired: 'No consent within ten minutes. Run it again for a new address.',
};

const wrongKind = (name: string, config: string): ConfigurationError =>
  new ConfigurationError(
    'auth',
    `In ${config}, "${name}" has the "auth" "oauth". For --server-to-server, set it to "server-to-server" and ` +
      `deploy: npm run deploy`,
  );

const noRedirectUrl = (name: string): ConfigurationError =>
  new ConfigurationError(
    'not-deployed',
    `The stack has no redirect URL for "${name}": it was deployed before "auth" was set to "oauth". Deploy again: ` +
      `npm run deploy`,
  );
