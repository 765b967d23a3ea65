import { beforeEach, describe, expect, it } from '@jest/globals';
import { replayDays, type ReplayOptions } from '../../../shared/collect/replay-days.ts';
import { reasonOf } from '../../../shared/errors.ts';
import { day, never } from '../../support/builders/collector.ts';
import { collectCompany } from '../../support/fixtures/collected-company.ts';
import { linesUnder } from '../../support/delivered.ts';
import type { MemoryStore } from '../../support/doubles/memory-store.ts';
import { bytesOf, editLines } from '../../support/tampering.ts';

let store: MemoryStore;
beforeEach(async () => {
  store = await collectCompany();
});

const replay = (options: Partial<ReplayOptions> = {}) =>
  replayDays(store, {
    from: day('2026-11-17'),
    to: day('2026-11-18'),
    label: 'v2',
    formats: ['flat', 'ocsf'],
    ocsfVersion: '1.8.0',
    signal: never,
    ...options,
  });

const keysUnder = async (prefix: string): Promise<string[]> =>
  (await store.list(prefix)).map(({ key }) => key);

describe('replaying days', () => {
  it('writes a version beside the old one: the same names, of the requested days, including rejected rows', async () => {
    const report = await replay();

    expect(report).toEqual({
      slices: 2,
      rawObjects: 4,
      rows: 79,
      written: 10,
      sources: [{ source: 'quillmere', slices: 2, rows: 79, written: 10, damaged: 0 }],
      damaged: [],
    });
    for (const kind of ['flat', 'ocsf', 'rejected']) {
      const old = (await keysUnder(`${kind}/`)).filter((key) => !key.includes('dt=2026-11-16'));
      expect(await keysUnder(`${kind}.v2/`)).toEqual(old.map((key) => key.replace('/', '.v2/')));
    }
  });

  it('gives the same bytes as long as the mapping is the same', async () => {
    await replay();

    for (const key of await keysUnder('flat.v2/')) {
      expect(await bytesOf(store, key)).toEqual(await bytesOf(store, key.replace('.v2/', '/')));
    }
  });

  it('updates lines of an older mapping to this one', async () => {
    const [key = ''] = (await keysUnder('flat/')).filter((name) => name.includes('dt=2026-11-17'));
    const made = await bytesOf(store, key);
    await editLines(store, key, (lines) => lines.map((line) => line.replace('"mapping_version":2,', '')));

    await replay();

    expect(await bytesOf(store, key.replace('/', '.v2/'))).toEqual(made);
    expect(await bytesOf(store, key)).not.toEqual(made);
  });

  it('changes no existing object', async () => {
    const before = await store.list('');

    await replay({ ocsfVersion: '1.1.0', formats: ['ocsf'] });

    expect(await store.list('')).toEqual(expect.arrayContaining(before));
    const versions = ((await linesUnder(store, 'ocsf.v2/')) as { metadata: { version: string } }[]).map(
      ({ metadata }) => metadata.version,
    );
    expect(new Set(versions)).toEqual(new Set(['1.1.0']));
  });

  it('adds what is missing when it is done again, and no more', async () => {
    await replay();
    const [lost = ''] = await keysUnder('flat.v2/');
    store.remove(lost);

    const again = await replay();

    expect(again.written).toBe(1);
    expect((await replay()).written).toBe(0);
    expect(await keysUnder('flat.v2/')).toContain(lost);
  });

  it.each(['', 'V2', 'v 2', 'v/2', '../x', 'a'.repeat(17)])('refuses the label "%s"', async (label) => {
    await expect(replay({ label })).rejects.toThrow(/must be 1 to 16 lower-case letters and digits, such as/);
    expect(await keysUnder('flat.')).toEqual([]);
  });

  it('refuses a label under which another mapping wrote', async () => {
    await replay();

    await expect(replay({ ocsfVersion: '1.1.0' })).rejects.toThrow(
      /ocsf\.v2\/ was written with mapping 2, OCSF 1\.8\.0, but this replay uses mapping 2, OCSF 1\.1\.0/,
    );
    await expect(replay({ ocsfVersion: '1.1.0', formats: ['flat'] })).resolves.toMatchObject({ written: 0 });
  });

  it.each([
    ['{"mapping":1}', 'mapping 1'],
    ['{"mapping":"mine"}', 'an unknown mapping'],
  ])('reports what a label is used by: %s', async (tied, recorded) => {
    await store.replace('_state/replays/flat.v2.json', Buffer.from(tied));

    const error: unknown = await replay({ formats: ['flat'] }).catch((thrown: unknown) => thrown);

    expect(reasonOf(error)).toBe('label-taken');
    expect((error as Error).message).toBe(
      `flat.v2/ was written with ${recorded}, but this replay uses mapping 2. Choose a new version with --into.`,
    );
    expect(await keysUnder('flat.v2/')).toEqual([]);
  });

  it('fixes no label if there is nothing to replay', async () => {
    const report = await replay({ from: day('2026-11-19'), to: day('2026-11-20') });

    expect(report).toEqual({ slices: 0, rawObjects: 0, rows: 0, written: 0, sources: [], damaged: [] });
    expect(await keysUnder('_state/replays/')).toEqual([]);
  });

  it('stops when it is aborted', async () => {
    await expect(replay({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');

    expect(await keysUnder('flat.v2/')).toEqual([]);
  });

  it('names a day whose log is damaged, and replays the others', async () => {
    const key = 'raw/operation/source=quillmere/dt=2026-11-17/operation_2026-11-17_000001.json.gz';
    await store.replace(key, Buffer.from('x'));

    const report = await replay();

    expect(report.damaged).toMatchObject([{ slice: { day: '2026-11-17' } }]);
    expect(report.damaged[0]?.message).toContain(key);
    expect(report.sources).toMatchObject([{ source: 'quillmere', slices: 2, damaged: 1 }]);
    expect(await keysUnder('flat.v2/operation/source=quillmere/dt=2026-11-18/')).toHaveLength(2);
  });

  it('refuses a source that was never collected from', async () => {
    store.remove('_state/sources/quillmere.json');

    const error: unknown = await replay().catch((thrown: unknown) => thrown);

    expect(reasonOf(error)).toBe('account-unknown');
    expect((error as Error).message).toMatch(/Zoom account of "quillmere" is unknown/);
  });
});
