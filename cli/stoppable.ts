import { RateLimitedError, UpstreamError } from '../shared/errors.ts';
import { isUnanswered } from './ask.ts';
import type { ExitCode, Surroundings } from './surroundings.ts';
import { printable } from './text.ts';

/** Runs what talks to a person and to Zoom: Ctrl-C and a Zoom that fails end it with a sentence. */
export const stoppable = async (
  { err, signal }: Pick<Surroundings, 'err' | 'signal'>,
  work: () => Promise<ExitCode>,
): Promise<ExitCode> => {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted || isUnanswered(error)) {
      err('Stopped.\n');
    } else if (error instanceof UpstreamError || error instanceof RateLimitedError) {
      err(`${printable(error.message)}\n`);
    } else {
      throw error;
    }
    return 1;
  }
};
