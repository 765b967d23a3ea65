import { beforeEach, describe, expect, it } from '@jest/globals';
import { collectSlice } from '../../../../shared/collect/collect-slice.ts';
import { objectKey, slicePrefix } from '../../../../shared/collect/object-keys.ts';
import type { Page, Reports } from '../../../../shared/collect/ports.ts';
import {
  verifyAgainstZoom,
  type ZoomComparisonOptions,
} from '../../../../shared/collect/verify/verify-against-zoom.ts';
import { isNote } from '../../../../shared/collect/verify/verify-difference.ts';
import { ConfigurationError, UpstreamError } from '../../../../shared/errors.ts';
import { aCollector, aSlice, day, never } from '../../../support/collector.ts';
import { ListedReports } from '../../../support/listed-reports.ts';
import { MemoryStore } from '../../../support/memory-store.ts';
import { anOperation } from '../../../support/rows.ts';

const slice = aSlice();
const [a, b, c] = ['a', 'b', 'c'].map((name, second) =>
  anOperation({ time: `2026-11-18T09:00:0${second}Z`, operation_detail: name }),
);

const failing = (error: Error): Reports => ({
  // eslint-disable-next-line require-yield -- it never comes to a page
  async *pages(): AsyncGenerator<Page> {
    await Promise.resolve();
    throw error;
  },
});

let store: MemoryStore;
beforeEach(async () => {
  store = new MemoryStore();
  await collectSlice(aCollector(store, new ListedReports([c, b, a, a], 300)), slice, 'whole', never);
});

const compare = (reports: Reports, options: Partial<ZoomComparisonOptions> = {}) =>
  verifyAgainstZoom(store, reports, {
    source: slice.source,
    streams: ['operation'],
    now: new Date('2026-11-20T12:00:00Z'),
    signal: never,
    ...options,
  });

/** What one comparison finds, short. */
const find = async (
  rows: readonly unknown[],
  options: Partial<ZoomComparisonOptions> = {},
): Promise<string[]> =>
  (await compare(new ListedReports(rows, 2), options)).differences.map(({ kind, line = '' }) =>
    `${kind} ${line}`.trim(),
  );

describe('comparing with what Zoom still lists', () => {
  it('finds the same rows in any order, and reads nothing into where pages end', async () => {
    const compared = await compare(new ListedReports([a, b, a, c], 2));

    expect(compared).toEqual({ days: 1, rows: 4, differences: [] });
  });

  it('writes nothing, whatever it finds', async () => {
    const before = await store.list('');

    await find([c, anOperation({ operation_detail: 'new' })]);

    expect(await store.list('')).toEqual(before);
  });

  it('names a row that the log lacks, and the day', async () => {
    const { differences } = await compare(new ListedReports([c, b, a, a, anOperation()], 300));

    expect(differences).toMatchObject([{ kind: 'zoom-has-more', key: slicePrefix('raw', slice) }]);
    expect(differences[0]?.message).toContain('2026-11-18T09:00:00.000Z');
  });

  it('names the line of each row that Zoom no longer lists, and finds nothing wrong with it', async () => {
    const { differences } = await compare(new ListedReports([c, a], 300));

    const raw = objectKey('raw', slice, 0);
    expect(differences).toMatchObject([
      { kind: 'zoom-has-less', key: raw, line: 2 },
      { kind: 'zoom-has-less', key: raw, line: 3 },
    ]);
    expect(differences.every(isNote)).toBe(true);
  });

  it.each([
    ['further copies within one page', [c, b, a, a, a, a], ['zoom-has-more', 'zoom-has-more']],
    ['a further copy across pages, in a list that stands still', [a, c, a, b, a], ['zoom-has-more']],
    ['another row in the place of one', [anOperation(), b, a, a], ['zoom-has-more', 'zoom-has-less 4']],
    ['nothing at all', [], [1, 2, 3, 4].map((line) => `zoom-has-less ${line}`)],
  ])('tells %s', async (_, listed, expected) => {
    const pageSize = listed.length === 6 ? 300 : 2;

    const { differences } = await compare(new ListedReports(listed, pageSize));

    expect(differences.map(({ kind, line = '' }) => `${kind} ${line}`.trim())).toEqual(expected);
  });

  it('does not take one row served twice, while others were inserted, for two', async () => {
    const reports = new ListedReports([c, b, a, a], 3);
    let late = 10;
    reports.afterPage = (page) => {
      if (page === 0 && late < 12)
        reports.rows.unshift(anOperation({ time: `2026-11-18T09:00:${(late += 1)}Z` }));
    };

    const { differences } = await compare(reports);

    expect(new Set(differences.map(({ kind }) => kind))).toEqual(
      new Set(['zoom-unsettled', 'zoom-has-more']),
    );
    expect(differences.filter(({ kind }) => kind === 'zoom-has-more')).toHaveLength(1);
  });

  it('expects of today that Zoom is ahead', async () => {
    const found = await find([c, b, a, a, anOperation()], { now: new Date('2026-11-18T23:00:00Z') });

    expect(found).toEqual(['zoom-ahead']);
  });

  it('asks for days of a range that the log has nothing of, and for none that Zoom has forgotten', async () => {
    const range = { from: day('2026-11-17'), to: day('2026-11-18') };

    expect(await find([c, b, a, a], range)).toEqual(Array(4).fill('zoom-has-more'));
    expect(await compare(new ListedReports([], 2), { now: new Date('2027-08-01T00:00:00Z') })).toEqual({
      days: 0,
      rows: 0,
      differences: [],
    });
  });

  it('says so of a day that Zoom fails to list, and gives up if it refuses', async () => {
    const { differences } = await compare(failing(new UpstreamError('Zoom is down.')));

    expect(differences).toMatchObject([{ kind: 'not-compared' }]);
    expect(differences[0]?.message).toContain('Zoom is down.');
    await expect(compare(failing(new ConfigurationError('scope', 'No.')))).rejects.toThrow(
      ConfigurationError,
    );
  });
});
