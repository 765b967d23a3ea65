/** Line ends, other controls, what hides and what turns the direction of reading. */
const ILLEGIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * Text of any origin for people's chat and mail: nothing in it notifies anyone, and nothing is a link. Chat reads `<!channel>`,
 * `<@U1>`, `<address|text>`, `@here`, `[text](address)` and bare addresses as more than words. What is left looks alike.
 */
export const disarmed = (text: string): string =>
  text
    .replaceAll('<', '＜')
    .replaceAll('>', '＞')
    // An address of mail keeps its sign: no mention begins within a word.
    .replaceAll(/(?<![\p{L}\p{N}._%+-])@/gu, '＠')
    .replaceAll(/\](?=\s*[([])/g, '] ·')
    .replaceAll(/(?<!\[):\/\//g, '[://]')
    .replaceAll(/\bwww\./gi, 'www[.]');

/** Words that are not ours, in a code span of one line, no longer than so many characters: markup in them stays text. */
export const asCode = (words: string, most: number): string => {
  const legible = words
    .toWellFormed()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(ILLEGIBLE, '·')
    .replaceAll('`', "'");
  return `\`${cut(disarmed(legible).trim() || '-', most - 2)}\``;
};

/** Never within a character that takes two units. */
export const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
