import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** A file of a zip. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: number;
  readonly read: () => AsyncIterable<Uint8Array>;
}

/** The least that a zip can hold. Zip times have no zone: by the parts of the date they are the same in each. */
const FIXED_TIME = new Date(1980, 0, 1);

/** Stored: the output of a compressor differs between its versions. */
const OPTIONS = { mtime: FIXED_TIME, mode: 0o100644, compress: false, forceDosTimestamp: true } as const;

/** A zip as a stream of bytes, always the same ones. Entries are read one after the other, in order. Ends with what a read throws. */
export const zipOf = (
  first: { readonly name: string; readonly body: Buffer },
  entries: readonly ZipEntry[],
): Readable => {
  const zip = new ZipFile();
  const output = new PassThrough();
  const fail = (error: unknown): void => {
    output.destroy(error instanceof Error ? error : new Error(String(error)));
  };
  zip.on('error', fail);
  zip.addBuffer(first.body, first.name, OPTIONS);
  for (const { name, bytes, read } of entries) {
    zip.addReadStreamLazy(name, { ...OPTIONS, size: bytes }, (done) => {
      done(undefined, Readable.from(read(), { objectMode: false }).on('error', fail));
    });
  }
  zip.end();
  zip.outputStream.pipe(output);
  return output;
};
