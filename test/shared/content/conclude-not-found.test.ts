import { beforeEach, describe, expect, it } from '@jest/globals';
import { concludeNotFound, type NotFoundAt } from '../../../shared/content/conclude-not-found.ts';
import type { ContentContext } from '../../../shared/content/content-context.ts';
import { readSliceFiles } from '../../../shared/content/slice-files.ts';
import { UpstreamError } from '../../../shared/errors.ts';
import { CONTENT_TYPES } from '../../../shared/model/content-config.ts';
import { HOUR_MS } from '../../../shared/model/duration.ts';
import { aContentSlice, aFileRow, commitRows } from '../../support/builders/content.ts';
import { ListedContent, ListedDownloads } from '../../support/doubles/listed-content.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';
import { SettableClock } from '../../support/doubles/settable-clock.ts';

const DAY = '2026-11-10';
const SLICE = aContentSlice(DAY);
const ROW = aFileRow(DAY, 'f1');

describe('a recording whose host has left the account', () => {
  let clock: SettableClock;
  let store: MemoryStore;
  let listings: ListedContent;
  let answers: NotFoundAt;

  beforeEach(async () => {
    clock = new SettableClock();
    store = new MemoryStore();
    listings = new ListedContent();
    answers = {};
    await commitRows(store, clock, SLICE, [ROW]);
  });

  /** Concludes after some more hours, and returns the reasons of the problems. */
  const concludeAfter = async (hours: number, hasLeft = true): Promise<string[]> => {
    clock.time = new Date(clock.time.getTime() + hours * HOUR_MS);
    const context: ContentContext = {
      source: 'acme',
      accountId: 'account',
      store,
      listings,
      downloads: new ListedDownloads(),
      clock,
      random: () => 0,
      owner: 'a',
      beforeRequest: () => undefined,
      choice: {
        types: [...CONTENT_TYPES],
        people: { include: 'all', exclude: [], future: true },
        mode: 'mirror',
      },
      observer: {},
    };
    const seen = { listed: new Set<string>(), trashed: new Map<string, string>() };
    const signal = new AbortController().signal;
    const { notFound, problems } = await concludeNotFound(
      context,
      SLICE,
      seen,
      answers,
      () => hasLeft,
      signal,
    );
    answers = notFound;
    return problems.map(({ unit, message }) => `${unit ?? ''} ${message}`);
  };

  const gone = async () =>
    [...(await readSliceFiles(store, SLICE)).items.values()].map(({ lastGone }) => lastGone?.evidence);

  const isThere = (): void => {
    listings.recordings = [{ uuid: 'uuid==', start_time: `${DAY}T09:00:00Z`, recording_files: [ROW.file] }];
  };

  it('is gone after three answers that it does not exist, each 12 hours after the one before', async () => {
    const began = clock.time.getTime();
    const at = (hours: number): string => new Date(began + hours * HOUR_MS).toISOString();
    await concludeAfter(0);
    await concludeAfter(12);
    expect(await gone()).toEqual([undefined]);

    await concludeAfter(12);

    expect(await gone()).toEqual([{ kind: 'not-found', not_found_at: [at(0), at(12), at(24)] }]);
    expect(answers).toEqual({});
  });

  it('is not asked for again before 12 hours have passed', async () => {
    await concludeAfter(0);
    await concludeAfter(1);
    await concludeAfter(10);
    await concludeAfter(0.9);

    expect(Object.values(answers).map((times) => times.length)).toEqual([1]);
  });

  it('is counted from the beginning again if Zoom has it after all', async () => {
    await concludeAfter(0);
    await concludeAfter(12);
    isThere();
    await concludeAfter(12);
    listings.recordings = [];
    await concludeAfter(12);

    expect(await gone()).toEqual([undefined]);
    expect(Object.values(answers).map((times) => times.length)).toEqual([1]);
  });

  it('keeps its answers if Zoom fails, and the failure is a problem', async () => {
    await concludeAfter(0);
    listings.meetingFailure = new UpstreamError('Zoom answered with 500.');

    expect(await concludeAfter(12)).toEqual(['host:host Zoom answered with 500.']);
    listings.meetingFailure = undefined;
    await concludeAfter(0);
    await concludeAfter(12);

    expect(await gone()).toEqual([expect.objectContaining({ kind: 'not-found' })]);
  });

  it('is not asked for while its host is in the account: lists decide then', async () => {
    for (let times = 0; times < 4; times += 1) await concludeAfter(12, false);

    expect([await gone(), answers]).toEqual([[undefined], {}]);
  });
});
