import { RateLimitedError, UpstreamError } from '../shared/errors.ts';
import { isUnanswered } from './prompt.ts';
import type { ExitCode, CliContext } from './context.ts';
import { printable } from './text.ts';

/** Runs interactive work. Ctrl-C and failures of Zoom end it with a message instead of an exception. */
export const reportInterrupts = async (
  { stderr, signal }: Pick<CliContext, 'stderr' | 'signal'>,
  work: () => Promise<ExitCode>,
): Promise<ExitCode> => {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted || isUnanswered(error)) {
      stderr('Stopped.\n');
    } else if (error instanceof UpstreamError || error instanceof RateLimitedError) {
      stderr(`${printable(error.message)}\n`);
    } else {
      throw error;
    }
    return 1;
  }
};
