import { stringify } from 'csv-stringify/sync';
import { loneSurrogates, type TextReplacements } from './text-replacements.ts';

/** One document of a load file: a native file, or the messages of a chat session on a day. */
export interface LoadFileRow {
  readonly docId: string;
  /** The document that it is attached to. */
  readonly parentId: string;
  readonly source: string;
  readonly custodian: string;
  readonly type: string;
  /** Zoom's own name of it, or that of the exported file. */
  readonly fileName: string;
  readonly extension: string;
  readonly bytes: number;
  /** RFC 3339 in UTC. */
  readonly date: string;
  readonly title: string;
  readonly author: string;
  readonly sha256: string;
  /** The path of the file in the export, with slashes. */
  readonly path: string;
  /** The path of its text, if it has one. */
  readonly textPath: string;
  /** The id of its meeting or chat session at Zoom. */
  readonly zoomId: string;
  readonly item: string;
  readonly version: string;
  /** `gone`, `in trash`, `replaced`, or empty. */
  readonly note: string;
  /** The key of its bytes in the folder that it was collected into. */
  readonly key: string;
}

const windowsPath = (path: string): string => path.replaceAll('/', '\\');

const FIELDS: readonly (readonly [name: string, value: (row: LoadFileRow) => string])[] = [
  ['DOCID', ({ docId }) => docId],
  ['PARENTID', ({ parentId }) => parentId],
  ['CUSTODIAN', ({ custodian }) => custodian],
  ['SOURCE', ({ source }) => source],
  ['TYPE', ({ type }) => type],
  ['FILENAME', ({ fileName }) => fileName],
  ['FILEEXT', ({ extension }) => extension],
  ['FILESIZE', ({ bytes }) => String(bytes)],
  ['DATESENT', ({ date }) => date],
  ['TIMEZONE', () => 'UTC'],
  ['TITLE', ({ title }) => title],
  ['AUTHOR', ({ author }) => author],
  ['SHA256', ({ sha256 }) => sha256],
  ['ITEMPATH', ({ path }) => windowsPath(path)],
  ['TEXTPATH', ({ textPath }) => windowsPath(textPath)],
  ['ZOOMID', ({ zoomId }) => zoomId],
  ['ITEM', ({ item }) => item],
  ['VERSION', ({ version }) => version],
  ['NOTE', ({ note }) => note],
  ['KEY', ({ key }) => key],
];

const LINE_END = '\r\n';

/** Spreadsheets and importers of load files find out by it that a file is UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff';

/** A file of load file rows: its first line, and a line for each row. */
export interface LoadFileForm {
  readonly head: string;
  line(row: LoadFileRow, replaced: TextReplacements): string;
}

const toUnicode = (text: string, where: string, replaced: TextReplacements): string => {
  replaced.add(where, 'lone-surrogate: U+FFFD', loneSurrogates(text));
  return text.toWellFormed();
};

const csvLine = (values: readonly string[]): string =>
  stringify([[...values]], { record_delimiter: 'windows', quoted_match: /[\r\n]/ });

/** CSV by RFC 4180, with CRLF and a byte order mark. Values are unchanged. */
export const toCsv = (file: string): LoadFileForm => ({
  head: `${BYTE_ORDER_MARK}${csvLine(FIELDS.map(([name]) => name))}`,
  line: (row, replaced) =>
    csvLine(FIELDS.map(([name, value]) => toUnicode(value(row), `${file} ${name}`, replaced))),
});

/** Concordance's delimiters: between fields, and around each. */
const SEPARATOR = '\u0014';
const QUOTE = '\u00fe';
/** Stands for a line break within a field. */
const LINE_BREAK = '\u00ae';

const datLine = (values: readonly string[]): string =>
  `${values.map((value) => `${QUOTE}${value}${QUOTE}`).join(SEPARATOR)}${LINE_END}`;

/**
 * A load file with Concordance's delimiters, in UTF-8 with a byte order mark. How importers unescape delimiters in values is not
 * documented, so no value has any: they are replaced, and counted.
 */
export const toDat = (file: string): LoadFileForm => ({
  head: `${BYTE_ORDER_MARK}${datLine(FIELDS.map(([name]) => name))}`,
  line: (row, replaced) =>
    datLine(
      FIELDS.map(([name, value]) => {
        const where = `${file} ${name}`;
        const text = toUnicode(value(row), where, replaced);
        const swap = (
          from: string,
          pattern: RegExp | string,
          what: Parameters<TextReplacements['add']>[1],
          to: string,
        ) => {
          replaced.add(where, what, from.split(pattern).length - 1);
          return from.replaceAll(pattern, to);
        };
        const withoutSign = swap(text, /\u00ae/g, '®: (R)', '(R)');
        const withoutBreaks = swap(withoutSign, /\r\n|\r|\n/g, 'line-break: ®', LINE_BREAK);
        const withoutQuote = swap(withoutBreaks, /\u00fe/g, 'þ: th', 'th');
        return swap(withoutQuote, SEPARATOR, 'delimiter U+0014: space', ' ');
      }),
    ),
});
