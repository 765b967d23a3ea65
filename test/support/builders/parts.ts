import { createHash } from 'node:crypto';
import type { Part } from '../../../shared/content/ports.ts';

/** A part and its bytes. */
export interface Piece {
  readonly part: Part;
  readonly body: Buffer;
}

/** Bytes that differ from part to part and from place to place. */
export const bytesOf = (seed: number, length: number): Buffer => fillBytes(Buffer.alloc(length), seed);

/** Fills a buffer with the bytes of `bytesOf`, and returns it. */
export const fillBytes = (target: Buffer, seed: number): Buffer => {
  const block = Buffer.alloc(65_537); // no divisor of any size of a part
  for (let at = 0; at < block.length; at += 1)
    block[at] = (Math.imul(at + 1, 2_654_435_761) >>> (seed % 24)) + seed;
  return target.fill(block);
};

export const pieceOf = (number: number, body: Buffer): Piece => ({
  part: { number, bytes: body.length, sha256: createHash('sha256').update(body).digest('hex') },
  body,
});

/** A file of `count` pieces of `partBytes`, of which the last has 1000 bytes. */
export const piecesOf = (count: number, partBytes: number): Piece[] =>
  Array.from({ length: count }, (_, at) =>
    pieceOf(at + 1, bytesOf(at + 1, at + 1 === count ? 1000 : partBytes)),
  );

export const partsIn = (pieces: readonly Piece[]): Part[] => pieces.map(({ part }) => part);

export const wholeOf = (pieces: readonly Piece[]): Buffer => Buffer.concat(pieces.map(({ body }) => body));
