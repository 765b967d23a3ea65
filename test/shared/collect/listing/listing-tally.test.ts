import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DigestCounts } from '../../../../shared/collect/log/digest-counts.ts';
import { ListingTally, orderOf } from '../../../../shared/collect/listing/listing-tally.ts';
import { identify } from '../../../../shared/model/raw-row.ts';
import { anOperation } from '../../../support/builders/rows.ts';

const row = (name: string) => identify('operation', anOperation({ operation_detail: name }));
const nothingDelivered = () => 0;
const names = (rows: readonly { row: unknown; occurrence: number }[]) =>
  rows.map(
    ({ row: fields, occurrence }) =>
      `${(fields as Record<string, string>)['operation_detail']} ${occurrence}`,
  );

describe('counting the rows of a listing', () => {
  it('accepts every row that the log lacks as its first copy', () => {
    const tally = new ListingTally(nothingDelivered);

    const fresh = tally.addPage(0, [row('a'), row('b')]);

    expect(names(fresh)).toEqual(['a 0', 'b 0']);
  });

  it('accepts copies within one page as real', () => {
    const tally = new ListingTally(nothingDelivered);

    const fresh = tally.addPage(0, [row('a'), row('a'), row('a')]);

    expect(names(fresh)).toEqual(['a 0', 'a 1', 'a 2']);
    expect(tally.held).toBe(0);
  });

  it('does not confirm a copy that only the next page shows, because a row may be served twice', () => {
    const tally = new ListingTally(nothingDelivered);
    tally.addPage(0, [row('a'), row('b')]);

    const fresh = tally.addPage(1, [row('b'), row('c')]);

    expect(names(fresh)).toEqual(['c 0']);
    expect(tally.held).toBe(1);
  });

  it('confirms these copies when an earlier listing read the same rows in the same order', () => {
    const earlier = new ListingTally(nothingDelivered);
    const pages = [
      [row('a'), row('b')],
      [row('b'), row('c')],
    ];
    pages.forEach((page, index) => earlier.addPage(index, page));
    const tally = new ListingTally(nothingDelivered);
    pages.forEach((page, index) => tally.addPage(index, page));

    const fresh = tally.confirmCopies();

    expect(tally.order).toBe(earlier.order);
    expect(names(fresh)).toEqual(['b 1']);
    expect(tally.held).toBe(0);
  });

  it('distinguishes listings that read the same rows in another order', () => {
    const one = new ListingTally(nothingDelivered);
    const other = new ListingTally(nothingDelivered);

    one.addPage(0, [row('a'), row('b')]);
    other.addPage(0, [row('b'), row('a')]);

    expect(one.order).not.toBe(other.order);
  });

  it('does not depend on the page boundaries of a listing', () => {
    const one = new ListingTally(nothingDelivered);
    const other = new ListingTally(nothingDelivered);

    one.addPage(0, [row('a'), row('b')]);
    other.addPage(0, [row('a')]);
    other.addPage(1, [row('b')]);

    expect(one.order).toBe(other.order);
  });

  it('gives only the copies beyond those that the log has', () => {
    const tally = new ListingTally((digest) => (digest === row('a').digest ? 2 : 0));

    const fresh = tally.addPage(0, [row('a'), row('a'), row('a'), row('b')]);

    expect(names(fresh)).toEqual(['a 2', 'b 0']);
  });

  it('drops the sums of a listing that broke off, but not its proofs', () => {
    const tally = new ListingTally(nothingDelivered);
    tally.addPage(0, [row('a'), row('b')]);

    const fresh = tally.addPage(0, [row('a'), row('b'), row('c')]);

    expect(names(fresh)).toEqual(['c 0']);
    expect(tally.held).toBe(0);
    expect(tally.rows).toBe(3);
    expect(tally.rowsRead).toBe(5);
  });

  it('returns nothing twice, although it drops committed rows from memory', () => {
    const log = new DigestCounts();
    const tally = new ListingTally((digest) => log.get(digest), 1);
    const rows = [row('a'), row('a'), row('b'), row('c')];
    expect(tally.addPage(0, rows)).toHaveLength(4);

    for (const committed of ['a', 'b']) log.add(row(committed).digest); // of two `a` only one so far, of `c` none
    expect(tally.addPage(0, rows)).toEqual([]);
    for (const committed of ['a', 'c']) log.add(row(committed).digest);
    expect(tally.addPage(0, rows)).toEqual([]);
  });

  it('keeps its first page, of its last start', () => {
    const tally = new ListingTally(nothingDelivered);
    expect(tally.firstPage).toBeUndefined();

    tally.addPage(0, [row('a'), row('b')]);
    tally.addPage(1, [row('c')]);
    expect(tally.firstPage).toBe(orderOf([row('a'), row('b')]));
    expect(tally.firstPage).toMatch(/^[0-9a-f]{64}$/);
    expect(tally.firstPage).not.toBe(orderOf([row('b'), row('a')]));

    tally.addPage(0, [row('b')]);
    expect(tally.firstPage).toBe(orderOf([row('b')]));
  });

  it('counts the rows of the log that a listing no longer has', () => {
    const tally = new ListingTally(() => 2);
    tally.addPage(0, [row('a')]);

    const inLog = new DigestCounts();
    for (const name of ['a', 'a', 'b', 'b']) inLog.add(row(name).digest);

    expect(tally.vanished(inLog)).toBe(3);
  });
});

/** Pages of a listing, and what the log has: of four rows, so that there are twins everywhere. */
const names4 = ['a', 'b', 'c', 'd'] as const;
const pagesOfRows = fc.array(fc.array(fc.constantFrom(...names4), { maxLength: 6 }), {
  minLength: 1,
  maxLength: 5,
});
const inLog = fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 }), fc.nat({ max: 3 }), fc.nat({ max: 3 }));
const countIn = (page: readonly string[], name: string): number => page.filter((one) => one === name).length;

describe('any listing with any log', () => {
  const counted = (pages: readonly (readonly string[])[], log: readonly number[]) => {
    const delivered = new Map(names4.map((name, index) => [row(name).digest, log[index] ?? 0]));
    const tally = new ListingTally((digest) => delivered.get(digest) ?? 0);
    const fresh = pages.flatMap((page, index) => tally.addPage(index, page.map(row)));
    return { tally, fresh: names(fresh) };
  };

  it('proves as many copies as one page shows, less those delivered, each once and in order', () => {
    fc.assert(
      fc.property(pagesOfRows, inLog, (pages, log) => {
        const { fresh } = counted(pages, log);

        const expected = names4.flatMap((name, index) => {
          const most = Math.max(...pages.map((page) => countIn(page, name)));
          const known = log[index] ?? 0;
          return Array.from({ length: Math.max(0, most - known) }, (_, copy) => `${name} ${known + copy}`);
        });
        expect([...fresh].sort()).toEqual(expected.sort());
      }),
    );
  });

  it('does not confirm what only the sum over pages shows until confirmCopies, which returns exactly that, once', () => {
    fc.assert(
      fc.property(pagesOfRows, inLog, (pages, log) => {
        const { tally, fresh } = counted(pages, log);
        const { held } = tally;

        const settled = names(tally.confirmCopies());

        expect(settled).toHaveLength(held);
        const expected = names4.flatMap((name, index) => {
          const known = log[index] ?? 0;
          const total = countIn(pages.flat(), name);
          return Array.from({ length: Math.max(0, total - known) }, (_, copy) => `${name} ${known + copy}`);
        });
        expect([...fresh, ...settled].sort()).toEqual(expected.sort());
        expect([tally.held, tally.confirmCopies()]).toEqual([0, []]);
      }),
    );
  });

  it('proves nothing more when the listing breaks off and is repeated', () => {
    fc.assert(
      fc.property(pagesOfRows, inLog, fc.nat({ max: 4 }), (pages, log, broken) => {
        const once = counted(pages, log);
        const again = new ListingTally(
          (digest) => log[names4.findIndex((name) => row(name).digest === digest)] ?? 0,
        );

        const fresh = [...pages.slice(0, broken), ...pages].flatMap((page, index) =>
          again.addPage(
            index < Math.min(broken, pages.length) ? index : index - Math.min(broken, pages.length),
            page.map(row),
          ),
        );

        expect(names(fresh).sort()).toEqual([...once.fresh].sort());
        expect([again.order, again.held, again.rows]).toEqual([
          once.tally.order,
          once.tally.held,
          once.tally.rows,
        ]);
      }),
    );
  });
});
