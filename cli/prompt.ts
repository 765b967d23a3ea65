/** Asks the person at the terminal. */
export interface Prompt {
  text(question: string): Promise<string>;
  /** Without showing what is typed. */
  secret(question: string): Promise<string>;
  /** Yes or no; no unless the person says yes. */
  confirm(question: string): Promise<boolean>;
  choice(question: string, choices: readonly string[]): Promise<string>;
}

interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/** The person at this terminal; undefined if there is none. */
export const createPrompt = (terminal: Terminal): Prompt | undefined => {
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

/** Whether a person ended a question, rather than answered it. */
export const isUnanswered = (error: unknown): boolean =>
  error instanceof Error && ['ExitPromptError', 'AbortPromptError'].includes(error.name);
