import { ConfigurationError } from '../shared/errors.ts';

/** Runs an npm command. A ConfigurationError ends it with its message instead of a stack trace. */
export const exitOnConfigurationError = async (command: () => Promise<void>): Promise<void> => {
  try {
    await command();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
};
