import type { FileVersion } from './model.ts';

/** How often a version of a file was served by the file host. */
export interface Transfers {
  /** Requests that were answered with bytes of it. */
  readonly requests: number;
  /** Transfers from the first byte to the last one, all of them taken by the client. */
  readonly whole: number;
  /** Bytes taken by clients. */
  readonly bytes: number;
}

export interface DownloadCounter {
  begin(version: FileVersion): void;
  served(version: FileVersion, bytes: number): void;
  finished(version: FileVersion): void;
  of(version: FileVersion): Transfers;
}

export const createDownloadCounter = (): DownloadCounter => {
  const counts = new WeakMap<FileVersion, { requests: number; whole: number; bytes: number }>();
  const countOf = (version: FileVersion) => {
    const known = counts.get(version) ?? { requests: 0, whole: 0, bytes: 0 };
    counts.set(version, known);
    return known;
  };
  return {
    begin: (version) => {
      countOf(version).requests++;
    },
    served: (version, bytes) => {
      countOf(version).bytes += bytes;
    },
    finished: (version) => {
      countOf(version).whole++;
    },
    of: (version) => ({ ...countOf(version) }),
  };
};
