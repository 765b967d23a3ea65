import { hash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** All randomness of the simulator: the same seed and purpose give the same sequence. */
export interface SeededRandom {
  /** From 0 (included) to 1 (excluded). */
  float(): number;
  /** A whole number, both ends included. */
  integer(from: number, to: number): number;
  /** True with this probability. Also draws for 0 and 1, so that a changed option does not shift later draws. */
  happens(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** Random bytes as base64url text. */
  text(bytes: number): string;
}

/** A separate sequence per purpose, so that the use of one does not affect another. */
export const createSeededRandom = (seed: number, ...purpose: string[]): SeededRandom => {
  const generator = xoroshiro128plus(
    Number.parseInt(hash('sha256', [seed, ...purpose].join('\n')).slice(0, 8), 16) | 0,
  );
  const integer = (from: number, to: number) => uniformInt(generator, from, to);

  return {
    float: () => uniformFloat64(generator),
    integer,
    happens: (probability) => uniformFloat64(generator) < probability,
    pick: (from) => {
      if (from.length === 0) throw new RangeError('The list to pick from is empty.');
      return from[integer(0, from.length - 1)] as (typeof from)[number];
    },
    text: (bytes) => Buffer.from(Array.from({ length: bytes }, () => integer(0, 255))).toString('base64url'),
  };
};
