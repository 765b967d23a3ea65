/** What a format cannot hold, and what stands in its place. */
export type Replacement =
  | 'lone-surrogate: U+FFFD'
  | 'line-break: ®'
  | '®: (R)'
  | 'þ: th'
  | 'delimiter U+0014: space'
  | 'comma in a name: space'
  | 'reaction longer than 30: cut';

/** Counts of what was replaced, by file and field. */
export class TextReplacements {
  readonly #counts = new Map<string, number>();

  add(where: string, what: Replacement, count: number): void {
    if (count === 0) return;
    const key = JSON.stringify([where, what]);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
  }

  /** In order of place and kind. */
  toJson(): { readonly where: string; readonly replaced: string; readonly count: number }[] {
    return [...this.#counts]
      .map(([key, count]) => {
        const [where = '', replaced = ''] = JSON.parse(key) as string[];
        return { where, replaced, count };
      })
      .sort((a, b) => (`${a.where} ${a.replaced}` < `${b.where} ${b.replaced}` ? -1 : 1));
  }
}

const LONE = /\p{Cs}/gu;

/** Half surrogate pairs in a text: they cannot be written as UTF-8. */
export const loneSurrogates = (text: string): number =>
  text.isWellFormed() ? 0 : (text.match(LONE) ?? []).length;
