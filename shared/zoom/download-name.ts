import { cutText } from '../model/well-formed.ts';

/** The longest file name of most file systems. */
const MAX_LENGTH = 255;

/**
 * Zoom's own name for a file: from the Content-Disposition, or else the last part of the path that a redirect led to, such as
 * `GMT20210429-143543_Recording_640x360.mp4`. Undefined if neither has one with an extension: the path of a `download_url` is a
 * secret, and no name.
 */
export const fileNameOf = (
  disposition: string | undefined,
  redirectedTo: URL | undefined,
): string | undefined => toName(nameInDisposition(disposition ?? '')) ?? nameWithExtension(redirectedTo);

const nameWithExtension = (url: URL | undefined): string | undefined => {
  const name = toName(decode(url?.pathname ?? ''));
  return name !== undefined && /^.{1,240}\.[a-z0-9]{1,8}$/i.test(name) ? name : undefined;
};

/** `filename*` (RFC 5987) precedes `filename`, as RFC 6266 asks. */
const nameInDisposition = (text: string): string | undefined => {
  const [, charset = '', encoded] =
    /(?:^|[;\s])filename\*\s*=\s*"?([\w-]{1,20})'[\w-]{0,20}'([^\s;"]{1,2000})/i.exec(text) ?? [];
  const decoded = charset.toLowerCase() === 'utf-8' ? decode(encoded ?? '') : undefined;
  if (decoded !== undefined) return decoded;
  const [, quoted] = /(?:^|[;\s])filename\s*=\s*"((?:[^"\\]|\\.){1,2000})"/i.exec(text) ?? [];
  if (quoted !== undefined) return fromHeader(quoted.replaceAll(/\\(.)/g, '$1'));
  const [, token] = /(?:^|[;\s])filename\s*=\s*([^\s;"]{1,2000})/i.exec(text) ?? [];
  return token === undefined ? undefined : fromHeader(token);
};

/** Headers are read as Latin-1, but many servers send UTF-8 in them. */
const fromHeader = (text: string): string => {
  const utf8 = Buffer.from(text, 'latin1').toString('utf8');
  return utf8.includes('\ufffd') || /[\u0100-\uffff]/.test(text) ? text : utf8;
};

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** The last part of a path, without what controls a terminal or turns the direction of text. */
const toName = (text: string | undefined): string | undefined => {
  const name = cutText(
    (text?.split(/[/\\]/).at(-1) ?? '').replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ''),
    MAX_LENGTH,
  ).trim();
  return /^\.*$/.test(name) ? undefined : name;
};
