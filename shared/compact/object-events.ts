import { createGunzip } from 'node:zlib';
import { parseEventLine } from '../collect/event-line.ts';
import { CorruptObjectError } from '../errors.ts';
import { envelopeOnTop, type FlatEvent } from '../normalize/index.ts';

/** The events of a flat object, in pieces as they are unpacked: no object is ever held whole. */
export async function* objectEvents(
  key: string,
  bytes: Buffer,
): AsyncGenerator<FlatEvent[], void, undefined> {
  const text = new TextDecoder();
  const gunzip = createGunzip();
  gunzip.end(bytes);
  let rest = '';
  try {
    for await (const piece of gunzip) {
      const lines = (rest + text.decode(piece as Buffer, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      if (lines.length > 0) yield lines.map(toEvent);
    }
  } catch (cause) {
    throw new CorruptObjectError(key, 'it cannot be decompressed into lines of JSON', { cause });
  }
  if (rest !== '') throw new CorruptObjectError(key, 'its last line is incomplete');
}

const toEvent = (line: string): FlatEvent => {
  const parsed = parseEventLine(line);
  if (!parsed) throw new SyntaxError('A line is not JSON, or is nested too deeply.');
  return envelopeOnTop(parsed.value as FlatEvent) as FlatEvent;
};
