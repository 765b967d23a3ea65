/** A heading of a document, and the anchor by which a link finds it. */
export interface Heading {
  readonly level: number;
  readonly text: string;
  readonly anchor: string;
}

/** A block of commands in a document. */
export interface ShellBlock {
  /** The anchor of its heading. */
  readonly heading: string;
  /** Its bold label: `Check`, `Do`. */
  readonly label: string;
  /** Its first line in the document. */
  readonly line: number;
  readonly code: string;
  /** The exit codes other than 0 that comments in it announce, in order: `# exits 1`. */
  readonly exits: readonly number[];
  /** The lines of the block of text that follows it: what is printed. */
  readonly prints: readonly string[];
  /** Why no test runs it, from its fence: `sh not run: …`. */
  readonly notRun: string | undefined;
}

/** The headings of a document, in order. */
export const headingsOf = (markdown: string): Heading[] =>
  walk(markdown).flatMap(({ heading }) => heading ?? []);

/** The blocks of commands of a document, in order. */
export const shellBlocksOf = (markdown: string): ShellBlock[] => {
  const blocks: (ShellBlock & { prints: string[] })[] = [];
  let [anchor, label] = ['', ''];
  for (const { heading, prose, fence } of walk(markdown)) {
    if (heading) [anchor, label] = [heading.anchor, ''];
    label = [...(prose ?? '').matchAll(/\*\*([A-Z][a-z ]*)[.:]?\*\*/g)].at(-1)?.[1] ?? label;
    if (fence?.language === 'text') blocks.at(-1)?.prints.push(...fence.lines);
    if (fence?.language !== 'sh') continue;
    const code = fence.lines.join('\n');
    const exits = [...code.matchAll(/# exits (\d+)/g)].map(([, exit]) => Number(exit));
    const { line, notRun } = fence;
    blocks.push({ heading: anchor, label, line, code, exits, prints: [], notRun });
  }
  return blocks;
};

/** Whether a printed line matches the document: `…` matches anything, and columns may have any width. */
export const isAsSaid = (said: string, printed: string): boolean => {
  const parts = said.split('…').map((part) => part.trim().split(/\s+/).map(escaped).join('\\s+'));
  return new RegExp(`^\\s*${parts.join('.*')}\\s*$`).test(printed);
};

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

interface Piece {
  readonly heading?: Heading;
  readonly prose?: string;
  readonly fence?: {
    readonly language: string;
    readonly notRun: string | undefined;
    readonly line: number;
    readonly lines: string[];
  };
}

/** A document, piece by piece: a heading, a line of prose, a fenced block. */
const walk = (markdown: string): Piece[] => {
  const pieces: Piece[] = [];
  let open: NonNullable<Piece['fence']> | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    const { language, notRun } = /^```(?<language>\w*)(?: not run: (?<notRun>.+))?$/.exec(line)?.groups ?? {};
    if (open && language === undefined) open.lines.push(line);
    else if (open) {
      pieces.push({ fence: open });
      open = undefined;
    } else if (language !== undefined) open = { language, notRun, line: index + 2, lines: [] };
    else pieces.push(toPiece(line));
  }
  return pieces;
};

const toPiece = (line: string): Piece => {
  const { hashes, text } = /^(?<hashes>#+) (?<text>.+)$/.exec(line)?.groups ?? {};
  return hashes !== undefined && text !== undefined
    ? { heading: { level: hashes.length, text, anchor: anchorOf(text) } }
    : { prose: line };
};

/** As GitHub makes it. */
const anchorOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
