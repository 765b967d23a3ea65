/** Line ends, other control characters, and characters that are invisible or change the writing direction. */
const ILLEGIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * Untrusted text for chat and mail, without mentions and links. Chat interprets `<!channel>`, `<@U1>`, `<address|text>`,
 * `@here`, `[text](address)` and bare addresses. The result looks similar.
 */
export const disarmed = (text: string): string =>
  text
    .replaceAll('<', '＜')
    .replaceAll('>', '＞')
    // An e-mail address keeps its @: no mention begins within a word.
    .replaceAll(/(?<![\p{L}\p{N}._%+-])@/gu, '＠')
    .replaceAll(/\](?=\s*[([])/g, '] ·')
    .replaceAll(/(?<!\[):\/\//g, '[://]')
    .replaceAll(/\bwww\./gi, 'www[.]');

/** Untrusted text in a code span of one line, with a maximum length: markup in it remains text. */
export const asCode = (words: string, most: number): string => {
  const legible = words
    .toWellFormed()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(ILLEGIBLE, '·')
    .replaceAll('`', "'");
  return `\`${cut(disarmed(legible).trim() || '-', most - 2)}\``;
};

/** Never splits a surrogate pair. */
export const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
