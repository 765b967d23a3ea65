import type { CliContext } from './context.ts';

/** Clears a terminal, but not its scrollback. */
const CLEAR = '\u001b[H\u001b[2J';

/** Prints a text at intervals until Ctrl-C: in place on a terminal, else one after the other. */
export const watchScreen = async (
  show: () => Promise<string>,
  everyMs: number,
  { stdout, clock, signal, stdoutIsTty }: Pick<CliContext, 'stdout' | 'clock' | 'signal' | 'stdoutIsTty'>,
): Promise<void> => {
  while (!signal.aborted) {
    const text = await show();
    stdout(stdoutIsTty ? `${CLEAR}${text}` : text);
    await clock.sleep(everyMs, signal).catch(() => undefined);
  }
};
