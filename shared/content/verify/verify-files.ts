import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import type { Difference } from '../../collect/verify/verify-difference.ts';
import { fileKey, fileOfKey } from '../../contract/object-keys.ts';
import { formatCount } from '../../model/format-count.ts';
import type { AnySlice } from '../../model/slice.ts';
import type { CustodyRow } from '../custody-row.ts';
import type { FileStore } from '../ports.ts';
import type { FileItem } from '../slice-files.ts';
import type { CustodyLine } from './verify-custody.ts';

/** Sizes that are requested at the same time. */
const CONCURRENCY = 8;

type HeldRow = Extract<CustodyRow, { state: 'held' }>;

/** The stored files of a slice, and what is known about them. */
export interface StoredFiles {
  readonly slice: AnySlice;
  /** The keys that are there, with names of ours. */
  readonly keys: readonly string[];
  readonly items: ReadonlyMap<string, FileItem>;
  readonly lines: readonly CustodyLine[];
  /** Whether all rows and all lines could be read: otherwise a file without one proves nothing. */
  readonly isKnown: boolean;
}

/** How files are verified. */
export interface FileChecks {
  /** Whether to read the bytes of each file, in chunks, and to compare the SHA-256 of the whole and of each part. */
  readonly readsFiles: boolean;
  readonly signal: AbortSignal;
}

/** The results: files that are there as their lines say, and their bytes. */
export interface VerifiedFiles {
  readonly files: number;
  readonly bytes: number;
  readonly differences: readonly Difference[];
}

/**
 * Compares the stored files with the lines of custody: each held one is there with its size, and each one that is there is held.
 * `readsFiles` also compares the bytes.
 */
export const verifyFiles = async (
  store: FileStore,
  { slice, keys, items, lines, isKnown }: StoredFiles,
  { readsFiles, signal }: FileChecks,
): Promise<VerifiedFiles> => {
  const held = new Map<string, CustodyLine & { readonly row: HeldRow }>();
  for (const line of lines) {
    const { row } = line;
    if (row.state === 'held') held.set(row.key, { ...line, row });
  }
  const stored = new Set(keys);
  const differences: Difference[] = [];
  for (const [key, { key: custody, line }] of held) {
    if (!stored.has(key)) differences.push({ kind: 'missing-object', key, message: missing(custody, line) });
  }
  const limit = pLimit(CONCURRENCY);
  let [files, bytes] = [0, 0];
  const compared = await Promise.all(
    keys.map((key) =>
      limit(async (): Promise<Difference[]> => {
        signal.throwIfAborted();
        const line = held.get(key);
        if (!line) return isKnown ? [withoutLine(slice, key, items)] : [];
        const size = (await store.sizeOf(key)) ?? 0;
        files += 1;
        bytes += size;
        return size === line.row.bytes ? [] : [{ kind: 'file-changed', key, message: otherSize(size, line) }];
      }),
    ),
  );
  differences.push(...compared.flat());
  if (readsFiles) {
    const wrongSize = new Set(differences.map(({ key }) => key));
    for (const key of keys) {
      const line = held.get(key);
      if (line && !wrongSize.has(key)) differences.push(...(await compareBytes(store, key, line, signal)));
    }
  }
  return { files, bytes, differences };
};

const RESTORE = 'Restore it from a copy or from an earlier version of the object.';

const missing = (custody: string, line: number): string =>
  `Line ${line} of ${custody} says that it is held, but it is missing: it was removed. ${RESTORE}`;

const otherSize = (size: number, { key, line, row }: CustodyLine & { readonly row: HeldRow }): string =>
  `It has ${formatCount(size)} bytes, but line ${line} of ${key} says ${formatCount(row.bytes)}: it was changed. ${RESTORE}`;

const withoutLine = (slice: AnySlice, key: string, items: ReadonlyMap<string, FileItem>): Difference => {
  const { item = '', version = '' } = fileOfKey(key) ?? {};
  const listed = items.get(item)?.versions.find(({ file }) => file.version === version);
  if (listed && fileKey(slice, item, version, listed.file.extension) === key) {
    const message =
      'No line of custody names this file: the collector that stored it was killed, or it was added by hand. Collect its day ' +
      'again: the file is then read and named.';
    return { kind: 'file-unnamed', key, message };
  }
  const message = 'No row of its day lists this file: it was added by hand. Move it out of the store.';
  return { kind: 'foreign-object', key, message };
};

/** Reads a file once, in chunks, and compares the SHA-256 of the whole and of each part. */
const compareBytes = async (
  store: FileStore,
  key: string,
  { key: custody, line, row }: CustodyLine & { readonly row: HeldRow },
  signal: AbortSignal,
): Promise<Difference[]> => {
  const whole = createHash('sha256');
  const parts = new PartHashes(row.parts ?? []);
  for await (const chunk of store.readFrom(key)) {
    signal.throwIfAborted();
    whole.update(chunk);
    parts.update(chunk);
  }
  const sha256 = whole.digest('hex');
  const wrong = parts.differing;
  if (sha256 !== row.sha256) {
    const where = wrong.length === 0 ? '' : ` The bytes differ in ${namesOf(wrong, row.parts?.length ?? 0)}.`;
    const message = `Its SHA-256 is ${sha256}, but line ${line} of ${custody} says ${row.sha256}: it was changed.${where} ${RESTORE}`;
    return [{ kind: 'file-changed', key, message }];
  }
  if (wrong.length === 0) return [];
  const message =
    `The file ${key} is whole, but the line has another SHA-256 of ${namesOf(wrong, row.parts?.length ?? 0)}: the line was ` +
    'changed. Restore the object from a copy.';
  return [{ kind: 'custody-mismatch', key: custody, line, message }];
};

const namesOf = (numbers: readonly number[], all: number): string =>
  `part${numbers.length === 1 ? '' : 's'} ${numbers.join(', ')} of ${all}`;

/** The SHA-256 of the parts of a file, while it is read. */
class PartHashes {
  readonly #parts: NonNullable<HeldRow['parts']>;
  readonly #differing: number[] = [];
  #index = 0;
  #bytes = 0;
  #hash = createHash('sha256');

  constructor(parts: NonNullable<HeldRow['parts']>) {
    this.#parts = parts;
  }

  update(chunk: Uint8Array): void {
    let rest = chunk;
    for (let part = this.#parts[this.#index]; part && rest.length > 0; part = this.#parts[this.#index]) {
      const taken = rest.subarray(0, part.bytes - this.#bytes);
      this.#hash.update(taken);
      this.#bytes += taken.length;
      rest = rest.subarray(taken.length);
      if (this.#bytes < part.bytes) return;
      if (this.#hash.digest('hex') !== part.sha256) this.#differing.push(part.number);
      this.#index += 1;
      this.#bytes = 0;
      this.#hash = createHash('sha256');
    }
  }

  /** The numbers of the parts whose bytes differ. */
  get differing(): readonly number[] {
    return this.#differing;
  }
}
