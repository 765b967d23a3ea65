import { Command } from 'commander';

/** A command with SQL as its argument. SQL may begin with a comment (`--`), which looks like an option. */
export class SqlCommand extends Command {
  override parseOptions(args: string[]): ReturnType<Command['parseOptions']> {
    const end = args.indexOf('--');
    const isSql = (text: string, index: number): boolean =>
      (end < 0 || index < end) && this.#beginsWithComment(text);
    const { operands, unknown } = super.parseOptions(args.filter((text, index) => !isSql(text, index)));
    return { operands: [...args.filter(isSql), ...operands], unknown };
  }

  /** Matches two dashes and a blank, several lines of which the first sets no option value, or words that start with no option. */
  #beginsWithComment(text: string): boolean {
    if (/^--(?:\s|[^=\n]*\n)/.test(text)) return true;
    const [first = ''] = /^--[^\s=]+/.exec(text) ?? [];
    return first !== '' && /\s/.test(text) && !this.options.some(({ long }) => long === first);
  }
}
