import { createReadStream, readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { pipeline } from 'node:stream/promises';

/** A longer line is not a row: it is cut and not counted as one. */
const MAX_LINE = 4 * 1024 * 1024;

/** All files below a folder, sorted by name. */
export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

/**
 * The lines of files, gzipped or not, without the empty ones. Only `\n` ends a line: a row may contain U+2028. Files that
 * can't be decompressed are reported to `onDamaged`; the lines before the damage count.
 */
export async function* linesOf(
  files: readonly string[],
  onDamaged: (file: string) => void,
): AsyncGenerator<string> {
  for (const file of files) {
    let rest = '';
    try {
      for await (const text of textOf(file)) {
        const lines = (rest + text).split('\n');
        rest = (lines.pop() ?? '').slice(0, MAX_LINE);
        yield* lines.filter(notBlank);
      }
    } catch {
      onDamaged(file);
      rest = '';
    }
    if (notBlank(rest)) yield rest;
  }
}

const notBlank = (line: string): boolean => line.trim() !== '';

async function* textOf(file: string): AsyncGenerator<string> {
  const bytes = createReadStream(file);
  if (!(await isGzip(file))) {
    yield* bytes.setEncoding('utf8') as AsyncIterable<string>;
    return;
  }
  const gunzip = createGunzip();
  const flowing = pipeline(bytes, gunzip);
  flowing.catch(() => undefined); // a damaged file shows in the loop below
  yield* gunzip.setEncoding('utf8') as AsyncIterable<string>;
  await flowing;
}

const isGzip = async (file: string): Promise<boolean> => {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.readUInt16BE() === 0x1f8b;
  } finally {
    await handle.close();
  }
};
