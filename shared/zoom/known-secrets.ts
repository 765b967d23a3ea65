const REDACTED = '[redacted]';

/** From this length on a value is replaced everywhere, also within a word: no text contains it by chance. */
const LONG = 8;

/** The shortest prefix of a long value that is replaced at the end of a text, where the rest was cut off. */
const LEAST_OF_A_CUT = 6;

/** A process that renews tokens for days keeps only the newest: older ones are long invalid. Each is searched in each text. */
const MOST_VALUES = 32;

/** What removes secrets from a text. */
export interface Redactor {
  redact(text: string): string;
}

/**
 * The secrets of a connection. Any text from Zoom may repeat one of them, in full and in any spelling. So it passes through
 * `redact` before it enters an error, a log line, a page or an audit entry.
 *
 * The rule, by known value and not by shape: a value of eight and more characters is replaced everywhere. A shorter one is replaced
 * only as a whole word: inside other words it reveals nothing, and replacing it there would mangle all text. Both in any
 * case, and in the encodings of a URL, a form, JSON, HTML and base64. If a text still contains one in another encoding, the
 * whole text is withheld.
 */
export class KnownSecrets implements Redactor {
  readonly #values = new Set<string>();
  /** The search patterns, built on first use after a change of the values. */
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

  /** The secret of an app, also in the form of the Basic header. */
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

/** The search patterns. */
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

/** Whether a text contains a value in another encoding, or with blanks or invisible characters in it. */
const isHidden = (text: string, { pattern, bareValues }: Search): boolean => {
  const rest = text.replaceAll(REDACTED, ' ');
  if (unescaped(rest).search(pattern) >= 0) return true;
  const bare = bareOf(rest);
  return bareValues.some((value) => bare.includes(value));
};

/** A value in the encodings of a URL, a form, JSON, HTML and base64. */
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

/** A value may begin after an escape sequence: its last letter is not part of a word. */
const WORD_BEGINS = String.raw`(?:(?<=%[0-9a-f]{2}|\\u[0-9a-f]{4}|\\[bfnrt])|(?<![\p{L}\p{N}]))`;
const WORD_ENDS = String.raw`(?![\p{L}\p{N}])`;

const patternOf = (form: string): string => {
  const literal = form.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  return form.length >= LONG ? literal : `${WORD_BEGINS}${literal}${WORD_ENDS}`;
};

/** Zoom and we may truncate text, so a value may be cut at the very end of a text. */
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

/** A text without escapes, blanks and invisible characters. */
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
