import { Command } from 'commander';
import { disconnectedToEntry } from '../shared/connect/connection-to-entry.ts';
import { disconnect, type Revocation } from '../shared/connect/disconnect.ts';
import type { ConnectionContext } from '../shared/connect/ports.ts';
import { ConfigurationError } from '../shared/errors.ts';
import type { Prompt } from './prompt.ts';
import { recordAuditEntry, operatorAt } from './audit-line.ts';
import { type DeploymentOptions, findDeployedSource } from './deployed-source.ts';
import { DEPLOYMENT_OPTIONS } from './deployment-options.ts';
import { forgetDeployed, forgetInFolder } from './forget-account.ts';
import { reportInterrupts } from './report-interrupts.ts';
import { printProse } from './output/prose.ts';
import type { ExitCode, CliContext } from './context.ts';
import { printable } from './text.ts';

interface DisconnectFlags extends DeploymentOptions {
  readonly forgetAccount?: true;
  readonly out?: string;
  readonly yes?: true;
}

/** `disconnect`: disconnects a source from Zoom. */
export const disconnectCommand = (
  context: CliContext,
  exit: (code: ExitCode) => void,
  prompt: Prompt | undefined,
): Command =>
  new Command('disconnect')
    .description('Revoke the grant of a deployed source and delete its credentials; events are kept.')
    .argument('<name>', 'Name of the source in sources.json')
    .addOption(DEPLOYMENT_OPTIONS.config())
    .addOption(DEPLOYMENT_OPTIONS.stack())
    .option('--forget-account', 'Also release the pinned Zoom account, if nothing was collected yet')
    .option(
      '--out <dir>',
      'With --forget-account: use an output folder or s3://bucket/prefix instead of a stack',
    )
    .option('--yes', 'With --forget-account: skip the confirmation prompt')
    .action(async (name: string, flags: DisconnectFlags) => {
      if (!flags.forgetAccount && (flags.yes || flags.out !== undefined)) throw onlyForgetting();
      if (flags.out !== undefined) {
        const { out } = flags;
        exit(await reportInterrupts(context, () => forgetInFolder(name, out, context, prompt, flags.yes)));
        return;
      }
      const { source, resources } = await findDeployedSource(name, flags, context);
      const { openConnectionContext } = await import('../shared/app/connection.ts');
      const connection = openConnectionContext(source, resources, context);
      const end = (): Promise<Revocation> => endConnection(connection, context);
      try {
        const code = await reportInterrupts(context, async () => {
          if (flags.forgetAccount)
            return forgetDeployed(connection, end, reportOf, context, prompt, flags.yes);
          const revocation = await end();
          printProse(`${reportOf(name, revocation)}${WHAT_STAYS}`, context);
          return revocation.outcome === 'not-revoked' ? 1 : 0;
        });
        exit(code);
      } finally {
        await connection.close();
      }
    });

const endConnection = async (connection: ConnectionContext, context: CliContext): Promise<Revocation> => {
  const revocation = await disconnect(connection, context.signal);
  const touched = {
    source: connection.source.name,
    actor: operatorAt(context),
    at: context.clock.now(),
  };
  await recordAuditEntry(connection.store, disconnectedToEntry(touched, revocation), context);
  return revocation;
};

const onlyForgetting = (): ConfigurationError =>
  new ConfigurationError('usage', '--yes and --out require --forget-account.');

const reportOf = (name: string, revocation: Revocation): string =>
  `${name} is disconnected. ${sentenceOf(revocation)}\n`;

const WHAT_STAYS =
  'Deleted from its secret: the tokens, and the client id and secret of the app. Delivered events stay. The source stays pinned to its ' +
  'Zoom account: only that account can be connected again.\n';

const sentenceOf = (revocation: Revocation): string => {
  switch (revocation.outcome) {
    case 'revoked':
      return 'Its authorization was revoked at Zoom.';
    case 'nothing-to-revoke':
      return 'There was no authorization to revoke at Zoom.';
    case 'not-revoked':
      return (
        `Its authorization could NOT be revoked at Zoom and may still be valid. Remove the app in Zoom's App Marketplace, under Manage > ` +
        `Added Apps.\n  ${printable(revocation.message)}`
      );
  }
};
