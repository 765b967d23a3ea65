/** Prompts on the terminal. */
export interface Prompt {
  text(question: string): Promise<string>;
  /** Does not echo the input. */
  secret(question: string): Promise<string>;
  /** Yes or no; the default is no. */
  confirm(question: string): Promise<boolean>;
  choice(question: string, choices: readonly string[]): Promise<string>;
}

interface TerminalStreams {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/** A prompt on this terminal; undefined if stdin is not a terminal. */
export const createPrompt = (terminal: TerminalStreams): Prompt | undefined => {
  if (!terminal.input.isTTY) return undefined;
  return {
    text: async (message) => {
      const { input } = await import('@inquirer/prompts');
      return input({ message, required: true }, terminal);
    },
    confirm: async (message) => {
      const { confirm } = await import('@inquirer/prompts');
      return confirm({ message, default: false }, terminal);
    },
    choice: async (message, choices) => {
      const { select } = await import('@inquirer/prompts');
      return select({ message, choices }, terminal);
    },
    secret: async (message) => {
      const { password } = await import('@inquirer/prompts');
      return password({ message, mask: false, validate: (typed) => typed !== '' }, terminal);
    },
  };
};

/** Whether the operator cancelled a prompt. */
export const isUnanswered = (error: unknown): boolean =>
  error instanceof Error && ['ExitPromptError', 'AbortPromptError'].includes(error.name);
