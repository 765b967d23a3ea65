import { hash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ContentSearch, FoundText } from '../../../shared/app/content-archive.ts';
import { readThreads, searchContent, SEARCHED } from '../../../shared/app/content-archive.ts';
import { fileOfRow } from '../../../shared/content/recording-rows.ts';
import { fileKey } from '../../../shared/contract/object-keys.ts';
import type { FolderStore } from '../../../shared/local/folder-store.ts';
import type { Day } from '../../../shared/model/day.ts';
import { spokenLines } from '../../../shared/search/spoken-lines.ts';
import { excerptOf } from '../../../shared/search/text-match.ts';
import { ANN, BEN, FIRST, holdCompany, SECOND } from '../../export/held-company.ts';
import {
  aContentSlice,
  aFileRow,
  commitCustody,
  commitRows,
  custodyOf,
} from '../../support/builders/content.ts';
import { SettableClock } from '../../support/doubles/settable-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const TRANSCRIPT =
  'WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\nAnn Lee: we sell the\nfactory\n\n2\n00:00:04.000 --> 00:00:05.000\nBen: ＯＫ\n';

const toArray = async <T>(from: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const one of from) all.push(one);
  return all;
};

/** Holds a transcript of a recording that Ann hosted. */
const holdTranscript = async (
  store: FolderStore,
  id: string,
  text: string,
  isHidden: boolean,
): Promise<string> => {
  const clock = new SettableClock();
  const base = aFileRow(SECOND, id, {
    file_type: 'TRANSCRIPT',
    file_extension: 'VTT',
    file_size: text.length,
  });
  const row = { ...base, meeting: { ...base.meeting, topic: 'Board', uuid: `${id}==`, host_id: 'host-ann' } };
  const slice = aContentSlice(SECOND);
  await commitRows(store, clock, slice, [row]);
  const file = fileOfRow(row);
  const key = fileKey(slice, file?.item ?? '', file?.version ?? '', 'vtt');
  await store.create(key, Buffer.from(text));
  const bytes = Buffer.byteLength(text);
  const held = { state: 'held', key, bytes, sha256: hash('sha256', text, 'hex'), requests: 1, resumed: 0 };
  await commitCustody(store, clock, slice, [
    custodyOf(row, clock.now(), held),
    ...(isHidden
      ? [
          custodyOf(row, clock.now(), { state: 'gone', ordinal: 1, evidence: { kind: 'trash' } }),
          custodyOf(row, clock.now(), { state: 'hidden', ordinal: 1, gone: 1, grace_days: 30 }),
        ]
      : []),
  ]);
  return key;
};

let store: FolderStore;
beforeAll(async () => {
  store = await holdCompany(`${temporaryFolder()}/out`);
  await holdTranscript(store, 't1', TRANSCRIPT, false);
  await holdTranscript(store, 't2', 'WEBVTT\n\n00:01.000 --> 00:02.000\nthe FACTORY is gone\n', true);
});

const search = async (text: string, change: Partial<ContentSearch> = {}) => {
  const unsearched = { hidden: 0, damaged: [] as string[] };
  const found: FoundText[] = [];
  for await (const one of searchContent(
    store,
    { text, sources: ['acme'], types: SEARCHED, ...change },
    unsearched,
  )) {
    found.push(one);
  }
  return { found, unsearched };
};

const excerpts = async (text: string, change: Partial<ContentSearch> = {}): Promise<string[]> =>
  (await search(text, change)).found.map(({ type, state, excerpt }) => `${type} ${state}: ${excerpt}`);

describe('a search of content', () => {
  it('finds messages, with texts that were edited and deleted, and names of files', async () => {
    expect(await excerpts('PLA')).toEqual(['messages present: the plan']);
    expect(await excerpts('plam')).toEqual(['messages edited: the plam']);
    expect(await excerpts('gone', { types: ['messages'] })).toEqual(['messages deleted: gone']);
    expect(await excerpts('ünï code')).toEqual(['messages present: ünï code.png']);
  });

  it('says who wrote it, where, when, and the id to read its thread by', async () => {
    expect((await search('the plan')).found).toMatchObject([
      { source: 'acme', day: FIRST, time: `${FIRST}T09:00:00.000Z`, who: ANN, where: 'Project', id: 'm1' },
    ]);
  });

  it('finds what was spoken across the lines of a cue, with its time, whatever the form of its letters', async () => {
    const { found } = await search('sell the factory');

    expect(found).toMatchObject([
      {
        type: 'transcript',
        who: ANN,
        where: 'Board',
        at: '00:00:01.000',
        excerpt: 'Ann Lee: we sell the factory',
      },
    ]);
    expect(await excerpts('ben: ok')).toEqual(['transcript present: Ben: ＯＫ']);
    expect(await excerpts('webvtt')).toEqual([]);
  });

  it('leaves hidden transcripts out, and counts them', async () => {
    const without = await search('factory is gone');

    expect([without.found.length, without.unsearched.hidden]).toEqual([0, 1]);
    expect(await excerpts('factory is gone', { hidden: true })).toHaveLength(1);
  });

  it.each<[string, Partial<ContentSearch>, number]>([
    ['a sender', { person: BEN }, 1],
    ['someone else', { person: 'zoe@example.com' }, 0],
    ['its day', { from: SECOND as Day, to: SECOND as Day }, 1],
    ['an earlier day', { to: FIRST as Day }, 0],
    ['another type', { types: ['transcript', 'chat'] }, 0],
    ['another source', { sources: [] }, 0],
  ])('limited to %s', async (_, change, count) => {
    expect(await excerpts('private', change)).toHaveLength(count);
  });

  it('names a transcript that is missing, and goes on', async () => {
    const broken = await holdCompany(`${temporaryFolder()}/out`);
    const row = aFileRow(FIRST, 'lost', { file_type: 'TRANSCRIPT', file_extension: 'VTT' });
    const key = fileKey(
      aContentSlice(FIRST),
      fileOfRow(row)?.item ?? '',
      fileOfRow(row)?.version ?? '',
      'vtt',
    );
    const clock = new SettableClock();
    await commitRows(broken, clock, aContentSlice(FIRST), [row]);
    await commitCustody(broken, clock, aContentSlice(FIRST), [
      custodyOf(row, clock.now(), {
        state: 'held',
        key,
        bytes: 3,
        sha256: '0'.repeat(64),
        requests: 1,
        resumed: 0,
      }),
    ]);
    const unsearched = { hidden: 0, damaged: [] as string[] };

    const found = searchContent(broken, { text: 'plan', sources: ['acme'], types: SEARCHED }, unsearched);

    expect(await toArray(found)).toHaveLength(1);
    expect(unsearched.damaged).toEqual([key]);
  });
});

describe('an excerpt', () => {
  it('is the part around the match, on one line', () => {
    const long = `${'a '.repeat(200)}needle\n in the\thay ${'b '.repeat(200)}`;

    expect(excerptOf(long, 'needle in')).toMatch(/^….*needle in the hay.*…$/);
    expect(excerptOf(long, 'nothing')).toBeUndefined();
    expect(excerptOf('short needle', 'needle')).toBe('short needle');
  });
});

describe('the lines of a text file', () => {
  const lines = (text: string, chunk: number): Promise<{ at: string; text: string }[]> =>
    toArray(
      spokenLines(
        (async function* () {
          const bytes = Buffer.from(text);
          for (let at = 0; at < bytes.length; at += chunk) {
            yield await Promise.resolve(bytes.subarray(at, at + chunk));
          }
        })(),
      ),
    );

  it.each([1, 2, 3, 7, 1000])('are the same in chunks of %d bytes', async (chunk) => {
    expect(await lines(TRANSCRIPT.replaceAll('\n', '\r\n'), chunk)).toEqual(await lines(TRANSCRIPT, 1000));
  });

  it('without timings are lines, the last one without an end as well', async () => {
    expect(await lines('09:00:00 Ann: hello\n09:00:05 Ben: ünd', 4)).toEqual([
      { at: '', text: '09:00:00 Ann: hello' },
      { at: '', text: '09:00:05 Ben: ünd' },
    ]);
  });

  it('that never end are cut into pieces', async () => {
    const pieces = await lines('x'.repeat(200_000), 50_000);

    expect(Math.max(...pieces.map(({ text }) => text.length))).toBeLessThanOrEqual(64 * 1024);
    expect(pieces.reduce((sum, { text }) => sum + text.length, 0)).toBe(200_000);
  });
});

describe('a thread', () => {
  const threads = async (id: string) =>
    (await readThreads(store, ['acme'], id)).map(({ id: first, hasFirst, messages }) => ({
      first,
      hasFirst,
      messages: messages.map((message) => message.id),
    }));

  it('has the first message and its replies of later days, by the id of any of them', async () => {
    const thread = { first: 'm1', hasFirst: true, messages: ['m1', 'm2', 'm3'] };

    expect(await threads('m1')).toEqual([thread]);
    expect(await threads('M3')).toEqual([thread]);
    expect(await threads('{m2}')).toEqual([thread]);
  });

  it('says that its first message was never collected', async () => {
    expect(await threads('m6')).toEqual([{ first: 'm0', hasFirst: false, messages: ['m6'] }]);
  });

  it('has edits, deletions and reactions', async () => {
    const [thread] = await readThreads(store, ['acme'], 'm1');

    expect(thread?.messages[0]).toMatchObject({
      edits: [{ text: 'the plam' }],
      reactions: [{ value: '👍', count: 1 }],
    });
  });

  it('is none for an unknown id, and several for the beginning of several ids', async () => {
    expect(await threads('nothing')).toEqual([]);
    expect((await threads('m')).length).toBeGreaterThan(1);
  });
});
