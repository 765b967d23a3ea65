import { Command } from 'commander';

/** A command that takes SQL as its argument, also SQL that begins with a comment, which looks like an option. */
export class SqlCommand extends Command {
  override parseOptions(args: string[]): ReturnType<Command['parseOptions']> {
    const end = args.indexOf('--');
    const isSql = (text: string, index: number): boolean =>
      (end < 0 || index < end) && this.#beginsWithComment(text);
    const { operands, unknown } = super.parseOptions(args.filter((text, index) => !isSql(text, index)));
    return { operands: [...args.filter(isSql), ...operands], unknown };
  }

  /** Two dashes and a blank; or a whole line that gives no value to an option, and another; or words that begin with no option. */
  #beginsWithComment(text: string): boolean {
    if (/^--(?:\s|[^=\n]*\n)/.test(text)) return true;
    const [first = ''] = /^--[^\s=]+/.exec(text) ?? [];
    return first !== '' && /\s/.test(text) && !this.options.some(({ long }) => long === first);
  }
}
