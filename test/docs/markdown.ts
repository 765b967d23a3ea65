/** A document without its code blocks: prose, tables and links. */
export const withoutCode = (document: string): string => document.replaceAll(/^```.*?^```$/gms, '');

/** The addresses of its links, without those of other hosts. */
export const localLinksOf = (document: string): string[] =>
  [...withoutCode(document).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, address = '']) => address)
    .filter((address) => !/^[a-z]+:/.test(address));

/** Headings as GitHub makes anchors of them. */
export const anchorsOf = (document: string): Set<string> =>
  new Set(
    [...withoutCode(document).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{Letter}\p{Number} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );

/** What it has between backticks, outside code blocks. */
export const codeSpansOf = (document: string): string[] =>
  [...withoutCode(document).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

/** The rows of its tables. */
export const tableRowsOf = (document: string): string[] =>
  withoutCode(document)
    .split('\n')
    .filter((line) => line.startsWith('|'));

/** Its sentences: of paragraphs and list items, and each cell of a table as one. A link counts as its text. */
export const sentencesOf = (document: string): string[] => {
  const text = withoutCode(document)
    .replaceAll(/<!--.*?-->/gs, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return text
    .split(/\n{2,}|\n(?=[-#|]|\d+\. )/)
    .flatMap((block) => (block.startsWith('|') ? block.split('|') : [block.replaceAll('\n', ' ')]))
    .flatMap((block) => block.split(/(?<=[.!?])\*{0,2}\s+/))
    .map((sentence) => sentence.replace(/^(?:[-#]+|\d+\.)\s/, '').trim())
    .filter((sentence) => sentence !== '');
};

/** How many words a sentence has. */
export const wordsIn = (sentence: string): number =>
  sentence.split(/\s+/).filter((word) => /[\p{Letter}\p{Number}]/u.test(word)).length;
