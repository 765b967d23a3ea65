import { input, password, select } from '@inquirer/prompts';

/** Asks the person at the terminal. */
export interface Ask {
  text(question: string): Promise<string>;
  /** Without showing what is typed. */
  secret(question: string): Promise<string>;
  choice(question: string, choices: readonly string[]): Promise<string>;
}

interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/** The person at this terminal; undefined if there is none. */
export const askAt = (terminal: Terminal): Ask | undefined => {
  if (!terminal.input.isTTY) return undefined;
  return {
    text: (message) => input({ message, required: true }, terminal),
    secret: (message) => password({ message, mask: false, validate: (typed) => typed !== '' }, terminal),
    choice: (message, choices) => select({ message, choices }, terminal),
  };
};

/** Whether a person ended a question, rather than answered it. */
export const isUnanswered = (error: unknown): boolean =>
  error instanceof Error && ['ExitPromptError', 'AbortPromptError'].includes(error.name);
