import { ConfigurationError } from '../shared/errors.ts';
import type { CliContext } from './context.ts';
import type { Prompt } from './prompt.ts';
import { printable } from './text.ts';

/** Whether the operator confirms the plan. Throws ConfigurationError without a terminal, unless `--yes` was given. */
export const confirmPlan = async (
  plan: string,
  { stderr }: Pick<CliContext, 'stderr'>,
  prompt: Prompt | undefined,
  yes: true | undefined,
): Promise<boolean> => {
  stderr(printable(plan));
  if (yes) return true;
  if (!prompt) {
    throw new ConfigurationError(
      'confirmation',
      'Cannot prompt for confirmation without a terminal. Nothing was changed. To skip the prompt, add --yes.',
    );
  }
  if (await prompt.confirm('Continue?')) return true;
  stderr('Nothing was changed.\n');
  return false;
};
