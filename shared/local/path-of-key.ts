import { join, resolve, sep } from 'node:path';

/** A part of a key that no file system reads as a parent folder, a drive, or the end of the name. Windows drops dots and blanks at the end. */
// eslint-disable-next-line no-control-regex
const PART = /^(?![. ]*$)[^/\\:\u0000]+$/;

/**
 * The path of a key's file under a folder; undefined for a key that has none there: empty, absolute, with `..` or an empty part.
 * Any writer of a bucket chooses its keys.
 */
export const pathOfKey = (root: string, key: string): string | undefined => {
  const folder = resolve(root);
  const isUnder = resolve(folder, key).startsWith(folder.endsWith(sep) ? folder : folder + sep);
  return isUnder && key.split('/').every((part) => PART.test(part)) ? join(root, key) : undefined;
};
