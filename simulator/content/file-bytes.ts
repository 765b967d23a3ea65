import { createCipheriv, createHash, hash } from 'node:crypto';
import type { BytesForm } from './model.ts';

/** What decides the bytes of a file: the same values give the same bytes. */
export interface BytesSpec {
  readonly form: BytesForm;
  readonly bytes: number;
  readonly seed: string;
}

const CHUNK = 1 << 20;
const ZEROS = Buffer.alloc(CHUNK);
const TEXT_LIMIT = 64 * CHUNK;

/** The first bytes by form: players and `file(1)` know the types by these. */
const MAGIC: Record<Exclude<BytesForm, 'vtt' | 'json' | 'text'>, Buffer> = {
  mp4: Buffer.from('\0\0\0\x20ftypmp42\0\0\0\0mp42mp41isomiso2', 'latin1'),
  m4a: Buffer.from('\0\0\0\x20ftypM4A \0\0\0\0M4A mp42isomiso2', 'latin1'),
  jpg: Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF\0', 'latin1'),
  binary: Buffer.alloc(0),
  wrong: Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1'),
};

const isText = (form: BytesForm): form is 'vtt' | 'json' | 'text' =>
  form === 'vtt' || form === 'json' || form === 'text';

/**
 * The bytes of a file from an offset (included) to another (excluded), in chunks of at most 1 MiB. The key stream of AES-CTR allows
 * access to any offset, so that a range of a file of many GiB costs neither disk nor the bytes before it.
 */
export function* readBytes(spec: BytesSpec, from = 0, to = spec.bytes): Generator<Buffer, void> {
  if (isText(spec.form)) {
    const whole = textOf(spec, spec.form);
    for (let at = from; at < to; at += CHUNK) yield whole.subarray(at, Math.min(to, at + CHUNK));
    return;
  }
  const magic = MAGIC[spec.form];
  const stream = keyStream(spec.seed, from);
  for (let at = from; at < to; at += CHUNK) {
    const chunk = stream.update(ZEROS.subarray(0, Math.min(CHUNK, to - at)));
    if (at < magic.length) magic.copy(chunk, 0, at);
    yield chunk;
  }
}

const keyStream = (seed: string, offset: number) => {
  const counter = Buffer.alloc(16);
  counter.writeBigUInt64BE(BigInt(Math.floor(offset / 16)), 8);
  const stream = createCipheriv('aes-128-ctr', hash('sha256', seed, 'buffer').subarray(0, 16), counter);
  stream.update(ZEROS.subarray(0, offset % 16));
  return stream;
};

/** The SHA-256 of a file as 64 hexadecimal digits. Other work of the process goes on during a large file. */
export const sha256Of = async (spec: BytesSpec): Promise<string> => {
  const digest = createHash('sha256');
  let chunks = 0;
  for (const chunk of readBytes(spec)) {
    digest.update(chunk);
    if (++chunks % 16 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return digest.digest('hex');
};

const digests = new WeakMap<BytesSpec, string>();

/** The same, within one response that states it: of files of chats and archives. */
export const digestOf = (spec: BytesSpec): string => {
  const known = digests.get(spec);
  if (known !== undefined) return known;
  const digest = createHash('sha256');
  for (const chunk of readBytes(spec)) digest.update(chunk);
  const hex = digest.digest('hex');
  digests.set(spec, hex);
  return hex;
};

const texts = new WeakMap<BytesSpec, Buffer>();

const textOf = (spec: BytesSpec, form: 'vtt' | 'json' | 'text'): Buffer => {
  if (spec.bytes > TEXT_LIMIT) throw new RangeError('A file of text has at most 64 MiB.');
  const known = texts.get(spec);
  if (known) return known;
  const made = Buffer.from(WRITERS[form](spec.seed, spec.bytes), 'latin1');
  texts.set(spec, made);
  return made;
};

const WORDS =
  'agreed budget figures follow friday harbour invoice minutes question review signed thanks'.split(' ');

/** A line of words that differs by seed and number. */
const sentence = (seed: string, line: number): string => {
  const digits = hash('sha256', `${seed} ${line}`, 'buffer');
  return Array.from(digits.subarray(0, 6), (digit) => WORDS[digit % WORDS.length]).join(' ');
};

const clockTime = (seconds: number): string =>
  new Date((seconds % 86_400) * 1000).toISOString().slice(11, 23);

const linesTo = (bytes: number, head: string, line: (number: number) => string): string => {
  const parts = [head];
  for (let number = 0, length = head.length; length < bytes; number++) {
    const next = line(number);
    parts.push(next);
    length += next.length;
  }
  return parts.join('').slice(0, bytes);
};

const WRITERS: Record<'vtt' | 'json' | 'text', (seed: string, bytes: number) => string> = {
  vtt: (seed, bytes) =>
    linesTo(
      bytes,
      'WEBVTT\r\n\r\n',
      (n) =>
        `${n + 1}\r\n${clockTime(n * 4)} --> ${clockTime(n * 4 + 3)}\r\nSpeaker ${n % 5}: ${sentence(seed, n)}\r\n\r\n`,
    ),
  text: (seed, bytes) =>
    linesTo(bytes, '', (n) => `${clockTime(n * 7).slice(0, 8)}\t Person ${n % 7}:\t${sentence(seed, n)}\r\n`),
  json: (seed, bytes) => {
    const end = ']}';
    const parts = ['{"timeline":['];
    let length = parts[0]?.length ?? 0;
    for (let number = 0; ; number++) {
      const entry = `${number > 0 ? ',' : ''}{"ts":"${clockTime(number * 2)}","users":[{"username":"${sentence(seed, number)}"}]}`;
      if (length + entry.length + end.length > bytes) break;
      parts.push(entry);
      length += entry.length;
    }
    return length + end.length > bytes ? '0'.padEnd(bytes) : `${parts.join('')}${end}`.padEnd(bytes);
  },
};
