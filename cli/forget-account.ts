import { openLocalStore } from '../shared/app/open-store.ts';
import { forgottenToEntry } from '../shared/connect/connection-to-entry.ts';
import type { Revocation } from '../shared/connect/disconnect.ts';
import {
  forgetAccount,
  type ForgetPlan,
  planForgetting,
  pollsEndAt,
  type TiedSource,
} from '../shared/connect/forget-account.ts';
import { ConfigurationError } from '../shared/errors.ts';
import { SourceNameSchema } from '../shared/model/slice.ts';
import type { Prompt } from './prompt.ts';
import { recordAuditEntry, operatorAt } from './audit-line.ts';
import { confirmPlan } from './confirm-plan.ts';
import { printProse } from './output/prose.ts';
import type { ExitCode, CliContext } from './context.ts';
import { plural, printable } from './text.ts';

/** `disconnect --forget-account` of a deployed source: shows the plan, confirms, disconnects, waits for polls, releases the account. */
export const forgetDeployed = async (
  tied: TiedSource,
  end: () => Promise<Revocation>,
  reportOf: (name: string, revocation: Revocation) => string,
  context: CliContext,
  prompt: Prompt | undefined,
  yes: true | undefined,
): Promise<ExitCode> => {
  const { clock, stderr, signal } = context;
  const { name } = tied.source;
  const plan = await planForgetting(tied);
  if (isNothing(plan)) return tiedToNothing(name, context);
  if (!(await confirmPlan(planToText(name, plan), context, prompt, yes))) return 1;

  const revocation = plan.connected ? await end() : undefined;
  if (revocation) printProse(reportOf(name, revocation), context);
  const until = await pollsEndAt(tied.store, name, clock);
  if (until) {
    stderr(
      `Waiting until ${until.toISOString()}: a running poll may still deliver events. Ctrl-C cancels: the account stays ` +
        `pinned, and you can run this again later.\n`,
    );
    await clock.sleep(Math.max(0, until.getTime() - clock.now().getTime()), signal);
  }
  await forget(tied, context);
  return revocation?.outcome === 'not-revoked' ? 1 : 0;
};

/** The same for a source in an output folder, which has no connection to end. */
export const forgetInFolder = async (
  name: string,
  folder: string,
  context: CliContext,
  prompt: Prompt | undefined,
  yes: true | undefined,
): Promise<ExitCode> => {
  if (!SourceNameSchema.safeParse(name).success)
    throw new ConfigurationError('unknown-source', `${JSON.stringify(name)} is not a valid source name.`);
  const tied = { source: { name }, store: await openLocalStore(folder, context) };
  const plan = await planForgetting(tied);
  if (isNothing(plan)) return tiedToNothing(name, context);
  if (!(await confirmPlan(planToText(name, plan), context, prompt, yes))) return 1;
  await forget(tied, context);
  return 0;
};

const isNothing = ({ accountId, keys, connected }: ForgetPlan): boolean =>
  accountId === undefined && keys.length === 0 && !connected;

const tiedToNothing = (name: string, context: CliContext): ExitCode => {
  printProse(`${name} is not pinned to a Zoom account. Nothing was changed.\n`, context);
  return 0;
};

const forget = async (tied: TiedSource, context: CliContext): Promise<void> => {
  const { name } = tied.source;
  const { accountId } = await forgetAccount(tied);
  const touched = { source: name, actor: operatorAt(context), at: context.clock.now() };
  await recordAuditEntry(tied.store, forgottenToEntry(touched, accountId), context);
  printProse(printable(`${name} is no longer pinned to a Zoom account. Connect the right one.\n`), context);
};

const planToText = (name: string, { accountId, keys, connected }: ForgetPlan): string =>
  [
    `${name} is pinned to the Zoom account ${accountId ?? '(unknown)'}. Nothing was collected from it yet.`,
    `This will:`,
    ...(connected ? ['  - revoke its authorization at Zoom and delete the credentials in its secret'] : []),
    `  - delete its state (${plural(keys.length, 'object')} under _state/ and watermark/)`,
    `  - allow any Zoom account to be connected as ${name}`,
    '',
  ].join('\n');
