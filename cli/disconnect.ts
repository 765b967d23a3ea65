import { Command } from 'commander';
import { disconnectedToEntry } from '../shared/connect/connection-to-entry.ts';
import { disconnect, type Revocation } from '../shared/connect/disconnect.ts';
import { keepLine, operatorAt } from './audit-line.ts';
import { type DeploymentOptions, findDeployedSource } from './deployed-source.ts';
import { DEPLOYMENT_OPTIONS } from './deployment-options.ts';
import { stoppable } from './stoppable.ts';
import type { ExitCode, Surroundings } from './surroundings.ts';
import { printable } from './text.ts';

/** `disconnect`: ends a source's connection to Zoom. */
export const disconnectCommand = (surroundings: Surroundings, exit: (code: ExitCode) => void): Command =>
  new Command('disconnect')
    .description("end a source's connection: revoke it at Zoom, wipe its tokens; the events stay")
    .argument('<name>', 'the source, as sources.json names it')
    .addOption(DEPLOYMENT_OPTIONS.config())
    .addOption(DEPLOYMENT_OPTIONS.stack())
    .action(async (name: string, options: DeploymentOptions) => {
      const { source, places } = await findDeployedSource(name, options, surroundings);
      const { openConnecting } = await import('../shared/connect-deployed.ts');
      const connecting = openConnecting(source, places, surroundings);
      const { clock, out, signal } = surroundings;
      try {
        const code = await stoppable(surroundings, async () => {
          const revocation = await disconnect(connecting, signal);
          const touched = { source: name, actor: operatorAt(surroundings), at: clock.now() };
          await keepLine(connecting.store, disconnectedToEntry(touched, revocation), surroundings);
          out(`${name} is disconnected. ${sentenceOf(revocation)}\n${WHAT_STAYS}`);
          return revocation.outcome === 'not-revoked' ? 1 : 0;
        });
        exit(code);
      } finally {
        await connecting.close();
      }
    });

const WHAT_STAYS =
  'Wiped from its secret: the tokens, and the client id and secret of the app. What was delivered stays, and so does the tie to its ' +
  'Zoom account: only that account can be connected again.\n';

const sentenceOf = (revocation: Revocation): string => {
  switch (revocation.outcome) {
    case 'revoked':
      return 'Its authorization was revoked at Zoom.';
    case 'nothing-to-revoke':
      return 'There was no authorization to revoke at Zoom.';
    case 'not-revoked':
      return (
        `Its authorization could NOT be revoked at Zoom and may live on: remove the app in Zoom's App Marketplace, under Manage > ` +
        `Added Apps.\n  ${printable(revocation.message)}`
      );
  }
};
