import { hash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DigestCounts } from '../../../../shared/collect/log/digest-counts.ts';

const digestOf = (name: number | string): string => hash('sha256', String(name), 'hex');
const bytesOf = (digests: readonly string[]): Buffer => Buffer.from(digests.join(''), 'hex');

/** Digests with the same first word, and so the same index, digests that differ only in their last word, and random ones. */
const HEAD = '00000001';
const digest = fc.oneof(
  fc.nat({ max: 40 }).map(digestOf),
  fc.nat({ max: 9 }).map((n) => HEAD + digestOf(n).slice(HEAD.length)),
  fc.nat({ max: 9 }).map((n) => `ffffffff${'0'.repeat(55)}${n}`),
);

describe('counts of digests', () => {
  it('are equal to those of a Map, for any order, one by one or many at once', () => {
    const counted = fc.array(fc.oneof(digest, fc.array(digest, { maxLength: 4 })), { maxLength: 80 });
    fc.assert(
      fc.property(counted, digest, (all, other) => {
        const [counts, map] = [new DigestCounts(), new Map<string, number>()];
        const count = (one: string): number => (map.get(one) ?? 0) + 1;
        for (const next of all) {
          if (typeof next === 'string') {
            map.set(next, count(next));
            expect(counts.add(next)).toBe(map.get(next));
          } else {
            for (const one of next) map.set(one, count(one));
            counts.addAll(bytesOf(next));
          }
        }
        expect(counts.distinct).toBe(map.size);
        for (const one of [...map.keys(), other]) expect(counts.get(one)).toBe(map.get(one) ?? 0);
      }),
    );
  });

  it('remain correct while they grow far beyond their initial size', () => {
    const digests = Array.from({ length: 5000 }, (_, name) => digestOf(name));
    const counts = new DigestCounts();

    for (const one of digests) counts.add(one);
    counts.addAll(bytesOf(digests.slice(4000)));

    expect(counts.distinct).toBe(5000);
    expect(digests.map((one) => counts.get(one))).toEqual([
      ...Array<number>(4000).fill(1),
      ...Array<number>(1000).fill(2),
    ]);
    expect(counts.get(digestOf('none of them'))).toBe(0);
  });

  it('return how much more often digests were counted than in another count', () => {
    const counted = fc.array(fc.nat({ max: 5 }), { maxLength: 20 });
    fc.assert(
      fc.property(counted, counted, (here, there) => {
        const [a, b] = [new DigestCounts(), new DigestCounts()];
        for (const name of here) a.add(digestOf(name));
        for (const name of there) b.add(digestOf(name));
        const times = (all: readonly number[], name: number): number =>
          all.filter((one) => one === name).length;
        const excess = [...new Set(here)].map((name) => Math.max(0, times(here, name) - times(there, name)));
        expect(a.excessOver(b)).toBe(excess.reduce((sum, one) => sum + one, 0));
      }),
    );
  });

  it('are not changed by queries', () => {
    const [a, b] = [new DigestCounts(), new DigestCounts()];
    a.addAll(bytesOf([digestOf('x'), digestOf('x')]));

    expect([a.get(digestOf('y')), b.get(digestOf('x')), a.excessOver(b), b.excessOver(a)]).toEqual([
      0, 0, 2, 0,
    ]);
    expect([a.distinct, b.distinct, a.get(digestOf('x'))]).toEqual([1, 0, 2]);
  });
});
