/** Which bytes of a file a partial response has: the first and the last one, and the size of the file if it is stated. */
export interface ContentRange {
  readonly first: number;
  readonly last: number;
  readonly total: number | undefined;
}

/** Reads a Content-Range of one range of bytes (RFC 9110, section 14.4); undefined for any other or impossible one. */
export const readContentRange = (text: string | undefined): ContentRange | undefined => {
  const [, first, last, total] =
    /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/i.exec(text?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || total === undefined) return undefined;
  const range = {
    first: Number(first),
    last: Number(last),
    total: total === '*' ? undefined : Number(total),
  };
  const isPossible = range.first <= range.last && (range.total === undefined || range.last < range.total);
  return isPossible ? range : undefined;
};

/**
 * A strong ETag; undefined for a weak one (`W/`) or none. Two files with one weak ETag may differ in their bytes, so nothing is
 * resumed by it (RFC 9110, sections 8.8.3 and 13.1.5).
 */
export const strongEtagOf = (text: string | undefined): string | undefined =>
  // eslint-disable-next-line no-control-regex
  /^"[^"\u0000-\u0020\u007f]{0,500}"$/.test(text ?? '') ? text : undefined;

/** Reads a Content-Length; undefined if there is none. */
export const readContentLength = (text: string | undefined): number | undefined =>
  /^\d{1,15}$/.test(text?.trim() ?? '') ? Number(text) : undefined;
