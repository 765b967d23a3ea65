/** A piece of a transcript, or a line of a file of chat. */
export interface SpokenLine {
  /** Where it is: the time from the beginning of the recording (`00:01:02.000`), or nothing. */
  readonly at: string;
  readonly text: string;
}

const TIMING = /^(\d{2,}:\d{2}(?::\d{2})?[.,]\d{3})\s+-->/;

/** A line of a transcript is no longer than this: a longer one is cut into pieces, so that memory does not grow with it. */
const LONGEST = 64 * 1024;

/**
 * The pieces of a text file: the cues of WebVTT, each with its lines joined and without what is between them, or the lines of any
 * other text. Bytes that are no UTF-8 become U+FFFD.
 */
export async function* spokenLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<SpokenLine> {
  let cue: { readonly at: string; readonly lines: string[] } | undefined;
  let isCues: boolean | undefined;
  for await (const line of linesOf(body)) {
    isCues ??= /^\ufeff?WEBVTT/.test(line);
    const timing = TIMING.exec(line)?.[1];
    if (timing !== undefined) {
      if (cue) yield toSpoken(cue);
      cue = { at: timing, lines: [] };
    } else if (cue && line.trim() === '') {
      yield toSpoken(cue);
      cue = undefined;
    } else if (cue) cue.lines.push(line);
    else if (!isCues) yield { at: '', text: line };
  }
  if (cue) yield toSpoken(cue);
}

const toSpoken = ({ at, lines }: { readonly at: string; readonly lines: readonly string[] }): SpokenLine => ({
  at,
  text: lines.join(' '),
});

async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    yield* lines;
    while (rest.length > LONGEST) {
      yield rest.slice(0, LONGEST);
      rest = rest.slice(LONGEST);
    }
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}
