import { describe, expect, it } from '@jest/globals';
import { type ChainLink, linkOf, verifyChain } from '../../../../shared/collect/verify/verify-chain.ts';
import type { Day } from '../../../../shared/model/day.ts';
import { aSlice, day } from '../../../support/builders/collector.ts';
import { aLedgerEntry } from '../../../support/builders/ledger-entries.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';

type Fields = Partial<Pick<ChainLink, 'previous' | 'closedAt'>>;

/** The entry of a day in November, with `sha256` as its SHA-256; closed four days later. */
const link = (date: number, sha256: string, previous: string | null | undefined, fields: Fields = {}) => ({
  key: `entry ${sha256}`,
  day: day(`2026-11-${date}`),
  sha256,
  previous,
  closedAt: `2026-11-${date + 4}T00:10:00.000Z`,
  ...fields,
});

/** The result for some entries: their segments as `from to head`, and `kind key: message`. */
const recorded = (links: readonly ChainLink[], range: { from?: Day; to?: Day } = {}) => {
  const { segments, differences } = verifyChain(links, range);
  return {
    segments: segments.map(({ from, to, head }) => `${from} ${to} ${head}`),
    differences: differences.map(({ kind, key, message }) => `${kind} ${key}: ${message}`),
  };
};

const begins = link(16, 'a', null);
const goesOn = link(17, 'b', 'a');
const ends = link(18, 'c', 'b');

describe('the chain of a ledger', () => {
  it.each<[string, readonly ChainLink[], string[]]>([
    ['no entry', [], []],
    ['one entry', [begins], ['2026-11-16 2026-11-16 a']],
    ['entries that name each other', [begins, goesOn, ends], ['2026-11-16 2026-11-18 c']],
    ['entries in any order', [ends, begins, goesOn], ['2026-11-16 2026-11-18 c']],
    [
      'two chains, with days between them',
      [begins, link(20, 'e', null), link(21, 'f', 'e')],
      ['2026-11-16 2026-11-16 a', '2026-11-20 2026-11-21 f'],
    ],
    [
      'a day that closed after the next one',
      [link(16, 'a', null, { closedAt: '2026-11-30T00:00:00.000Z' }), link(17, 'b', null)],
      ['2026-11-16 2026-11-16 a', '2026-11-17 2026-11-17 b'],
    ],
    [
      'two days that closed at the same moment',
      [begins, link(17, 'b', null, { closedAt: begins.closedAt })],
      ['2026-11-16 2026-11-16 a', '2026-11-17 2026-11-17 b'],
    ],
    [
      'a day that joined on when it closed again',
      [
        link(16, 'a', null, { closedAt: '2026-11-30T00:00:00.000Z' }),
        link(17, 'b', null),
        link(17, 'b2', 'a', { closedAt: '2026-12-01T00:00:00.000Z' }),
      ],
      ['2026-11-16 2026-11-17 b2'],
    ],
    [
      'a day that names an older revision of the day before',
      [begins, link(16, 'a2', null), goesOn],
      ['2026-11-16 2026-11-17 b'],
    ],
    [
      'an entry behind one that cannot be read',
      [link(16, 'a', undefined, { closedAt: undefined }), link(17, 'b', null)],
      ['2026-11-16 2026-11-16 a', '2026-11-17 2026-11-17 b'],
    ],
    [
      'an entry that cannot be read',
      [begins, link(17, 'b', undefined, { closedAt: undefined })],
      ['2026-11-16 2026-11-16 a', '2026-11-17 2026-11-17 b'],
    ],
  ])('is whole: %s', (_, links, segments) => {
    expect(recorded(links)).toEqual({ segments, differences: [] });
  });

  it.each<[string, readonly ChainLink[], string]>([
    [
      'the entry of the day before was removed',
      [goesOn],
      'chain-broken entry b: It names the entry of 2026-11-16 with the SHA-256 a, but there is none: it was removed.',
    ],
    [
      'the entry of the day before was changed',
      [link(16, 'other', null), goesOn],
      'chain-broken entry b: It names the entry of 2026-11-16 with the SHA-256 a, but no entry matches: one was changed or removed.',
    ],
    [
      'it was restarted after a day that had closed before',
      [begins, link(17, 'b', null)],
      'chain-broken entry b: It names no entry of 2026-11-16, although that day had closed before: entry a.',
    ],
    [
      'it was restarted after a day with an entry that cannot be read',
      [link(16, 'x', undefined, { closedAt: undefined }), begins, link(17, 'b', null)],
      'chain-broken entry b: It names no entry of 2026-11-16, although that day had closed before: entry a.',
    ],
  ])('is broken: %s', (_, links, difference) => {
    expect(recorded(links).differences).toEqual([difference]);
  });

  it('begins a new segment where it is broken', () => {
    expect(recorded([begins, link(17, 'b', 'other'), link(18, 'c', 'b')]).segments).toEqual([
      '2026-11-16 2026-11-16 a',
      '2026-11-17 2026-11-18 c',
    ]);
  });

  it('covers only a range, and compares its edges with the days around it', () => {
    const range = { from: day('2026-11-17'), to: day('2026-11-17') };

    expect(recorded([begins, goesOn, ends], range)).toEqual({
      segments: ['2026-11-17 2026-11-17 b'],
      differences: [],
    });
    expect(recorded([link(16, 'a', 'gone'), goesOn, link(18, 'c', 'old')], range).differences).toEqual([
      'chain-broken entry c: It names the entry of 2026-11-17 with the SHA-256 old, but no entry matches: one was changed or removed.',
    ]);
  });

  it('uses only the part of an entry that a link needs', async () => {
    const slice = aSlice();
    const entry = await aLedgerEntry(new MemoryStore(), slice, { previous: 'before' });
    const found = { key: 'entry', slice, revision: 0, sha256: 'a' };

    expect(linkOf({ ...found, entry })).toEqual({
      key: 'entry',
      day: slice.day,
      sha256: 'a',
      previous: 'before',
      closedAt: entry.closed_at,
    });
    expect(linkOf({ ...found, entry: undefined })).toMatchObject({
      previous: undefined,
      closedAt: undefined,
    });
  });
});
