import { ConfigurationError } from '../shared/errors.ts';
import type { Environment } from '../shared/runtime/environment.ts';
import type { Ask } from './ask.ts';

const QUESTIONS = {
  ZOOM_ACCOUNT_ID: 'Account ID of the app',
  ZOOM_CLIENT_ID: 'Client ID of the app',
  ZOOM_CLIENT_SECRET: 'Client secret of the app (it is not shown)',
} as const;

type Variable = keyof typeof QUESTIONS;

/**
 * An app's credentials: from the environment, and what is not there from the person at the terminal. Throws
 * ConfigurationError, naming every variable that is missing, if there is nobody to ask.
 */
export const takeCredentials = async <V extends Variable>(
  variables: readonly V[],
  environment: Environment,
  ask: Ask | undefined,
): Promise<Record<V, string>> => {
  const given = new Map(variables.map((variable) => [variable, environment[variable]?.trim() ?? '']));
  const missing = variables.filter((variable) => given.get(variable) === '');
  if (missing.length > 0 && !ask) {
    throw new ConfigurationError(
      'environment',
      `There is no terminal to ask at. Set ${missing.join(' and ')} to what the app shows in Zoom's App Marketplace.`,
    );
  }
  for (const variable of missing) {
    const kind = variable === 'ZOOM_CLIENT_SECRET' ? 'secret' : 'text';
    given.set(variable, (await ask?.[kind](QUESTIONS[variable]))?.trim() ?? '');
  }
  return Object.fromEntries(given) as Record<V, string>;
};
