import { ConfigurationError } from '../shared/errors.ts';

/** Runs a command of npm's; what the operator must mend ends it with a sentence instead of a stack trace. */
export const exitOnConfigurationError = async (command: () => Promise<void>): Promise<void> => {
  try {
    await command();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
};
