import { ConfigurationError } from '../errors.ts';
import type { Reason } from '../reasons.ts';

/** The code of a failed system call, such as `ENOENT`. */
export const codeOf = (error: unknown): string => (error as { code?: string }).code ?? String(error);

/** Reads a missing file or folder as undefined; throws any other error. */
export const noneIfMissing = (error: unknown): undefined => {
  if (codeOf(error) === 'ENOENT') return undefined;
  throw error;
};

/** A folder cannot be used at all: another one must be named. */
export const unusable = (reason: Reason, root: string, what: string, cause?: unknown): ConfigurationError =>
  new ConfigurationError(reason, `The folder ${root} ${what}. Name another one with --out.`, { cause });

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const DENIED = new Set(['EROFS', 'EACCES', 'EPERM']);
const GONE = new Set(['ENOENT', 'ENODEV', 'ENXIO', 'ESTALE', 'ENOTCONN', 'EIO']);
const IN_THE_WAY = new Set(['EEXIST', 'ENOTDIR', 'EISDIR', 'ENOTEMPTY']);

const KEPT = 'What was already written stays, and nothing is lost or stored twice.';

/**
 * Names the folder, what is kept and the remedy, for a write into `root` that failed at `path`. Any other error is returned
 * unchanged.
 */
export const writeFailure = (root: string, path: string, error: unknown): unknown => {
  if (error instanceof ConfigurationError) return error;
  const code = codeOf(error);
  const failure = (reason: Reason, message: string): ConfigurationError =>
    new ConfigurationError(reason, message, { cause: error });
  if (FULL.has(code)) {
    return failure(
      'folder-full',
      `No space is left for the folder ${root} (${code}). ${KEPT} Free some space and run it again.`,
    );
  }
  if (DENIED.has(code)) {
    return failure(
      'folder-unwritable',
      `The folder ${root} can't be written to (${code}: ${path}). ${KEPT} Make it writable for this user and run it again, or name ` +
        `another one with --out.`,
    );
  }
  if (GONE.has(code)) {
    return failure(
      'folder-gone',
      `The folder ${root} was removed, moved or unmounted during the run (${code}: ${path}). What it held is where it was moved to. ` +
        `Put it back and run it again: only what is missing is collected.`,
    );
  }
  return IN_THE_WAY.has(code) ? inTheWay(path, error) : error;
};

/** Names the folder and the remedy for a read below `root` that failed at `path`. Any other error is returned unchanged. */
export const readFailure = (root: string, path: string, error: unknown): unknown => {
  const code = codeOf(error);
  if (error instanceof ConfigurationError || !(DENIED.has(code) || GONE.has(code))) return error;
  return new ConfigurationError(
    'folder-unreadable',
    `The folder ${root} can't be read (${code}: ${path}). Run it as the user who collected, collect with --group-readable, or see ` +
      `whether its disk is mounted.`,
    { cause: error },
  );
};

/** Something that is no file of ours stands at `path`, or no folder at one of its parents. */
export const inTheWay = (path: string, cause?: unknown): ConfigurationError =>
  new ConfigurationError(
    'folder-in-the-way',
    `${path} can't be written: something else stands in its place, or a file in the place of one of its folders. ` +
      `Move away what is not the collector's, and run it again.`,
    { cause },
  );

/** A symbolic link stands at `path`, which must be a file or folder of the output folder itself. */
export const linkInTheWay = (path: string): ConfigurationError =>
  new ConfigurationError(
    'folder-link',
    `${path} is a symbolic link. Links inside the output folder are never followed for writing. Remove the link, or put what it ` +
      `points to in its place, and run it again. Only --out itself may be a link.`,
  );
