import { ConfigurationError } from '../errors.ts';
import type { Reason } from '../reasons.ts';

/** The code of a failed system call, such as `ENOENT`. */
export const codeOf = (error: unknown): string => (error as { code?: string }).code ?? String(error);

/** Reads a missing file or folder as undefined; throws any other error. */
export const noneIfMissing = (error: unknown): undefined => {
  if (codeOf(error) === 'ENOENT') return undefined;
  throw error;
};

/** The error for a folder that cannot be used at all. */
export const unusable = (reason: Reason, root: string, what: string, cause?: unknown): ConfigurationError =>
  new ConfigurationError(reason, `The folder ${root} ${what}. Choose another one with --out.`, { cause });

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const DENIED = new Set(['EROFS', 'EACCES', 'EPERM']);
const GONE = new Set(['ENOENT', 'ENODEV', 'ENXIO', 'ESTALE', 'ENOTCONN', 'EIO']);
const IN_THE_WAY = new Set(['EEXIST', 'ENOTDIR', 'EISDIR', 'ENOTEMPTY']);

const KEPT = 'What was already written is kept. Nothing is lost or stored twice.';

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
      `No space is left for the folder ${root} (${code}). ${KEPT} Free some space and run the command again.`,
    );
  }
  if (DENIED.has(code)) {
    return failure(
      'folder-unwritable',
      `The folder ${root} can't be written to (${code}: ${path}). ${KEPT} Make it writable for this user and run the command again, or choose ` +
        `another one with --out.`,
    );
  }
  if (GONE.has(code)) {
    return failure(
      'folder-gone',
      `The folder ${root} was removed, moved or unmounted during the run (${code}: ${path}). Its contents are where it was moved to. ` +
        `Put it back and run the command again: only what is missing is collected.`,
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
    `The folder ${root} can't be read (${code}: ${path}). Run the command as the user who collected, or collect with --group-readable. ` +
      `Check that its disk is mounted.`,
    { cause: error },
  );
};

/** The error for a `path` that is not our file, or has a parent that is not a folder. */
export const inTheWay = (path: string, cause?: unknown): ConfigurationError =>
  new ConfigurationError(
    'folder-in-the-way',
    `${path} can't be written: something else exists in its place, or a file in the place of one of its folders. ` +
      `Move away what is not from the collector, and run the command again.`,
    { cause },
  );

/** The error for a `path` that is a symbolic link: it must be a file or folder of the output folder itself. */
export const linkInTheWay = (path: string): ConfigurationError =>
  new ConfigurationError(
    'folder-link',
    `${path} is a symbolic link. Links inside the output folder are never followed for writing. Remove the link, or replace it with ` +
      `its target, and run the command again. Only --out itself may be a link.`,
  );
