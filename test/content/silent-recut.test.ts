import { afterEach, describe, expect, it } from '@jest/globals';
import { readLedger } from '../../shared/collect/ledger/ledger.ts';
import { openCustody, readCustody } from '../../shared/content/custody-row.ts';
import { readSliceFiles } from '../../shared/content/slice-files.ts';
import { FolderStore } from '../../shared/local/folder-store.ts';
import type { Day } from '../../shared/model/day.ts';
import { type ContentControl, type Simulator, startSimulator } from '../../simulator/index.ts';
import { collectContentFrom, SPEED } from '../support/content-collection.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DAY = '2026-11-18' as Day;
const SLICE = { source: 'acme', stream: 'recording', day: DAY } as const;
const BYTES = 6_000_000;

/** After the day has closed, and when a listing confirms it. */
const CLOSED_AT = '2026-11-23T12:00:00Z';
const CONFIRMED_AT = '2026-11-29T12:00:00Z';

let simulator: Simulator;
afterEach(() => simulator.close());

/** A recording that is collected and whose day has closed. */
const collected = async (
  ...faults: string[]
): Promise<{ content: ContentControl; uuid: string; out: string }> => {
  simulator = await startSimulator({
    now: CLOSED_AT,
    speed: SPEED,
    accounts: [{ content: { people: [{ id: 'h', email: 'h@example.com', firstName: 'H', lastName: 'O' }] } }],
  });
  const content = simulator.content();
  const uuid = content.addMeeting({
    hostId: 'h',
    topic: 'Cut in silence',
    start: `${DAY}T09:00:00Z`,
    minutes: 30,
    files: [{ id: 'video', fileType: 'MP4', bytes: BYTES, seed: 1 }],
  });
  const out = temporaryFolder();
  simulator.faults.set(...faults);
  await collect(out);
  return { content, uuid, out };
};

const collect = (out: string) => collectContentFrom(simulator, { out, from: DAY, to: DAY });

const confirm = async (out: string) => {
  simulator.clock.set(CONFIRMED_AT);
  return collect(out);
};

const heldHashes = async (out: string): Promise<string[]> => {
  const custody = await openCustody(await FolderStore.openExisting(out), SLICE);
  return (await readCustody(custody)).flatMap((row) => (row.state === 'held' ? [row.sha256] : []));
};

const isConfirmed = async (out: string): Promise<boolean> =>
  (await readLedger(await FolderStore.openExisting(out), SLICE)).at(-1)?.entry.confirmed_at !== undefined;

const trueHashes = (content: ContentControl): Promise<string[]> =>
  Promise.all(content.truth().files.map((file) => file.sha256()));

describe('a file that Zoom replaces while its lists stay as they were', () => {
  it.each([
    ['by its ETag, at the same length', BYTES, []],
    ['by its length, without an ETag', BYTES - 5000, ['file-no-etag']],
    ['by its length, if each response has another ETag', BYTES - 5000, ['file-etag-differs']],
  ])('is found %s, and fetched once before its day is confirmed', async (_, bytes, faults) => {
    const { content, uuid, out } = await collected(...faults);
    content.recut(uuid, 'video', { bytes, seed: 2, silent: true });

    const { files } = await confirm(out);
    const again = await collect(out);

    expect(files).toMatchObject({ held: 1, bytes, failed: [] });
    expect(again.files).toMatchObject({ held: 0, failed: [] });
    expect(await heldHashes(out)).toEqual(await trueHashes(content));
    expect(content.downloads().map(({ whole }) => whole)).toEqual([1, 1]);
    expect(await isConfirmed(out)).toBe(true);
  });

  it('stays the newest version when its row is listed with another topic', async () => {
    const { content, uuid, out } = await collected();
    content.recut(uuid, 'video', { bytes: BYTES, seed: 2, silent: true });
    await confirm(out);
    content.rename(uuid, 'Another topic');
    await collect(out);

    const { items } = await readSliceFiles(await FolderStore.openExisting(out), SLICE);

    const [item] = items.values();
    const newest = item?.versions.at(-1);
    expect(item?.versions).toHaveLength(2);
    expect(newest?.held).toMatchObject({ sha256: await content.truth().files.at(-1)?.sha256() });
    expect(await heldHashes(out)).toHaveLength(2);
  });

  it('is not found if the host gives neither another length nor an ETag', async () => {
    const { content, uuid, out } = await collected('file-no-etag');
    content.recut(uuid, 'video', { bytes: BYTES, seed: 2, silent: true });

    const { files } = await confirm(out);

    expect(files.held).toBe(0);
    expect(await isConfirmed(out)).toBe(true);
  });
});

describe('a file that is still the same', () => {
  it('is not fetched again, and its day is confirmed', async () => {
    const { content, out } = await collected();

    const { files } = await confirm(out);

    expect(files).toMatchObject({ held: 0, sameAs: 0, failed: [] });
    expect(content.downloads()).toMatchObject([{ whole: 1, requests: 2 }]);
    expect(await isConfirmed(out)).toBe(true);
  });

  it('is not taken for another one by an ETag that differs in each response', async () => {
    const { content, out } = await collected('file-etag-differs');

    const { files } = await confirm(out);

    expect(files).toMatchObject({ held: 0, sameAs: 0, failed: [] });
    expect(content.downloads()).toMatchObject([{ whole: 1 }]);
    expect(await isConfirmed(out)).toBe(true);
  });

  it('keeps its day from being confirmed while the file host fails', async () => {
    const { out } = await collected();
    simulator.faults.set('file-host-error');
    await confirm(out);
    expect(await isConfirmed(out)).toBe(false);
    simulator.faults.clear();

    await collect(out);

    expect(await isConfirmed(out)).toBe(true);
  });

  it('that Zoom no longer sends does not keep its day from being confirmed', async () => {
    const { content, out } = await collected();
    simulator.faults.set('file-html-200');

    await confirm(out);

    expect(await isConfirmed(out)).toBe(true);
    expect(content.downloads()).toMatchObject([{ whole: 1 }]);
  });
});
