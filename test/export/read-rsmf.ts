import { crc32 } from 'node:zlib';

/** A header as it is written: folded lines joined, encoded words left as they are. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** An entry of a zip, from its central directory. */
export interface ZipFileEntry {
  readonly name: string;
  readonly method: number;
  readonly flags: number;
  readonly time: number;
  readonly date: number;
  readonly crc: number;
  readonly body: Buffer;
}

/** One part of a message. */
export interface MimePart {
  readonly headers: readonly Header[];
  /** As it is in the message, without its last line end. */
  readonly raw: Buffer;
}

/** An RSMF file, taken apart without the code that wrote it. */
export interface ReadRsmf {
  readonly name: string;
  readonly bytes: Buffer;
  readonly headers: readonly Header[];
  readonly parts: readonly MimePart[];
  /** The zip of the first attachment, or undefined if it is none. */
  readonly zip: readonly ZipFileEntry[] | undefined;
  readonly manifestText: string;
  readonly manifest: Record<string, unknown>;
}

const split = (bytes: Buffer): { headers: Header[]; body: Buffer } => {
  const text = bytes.toString('latin1');
  const end = /\r?\n\r?\n/.exec(text);
  const at = end?.index ?? text.length;
  const headers = text
    .slice(0, at)
    .replaceAll(/\r?\n(?=[ \t])/g, '')
    .split(/\r?\n/)
    .map((line) => {
      const colon = line.indexOf(':');
      return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() };
    });
  return { headers, body: bytes.subarray(at + (end?.[0].length ?? 0)) };
};

/** The value of a header without regard to case. */
export const headerOf = (headers: readonly Header[], name: string): string | undefined =>
  headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value;

const partsOf = (headers: readonly Header[], body: Buffer): MimePart[] => {
  const [, boundary] = /boundary="?([^";]+)"?/.exec(headerOf(headers, 'content-type') ?? '') ?? [];
  if (boundary === undefined) return [];
  const pieces = body.toString('latin1').split(`--${boundary}`);
  return pieces.slice(1, -1).map((piece) => {
    const part = split(Buffer.from(piece.replace(/^\r?\n/, ''), 'latin1'));
    return {
      headers: part.headers,
      raw: Buffer.from(part.body.toString('latin1').replace(/\r?\n$/, ''), 'latin1'),
    };
  });
};

/** The entries of a zip with stored files; undefined if it is no zip. */
export const readZip = (bytes: Buffer): ZipFileEntry[] | undefined => {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end === -1) return undefined;
  const entries: ZipFileEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) =>
      bytes.readUInt16LE(at + offset),
    );
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    entries.push({
      name: bytes.subarray(at + 46, at + 46 + (nameLength ?? 0)).toString('utf8'),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      time: bytes.readUInt16LE(at + 12),
      date: bytes.readUInt16LE(at + 14),
      crc: bytes.readUInt32LE(at + 16),
      body: bytes.subarray(start, start + bytes.readUInt32LE(at + 20)),
    });
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return entries;
};

/** Whether the bytes of an entry have the checksum that the zip gives. */
export const hasRightChecksum = ({ crc, body }: ZipFileEntry): boolean => crc32(body) === crc;

/** Whether a part is an attachment. */
export const isAttachment = ({ headers }: MimePart): boolean =>
  /^attachment/i.test(headerOf(headers, 'content-disposition') ?? '');

const parsed = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
};

/** Takes an RSMF file apart. */
export const readRsmf = (name: string, bytes: Buffer): ReadRsmf => {
  const { headers, body } = split(bytes);
  const parts = partsOf(headers, body);
  const attached = parts.find(isAttachment);
  const zip = attached && readZip(Buffer.from(attached.raw.toString('latin1'), 'base64'));
  const manifest = zip?.find((entry) => entry.name === 'rsmf_manifest.json')?.body;
  const manifestText = manifest?.toString('utf8') ?? '';
  return { name, bytes, headers, parts, zip, manifestText, manifest: parsed(manifestText) };
};
