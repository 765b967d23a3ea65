import { parseJson } from '../model/json-text.ts';

/** Zoom's `file_type`s, and extensions of chat files, whose content is JSON. */
const JSON_FILES = new Set([
  'JSON',
  'TIMELINE',
  'SUMMARY',
  'CHAT_MESSAGE',
  'AIC_CONVERSATION',
  'AIC_COVERSATION', // Zoom's own spelling in archive files
]);

/** Chat files may be any file of a person's, a saved page as well. */
const HTML_FILES = new Set(['HTML', 'HTM', 'XHTML']);

/** Zoom's error pages have far less; a JSON file of this length has more than an error. */
export const MAX_ERROR_FILE_BYTES = 4096;

/** As much of a body as shows that it begins as HTML. */
export const BEGINNING_BYTES = 512;

const isHtmlType = (type: string): boolean => type === 'text/html' || type === 'application/xhtml+xml';
const isJsonType = (type: string): boolean => /^(?:application|text)\/(?:[\w.+-]{1,60}\+)?json$/.test(type);
const isUnknownType = (type: string): boolean =>
  ['', 'application/octet-stream', 'binary/octet-stream'].includes(type);

/**
 * Whether a response under 200 is a page about the file instead of the file, by its media type. Zoom responds with HTML for no
 * permission, a deleted file and a person who is signed out, and with a JSON error under 200, too (harvard-dce's ingester checks
 * for it; Zoom's developer forum, thread 53338).
 */
export const isPageType = (contentType: string, fileType: string): boolean => {
  const type = fileType.toUpperCase();
  return (
    (isHtmlType(contentType) && !HTML_FILES.has(type)) || (isJsonType(contentType) && !JSON_FILES.has(type))
  );
};

/** How many bytes from the beginning of a body must be known to tell a page by them; 0 if its type is enough. */
export const bytesToInspect = (contentType: string, beginning: string): number => {
  if (!isUnknownType(contentType) && !isJsonType(contentType)) return 0;
  return /^\s*\{/.test(withoutMark(beginning)) ? MAX_ERROR_FILE_BYTES + 1 : BEGINNING_BYTES;
};

/** Whether the beginning of a body is that of a page; `isWhole` says that the body ends there. */
export const isPageText = (
  beginning: string,
  isWhole: boolean,
  contentType: string,
  fileType: string,
): boolean => {
  const text = withoutMark(beginning);
  if (isUnknownType(contentType) && /^\s*<(?:!doctype\s+html|html)[\s>]/i.test(text)) {
    return !HTML_FILES.has(fileType.toUpperCase());
  }
  return isWhole && text.length <= MAX_ERROR_FILE_BYTES && isErrorForm(parseJson(text));
};

const withoutMark = (text: string): string => text.replace(/^\ufeff/, '');

const ERROR_FIELDS = new Set([
  'code',
  'message',
  'errors',
  'error',
  'errorCode',
  'errorMessage',
  'reason',
  'status',
  'result',
]);

/** Zoom's error form: `{"code", "message"}`, with few others (zoom-response reads the same). */
const isErrorForm = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { code, errorCode = code, message, errorMessage = message } = value as Record<string, unknown>;
  return (
    (typeof errorCode === 'number' || (typeof errorCode === 'string' && /^\d{1,6}$/.test(errorCode))) &&
    typeof errorMessage === 'string' &&
    Object.keys(value).every((field) => ERROR_FIELDS.has(field))
  );
};
