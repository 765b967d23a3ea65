import { beforeEach, describe, expect, it } from '@jest/globals';
import { collectSlice } from '../../../../shared/collect/collect-slice.ts';
import { objectKey, slicePrefix } from '../../../../shared/contract/object-keys.ts';
import type { Page, Reports } from '../../../../shared/collect/ports.ts';
import {
  verifyAgainstZoom,
  type ZoomComparisonOptions,
} from '../../../../shared/collect/verify/verify-against-zoom.ts';
import { isNote } from '../../../../shared/collect/verify/verify-difference.ts';
import { ConfigurationError, RateLimitedError, UpstreamError } from '../../../../shared/errors.ts';
import type { Day } from '../../../../shared/model/day.ts';
import { toListedRow } from '../../../../shared/model/listed-row.ts';
import { identify } from '../../../../shared/model/raw-row.ts';
import { labelOf, type Slice } from '../../../../shared/model/slice.ts';
import { aCollector, aSlice, day, never } from '../../../support/builders/collector.ts';
import { ListedReports } from '../../../support/doubles/listed-reports.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';
import { anOperation } from '../../../support/builders/rows.ts';

const slice = aSlice();
const [a, b, c] = ['a', 'b', 'c'].map((name, second) =>
  anOperation({ time: `2026-11-18T09:00:0${second}Z`, operation_detail: name }),
);

const failing = (error: Error): Reports => ({
  // eslint-disable-next-line require-yield -- it never yields a page
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
  it('finds the same rows in any order and with any page boundaries', async () => {
    const compared = await compare(new ListedReports([a, b, a, c], 2));

    expect(compared).toEqual({ days: 1, rows: 4, differences: [] });
  });

  it('writes nothing, with any differences', async () => {
    const before = await store.list('');

    await find([c, anOperation({ operation_detail: 'new' })]);

    expect(await store.list('')).toEqual(before);
  });

  it('names a row that the log lacks, and the day', async () => {
    const { differences } = await compare(new ListedReports([c, b, a, a, anOperation()], 300));

    const { digest } = identify(slice.stream, anOperation());
    const message = `Zoom lists a row of 2026-11-18T09:00:00.000Z that the log lacks (digest ${digest}).`;
    expect(differences).toEqual([{ kind: 'zoom-has-more', key: slicePrefix('raw', slice), message }]);
  });

  it('names a row that the log lacks and that could not be read', async () => {
    const { differences } = await compare(new ListedReports([c, b, a, a, null], 300));

    expect(differences[0]?.message).toContain(
      'Zoom lists a row that could not be read and that the log lacks',
    );
  });

  it('names the line of each row that Zoom no longer lists, which is not an error', async () => {
    const { differences } = await compare(new ListedReports([c, a], 300));

    const message = 'Zoom no longer lists this row. It is kept.';
    const common = { kind: 'zoom-has-less', key: objectKey('raw', slice, 0), message };
    expect(differences).toEqual([
      { ...common, line: 2 },
      { ...common, line: 3 },
    ]);
    expect(differences.every(isNote)).toBe(true);
  });

  it.each([
    ['further copies within one page', [c, b, a, a, a, a], ['zoom-has-more', 'zoom-has-more']],
    ['a further copy across pages, in a list that stands still', [a, c, a, b, a], ['zoom-has-more']],
    ['another row in the place of one', [anOperation(), b, a, a], ['zoom-has-more', 'zoom-has-less 4']],
    ['nothing at all', [], [1, 2, 3, 4].map((line) => `zoom-has-less ${line}`)],
  ])('reports %s', async (_, listed, expected) => {
    const pageSize = listed.length === 6 ? 300 : 2;

    const { differences } = await compare(new ListedReports(listed, pageSize));

    expect(differences.map(({ kind, line = '' }) => `${kind} ${line}`.trim())).toEqual(expected);
  });

  it('does not count one row that was served twice, while others were inserted, as two', async () => {
    const reports = new ListedReports([c, b, a, a], 3);
    let late = 10;
    reports.afterPage = (page) => {
      if (page === 0 && late < 12)
        reports.rows.unshift(anOperation({ time: `2026-11-18T09:00:${(late += 1)}Z` }));
    };

    const { differences } = await compare(reports);

    const message =
      "1 more copy of a row appears across page edges, and Zoom's list changed while it was read.";
    expect(differences).toMatchObject([
      { kind: 'zoom-has-more' },
      { kind: 'zoom-unsettled', key: slicePrefix('raw', slice), message },
    ]);
  });

  it('counts the copies that no two listings prove', async () => {
    const reports = new ListedReports([c, b, a, a], 1);
    const pushed = [c, b];
    reports.afterPage = (page) => {
      if (page === 0 && pushed.length > 0) reports.rows.unshift(pushed.pop());
    };

    const { differences } = await compare(reports);

    expect(differences.map(({ message }) => message)).toEqual([
      "2 more copies of rows appear across page edges, and Zoom's list changed while it was read.",
    ]);
  });

  it('lists a day a second time only if there are copies across page edges', async () => {
    const reports = new ListedReports([c, b, a, a], 2);
    const pages: number[] = [];
    reports.afterPage = (page) => void pages.push(page);

    await compare(reports);
    expect(pages).toEqual([0, 1]);

    reports.rows.splice(0, 4, a, c, a, b, a);
    await compare(reports);
    expect(pages.slice(2)).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it('counts again when a listing breaks off and begins again', async () => {
    const pages = async function* (): AsyncGenerator<Page> {
      await Promise.resolve();
      yield { index: 0, rows: [c, a].map(toListedRow), last: false };
      yield { index: 0, rows: [c, b, a].map(toListedRow), last: true };
    };

    const { rows, differences } = await compare({ pages });

    expect(rows).toBe(3);
    expect(differences.map(({ kind, line }) => [kind, line])).toEqual([['zoom-has-less', 2]]);
  });

  it('skips a damaged object, and compares the others', async () => {
    await collectSlice(aCollector(store, new ListedReports([anOperation()], 300)), slice, 'tip', never);
    await store.replace(objectKey('raw', slice, 0), Buffer.from('x'));

    expect(await find([c])).toEqual(['zoom-has-more', 'zoom-has-less 1']);
  });

  it('expects Zoom to be ahead today', async () => {
    const found = await find([c, b, a, a, anOperation()], { now: new Date('2026-11-18T23:00:00Z') });

    expect(found).toEqual(['zoom-ahead']);
  });

  it('counts missing rows of a day after the tenth', async () => {
    const rows = Array.from({ length: 12 }, (_, index) => anOperation({ operation_detail: `${index}` }));

    const { differences } = await compare(new ListedReports([c, b, a, a, ...rows], 300));

    expect(differences).toHaveLength(11);
    expect(differences.at(-1)?.message).toBe('There are 2 more of this kind in this object.');
  });

  it('reports a day that Zoom fails to list, and stops if Zoom refuses', async () => {
    const { differences } = await compare(failing(new UpstreamError('Zoom is down.')));

    const message = 'quillmere operation 2026-11-18 could not be compared: Zoom is down.';
    expect(differences).toEqual([{ kind: 'not-compared', key: slicePrefix('raw', slice), message }]);
    await expect(compare(failing(new ConfigurationError('scope-missing', 'No.')))).rejects.toThrow(
      ConfigurationError,
    );
  });

  it('reports a day that is rate-limited', async () => {
    const { days, rows, differences } = await compare(
      failing(new RateLimitedError(new Date(0), 'Zoom asks for patience.')),
    );

    expect([days, rows]).toEqual([1, 0]);
    expect(differences[0]?.message).toBe(
      'quillmere operation 2026-11-18 could not be compared: Zoom asks for patience.',
    );
  });
});

describe('the days that are compared', () => {
  /** Zoom's lists of days, each empty, and which were requested. */
  class CountedReports implements Reports {
    readonly requested: string[] = [];

    async *pages(of: Slice): AsyncGenerator<Page> {
      await Promise.resolve();
      this.requested.push(labelOf(of));
      yield { index: 0, rows: [], last: true };
    }
  }

  const requested = async (options: Partial<ZoomComparisonOptions>): Promise<string[]> => {
    const reports = new CountedReports();
    await compare(reports, options);
    return reports.requested.map((label) => label.replace('quillmere ', '')).sort();
  };
  const put = async (stream: Slice['stream'], date: string, source = slice.source): Promise<void> =>
    store.replace(objectKey('raw', aSlice({ source, stream, day: day(date) }), 0), Buffer.from('x'));

  const of = (...dates: string[]): string[] => dates.map((date) => `operation 2026-11-${date}`);
  const range = (from?: string, to?: string): { from?: Day; to?: Day } => ({
    ...(from !== undefined && { from: day(from) }),
    ...(to !== undefined && { to: day(to) }),
  });

  it.each<[string, { from?: Day; to?: Day }, string[]]>([
    ['from the first to the last that the store knows of', range(), of('14', '15', '16', '17', '18')],
    ['from a day on', range('2026-11-17'), of('17', '18')],
    ['to a day', range(undefined, '2026-11-15'), of('14', '15')],
    ['of a range', range('2026-11-12', '2026-11-13'), of('12', '13')],
    ['of a range that reaches into days to come', range('2026-11-20', '2026-11-30'), of('20')],
    ['from a day on that the store knows nothing of', range('2026-11-19'), of('19', '20')],
  ])('are those %s', async (_, options, expected) => {
    await put('operation', '2026-11-14');

    expect(await requested(options)).toEqual(expected);
  });

  it('begin with the oldest that Zoom keeps', async () => {
    const now = new Date('2026-11-20T12:00:00Z');

    expect(await requested({ now, to: day('2026-05-22') })).toEqual([
      'operation 2026-05-21',
      'operation 2026-05-22',
    ]);
    expect(await requested({ now, from: day('2025-01-01'), to: day('2026-05-21') })).toEqual([
      'operation 2026-05-21',
    ]);
    expect(await requested({ now: new Date('2027-08-01T00:00:00Z') })).toEqual([]);
  });

  it('are those of all selected streams', async () => {
    await put('activity', '2026-11-19');

    expect(await requested({ streams: ['operation', 'activity'] })).toEqual([
      ...['activity 2026-11-18', 'activity 2026-11-19'],
      ...['operation 2026-11-18', 'operation 2026-11-19'],
    ]);
    expect(await requested({ streams: ['activity'] })).toEqual(['activity 2026-11-19']);
  });

  it('are not those of another source, and none for a source without days', async () => {
    await put('operation', '2026-11-16', 'acme');

    expect(await requested({})).toEqual(of('18'));
    expect(await compare(new CountedReports(), { source: 'another' })).toEqual({
      days: 0,
      rows: 0,
      differences: [],
    });
  });

  it('are not requested after it is aborted', async () => {
    const reports = new CountedReports();

    await expect(compare(reports, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    );
    expect(reports.requested).toEqual([]);
  });
});
