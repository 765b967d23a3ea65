const REDACTED = '[redacted]';

/** From this length on a value is replaced wherever it stands, also within a word: by chance no text holds it. */
const LONG = 8;

/** The least of a long value that is replaced at the end of a text, where the rest was cut off. */
const LEAST_OF_A_CUT = 6;

/** A process that renews tokens for days keeps the newest: what was dropped is long dead. Each is looked for in each text. */
const MOST_VALUES = 32;

/**
 * The secrets that a connection works with. Whatever Zoom says may repeat one of them, in full and in any spelling, so its words
 * pass through `redact` before they enter an error, a log line, a page or an audit entry.
 *
 * The rule, by known value and not by shape: a value of eight and more characters is replaced wherever it stands. A shorter one
 * is replaced where it stands as a word of its own: inside other words it tells nothing, and replacing it there would mangle all
 * text. Both in any case, and as a URL, a form, JSON, HTML and base64 write them. If a text still holds one under another
 * escaping, the whole text is withheld.
 */
export class KnownSecrets {
  readonly #values = new Set<string>();
  /** What is looked for, made when it is first needed after a value came or went. */
  #search: Search | undefined;

  add(...values: readonly (string | undefined)[]): void {
    for (const value of values) {
      if (value === undefined || value.trim() === '') continue;
      this.#values.delete(value);
      this.#values.add(value);
      this.#search = undefined;
    }
    for (const value of this.#values) {
      if (this.#values.size <= MOST_VALUES) break;
      this.#values.delete(value);
    }
  }

  /** The secret of an app, also as the Basic header carries it. */
  addApp({ clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string }): void {
    this.add(clientSecret, `${clientId}:${clientSecret}`);
  }

  redact(text: string): string {
    if (this.#values.size === 0 || text === '') return text;
    this.#search ??= searchFor(this.#values);
    const redact = withoutCut(text.replace(this.#search.pattern, REDACTED), this.#search.forms);
    return isHidden(redact, this.#search) ? REDACTED : redact;
  }
}

/** What is looked for in a text. */
interface Search {
  /** Every spelling of every value, the longest first. */
  readonly forms: readonly string[];
  readonly pattern: RegExp;
  /** The long values without blanks and invisible characters. */
  readonly bareValues: readonly string[];
}

const searchFor = (values: ReadonlySet<string>): Search => {
  const forms = [...new Set([...values].flatMap(formsOf))].sort((a, b) => b.length - a.length);
  return {
    forms,
    pattern: new RegExp(forms.map(patternOf).join('|'), 'giu'),
    bareValues: [...values].map(bareOf).filter(({ length }) => length >= LONG),
  };
};

/** Whether a text holds a value under an escaping of another kind, or with blanks or invisible characters in it. */
const isHidden = (text: string, { pattern, bareValues }: Search): boolean => {
  const rest = text.replaceAll(REDACTED, ' ');
  if (unescaped(rest).search(pattern) >= 0) return true;
  const bare = bareOf(rest);
  return bareValues.some((value) => bare.includes(value));
};

/** As a URL, a form, JSON, HTML and base64 write a value. */
const formsOf = (value: string): string[] => {
  const json = JSON.stringify(value).slice(1, -1);
  const bytes = Buffer.from(value);
  return [
    value,
    encodeURIComponent(value.toWellFormed()),
    new URLSearchParams({ v: value }).toString().slice('v='.length),
    json,
    json.replaceAll('/', '\\/'),
    value.replaceAll(/[&<>"']/g, (character) => HTML[character] ?? character),
    bytes.toString('base64'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
  ];
};

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** An escape sequence ends where a value may begin: its last letter belongs to no word. */
const WORD_BEGINS = String.raw`(?:(?<=%[0-9a-f]{2}|\\u[0-9a-f]{4}|\\[bfnrt])|(?<![\p{L}\p{N}]))`;
const WORD_ENDS = String.raw`(?![\p{L}\p{N}])`;

const patternOf = (form: string): string => {
  const literal = form.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  return form.length >= LONG ? literal : `${WORD_BEGINS}${literal}${WORD_ENDS}`;
};

/** Zoom may cut what it repeats, and so do we: the beginning of a value at the very end of a text. */
const withoutCut = (text: string, forms: readonly string[]): string => {
  for (const form of forms) {
    if (form.length < LONG) continue;
    const begin = form.toLowerCase();
    for (let length = Math.min(begin.length - 1, text.length); length >= LEAST_OF_A_CUT; length -= 1) {
      const end = text.slice(-length);
      if (end.toLowerCase() === begin.slice(0, length)) return text.slice(0, -length) + REDACTED;
    }
  }
  return text;
};

/** What is left of a text without escapes, blanks and invisible characters. */
const bareOf = (text: string): string =>
  unescaped(text)
    .replaceAll(/[\p{C}\p{Z}\s]/gu, '')
    .toLowerCase();

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A text with every escape of URLs, JSON and HTML undone. */
const unescaped = (text: string): string =>
  text
    .replaceAll(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString())
    .replaceAll(/\\u([0-9a-f]{4})/gi, (_, unit: string) => String.fromCharCode(Number.parseInt(unit, 16)))
    .replaceAll(/&#x([0-9a-f]{1,6});/gi, (_, point: string) => characterOf(Number.parseInt(point, 16)))
    .replaceAll(/&#(\d{1,7});/g, (_, point: string) => characterOf(Number(point)))
    .replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replaceAll(/\\(.)/g, '$1');

const characterOf = (point: number): string => (point <= 0x10ffff ? String.fromCodePoint(point) : '');
