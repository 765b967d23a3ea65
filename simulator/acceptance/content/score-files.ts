import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** A version of a file that could be downloaded in a run without faults. */
export interface ExpectedFile {
  readonly sha256: string;
  /** For people: `MP4 of the meeting "Review" of 2026-10-12, version 1`. */
  readonly about: string;
}

export interface FileTally {
  /** Versions that could be downloaded in a run without faults. */
  readonly offered: number;
  /** Files in the output whose bytes are those of a version, with repeats. */
  readonly held: number;
  /** Versions that the output lacks. */
  readonly lost: number;
  /** Files with the bytes of another file. */
  readonly repeated: number;
  /** Files whose bytes Zoom never had: pages, cut files, mixtures of versions. */
  readonly invented: number;
}

/** The differences themselves, for an investigation. */
export interface FileDifferences {
  readonly lost: readonly string[];
  readonly repeated: readonly string[];
  readonly invented: readonly string[];
}

/** A file of the output. */
export interface OutputFile {
  readonly path: string;
  readonly sha256: string;
}

/** Compares files by their SHA-256 alone. `known` has every version that Zoom ever had. */
export const scoreFiles = (
  offered: readonly ExpectedFile[],
  known: ReadonlySet<string>,
  output: readonly OutputFile[],
): FileTally & { readonly differences: FileDifferences } => {
  const seen = new Set<string>();
  const differences = { lost: [] as string[], repeated: [] as string[], invented: [] as string[] };
  for (const { path, sha256 } of output) {
    if (!known.has(sha256)) differences.invented.push(path);
    else if (seen.has(sha256)) differences.repeated.push(path);
    seen.add(sha256);
  }
  for (const { sha256, about } of offered) if (!seen.has(sha256)) differences.lost.push(about);
  return {
    offered: offered.length,
    held: output.length - differences.invented.length,
    lost: differences.lost.length,
    repeated: differences.repeated.length,
    invented: differences.invented.length,
    differences,
  };
};

/** The SHA-256 of a file in hexadecimal digits. */
export const hashFile = async (path: string): Promise<OutputFile> => {
  const sum = createHash('sha256');
  await pipeline(createReadStream(path), sum);
  return { path, sha256: sum.digest('hex') };
};
