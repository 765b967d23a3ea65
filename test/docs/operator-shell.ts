import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';

/** What a block of commands came to. */
export interface Typed {
  /** What it printed, on both streams. */
  readonly output: string;
  /** The exit codes of the commands that did not end with 0, in order. */
  readonly codes: readonly number[];
}

/** Each command that fails leaves its code; as at a terminal, the next one runs all the same. */
const BEGIN = `set -o pipefail\ncodes=\ntrap 'codes="$codes $?"' ERR\n`;

/** A terminal that an operator pastes blocks into: what one block sets, the next ones find. */
export class OperatorShell {
  readonly #bash: ChildProcessWithoutNullStreams;
  #printed = '';
  #watchedAlarms: () => void = () => undefined;

  constructor(cwd: string, environment: Readonly<Record<string, string>>) {
    this.#bash = spawn('bash', ['--noprofile', '--norc'], { cwd, env: environment, stdio: 'pipe' });
    this.#bash.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#printed += text;
      this.#watchedAlarms();
    });
    this.#bash.stdin.write(BEGIN);
  }

  async paste(code: string): Promise<Typed> {
    const mark = randomUUID();
    this.#printed = '';
    this.#bash.stdin.write(`{\n${code}\n} 2>&1 < /dev/null\nprintf '${mark}%s\\n' "$codes"\ncodes=\n`);
    const end = new RegExp(`${mark}(?<codes>[ \\d]*)\\n`);
    while (!end.test(this.#printed)) await new Promise<void>((resolve) => (this.#watchedAlarms = resolve));
    const { index = 0, groups } = end.exec(this.#printed) ?? {};
    return {
      output: this.#printed.slice(0, index),
      codes: (groups?.['codes'] ?? '').split(' ').filter(Boolean).map(Number),
    };
  }

  close(): void {
    this.#bash.kill('SIGKILL');
  }
}
