import { promisify, TextDecoder } from 'node:util';
import { crc32, inflateRaw, type ZlibOptions } from 'node:zlib';
import { memberTime } from '../log/gzip-lines.ts';

/** zlib's result with the option `info`: the output, and the number of input bytes consumed. */
interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

const inflate = promisify(inflateRaw) as unknown as (
  bytes: Buffer,
  options: ZlibOptions & { readonly info: true },
) => Promise<Inflated>;

/** Far more than the decompressed size of our objects: a small file that expands to gigabytes must not crash the machine. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Decompressed in large chunks: an object of ours needs some dozens of them. */
const CHUNK_BYTES = 256 * 1024;

/** The header of our members (RFC 1952): magic, deflate, and no flag, so that optional fields can't contain hidden data. */
const BEGINNING = Buffer.from([0x1f, 0x8b, 0x08, 0x00]);
const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The lines of an object without their ends, and the time in its header. */
export interface UnpackedLines {
  readonly lines: readonly string[];
  readonly time: Date;
}

/**
 * Decompresses an object and checks its form strictly: one gzip member with nothing around it, UTF-8, LF after each line.
 * Otherwise returns a text that describes the problem.
 */
export const unpackLines = async (
  bytes: Buffer,
  maxOutputLength = MOST_BYTES,
): Promise<UnpackedLines | string> => {
  if (!bytes.subarray(0, BEGINNING.length).equals(BEGINNING))
    return "it is not compressed in the collector's form";
  const inflated = await inflate(bytes.subarray(HEADER_BYTES), {
    info: true,
    maxOutputLength,
    chunkSize: CHUNK_BYTES,
  }).catch(() => undefined);
  if (!inflated) return 'it cannot be decompressed';
  const { buffer: plain, engine } = inflated;
  const rest = bytes.subarray(HEADER_BYTES + engine.bytesWritten);
  if (!rest.subarray(0, TRAILER_BYTES).equals(trailerOf(plain))) return 'it cannot be decompressed';
  if (rest.length > TRAILER_BYTES) return 'data was added after its end';

  const text = decoded(plain);
  if (text === undefined) return 'it is not UTF-8';
  const lines = text.split('\n');
  if (lines.pop() !== '') return 'its last line is incomplete';
  if (lines.length === 0) return 'it has no lines';
  return { lines, time: memberTime(bytes) };
};

/** The trailer of a member: checksum and length of its contents. */
const trailerOf = (plain: Buffer): Buffer => {
  const trailer = Buffer.alloc(TRAILER_BYTES);
  trailer.writeUInt32LE(plain.length, trailer.writeUInt32LE(crc32(plain)));
  return trailer;
};

const decoded = (plain: Buffer): string | undefined => {
  try {
    return utf8.decode(plain);
  } catch {
    return undefined;
  }
};
