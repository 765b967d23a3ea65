import { ConfigurationError } from '../shared/errors.ts';
import type { Environment } from '../shared/runtime/environment.ts';
import type { Prompt } from './prompt.ts';
import { printable } from './text.ts';

const QUESTIONS = {
  ZOOM_ACCOUNT_ID: 'Account ID of the app',
  ZOOM_CLIENT_ID: 'Client ID of the app',
  ZOOM_CLIENT_SECRET: 'Client secret of the app (hidden)',
} as const;

type Variable = keyof typeof QUESTIONS;

const SECRET = 'ZOOM_CLIENT_SECRET';

interface CredentialsContext {
  readonly environment: Environment;
  readonly prompt: Prompt | undefined;
  readonly stderr: (text: string) => void;
}

/**
 * Runs `work` with an app's credentials. If Zoom refuses them and the secret was typed, prompts for the secret again until it is
 * accepted. Throws as `takeCredentials` does, and what the work throws.
 */
export const withCredentials = async <V extends Variable, T>(
  variables: readonly V[],
  { environment, prompt, stderr }: CredentialsContext,
  work: (app: Record<V, string>) => Promise<T>,
): Promise<T> => {
  let app = await takeCredentials(variables, environment, prompt);
  const wasTyped = (environment[SECRET]?.trim() ?? '') === '';
  for (;;) {
    try {
      return await work(app);
    } catch (error) {
      const isWrong = error instanceof ConfigurationError && error.reason === 'credentials-wrong';
      if (!isWrong || !prompt || !wasTyped) throw error;
      stderr(
        `${printable(error.message)}\nType the client secret again, or press Ctrl-C and correct the client id.\n`,
      );
      app = { ...app, [SECRET]: (await prompt.secret(QUESTIONS[SECRET])).trim() };
    }
  }
};

/**
 * An app's credentials: from the environment, and the missing ones from a prompt. Without a terminal, throws
 * ConfigurationError, naming every missing variable.
 */
export const takeCredentials = async <V extends Variable>(
  variables: readonly V[],
  environment: Environment,
  prompt: Prompt | undefined,
): Promise<Record<V, string>> => {
  const given = new Map(variables.map((variable) => [variable, environment[variable]?.trim() ?? '']));
  const missing = variables.filter((variable) => given.get(variable) === '');
  if (missing.length > 0 && !prompt) {
    throw new ConfigurationError(
      'environment',
      `Cannot prompt without a terminal. Set ${missing.join(' and ')} to the values of the app in Zoom's App Marketplace.`,
    );
  }
  for (const variable of missing) {
    const kind = variable === SECRET ? 'secret' : 'text';
    given.set(variable, (await prompt?.[kind](QUESTIONS[variable]))?.trim() ?? '');
  }
  return Object.fromEntries(given) as Record<V, string>;
};
