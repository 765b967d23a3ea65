import { ConfigurationError } from '../shared/errors.ts';
import type { Environment } from '../shared/runtime/environment.ts';
import type { Prompt } from './prompt.ts';
import { printable } from './text.ts';

const QUESTIONS = {
  ZOOM_ACCOUNT_ID: 'Account ID of the app',
  ZOOM_CLIENT_ID: 'Client ID of the app',
  ZOOM_CLIENT_SECRET: 'Client secret of the app (it is not shown)',
} as const;

type Variable = keyof typeof QUESTIONS;

const SECRET = 'ZOOM_CLIENT_SECRET';

interface CredentialsContext {
  readonly environment: Environment;
  readonly prompt: Prompt | undefined;
  readonly err: (text: string) => void;
}

/**
 * Does something with an app's credentials. If Zoom refuses them and the secret was typed, the secret alone is asked for again, as
 * often as need be. Throws as `takeCredentials` does, and what the work throws.
 */
export const withCredentials = async <V extends Variable, T>(
  variables: readonly V[],
  { environment, prompt, err }: CredentialsContext,
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
      err(
        `${printable(error.message)}\nType the client secret again, or end with Ctrl-C and correct the client id.\n`,
      );
      app = { ...app, [SECRET]: (await prompt.secret(QUESTIONS[SECRET])).trim() };
    }
  }
};

/**
 * An app's credentials: from the environment, and what is not there from the person at the terminal. Throws
 * ConfigurationError, naming every variable that is missing, if there is nobody to ask.
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
      `There is no terminal to ask at. Set ${missing.join(' and ')} to what the app shows in Zoom's App Marketplace.`,
    );
  }
  for (const variable of missing) {
    const kind = variable === SECRET ? 'secret' : 'text';
    given.set(variable, (await prompt?.[kind](QUESTIONS[variable]))?.trim() ?? '');
  }
  return Object.fromEntries(given) as Record<V, string>;
};
