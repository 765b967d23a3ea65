/** A file of an export. */
export interface WrittenFile {
  /** Relative to the folder of the export, with slashes. */
  readonly path: string;
  readonly bytes: number;
  /** In lower-case hex. */
  readonly sha256: string;
}

/** A text file that is written piece by piece. It gets its name when it is closed. */
export interface TextFile {
  write(text: string): Promise<void>;
  close(): Promise<WrittenFile>;
}

/** The folder of one export. A file is seen whole or not at all. */
export interface ExportFolder {
  /**
   * Writes a file, unless an earlier run of the same export wrote it: then it is compared with its SHA-256 and kept. `identity` tells
   * what the bytes are made from. Throws what `bytes` throws, and leaves no file then.
   */
  put(path: string, identity: string, bytes: () => AsyncIterable<Uint8Array>): Promise<WrittenFile>;
  /** Begins a text file, which replaces one of an earlier run. */
  open(path: string): Promise<TextFile>;
  /** Removes what only an earlier run wrote, and the mark of an export in progress. */
  finish(): Promise<void>;
}
