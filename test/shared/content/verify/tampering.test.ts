import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ArchiveVerifyReport, createArchive, isNote } from '../../../../shared/app/archive.ts';
import { memberTime } from '../../../../shared/collect/log/gzip-lines.ts';
import { FolderStore } from '../../../../shared/local/folder-store.ts';
import { OWNER_ONLY } from '../../../../shared/local/own-folders.ts';
import { generateContentCompany, type Simulator, startSimulator } from '../../../../simulator/index.ts';
import { collectContentFrom, SPEED } from '../../../support/content-collection.ts';
import { pack } from '../../../support/tampering.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const [FROM, TO] = ['2026-11-10', '2026-11-13'];
const BIG = 12_000_000;

let simulator: Simulator;
let collected: string;

/** A small company with one file of three parts, collected with faults, on the last day and again when all days can close. */
beforeAll(async () => {
  const company = generateContentCompany({ seed: 5, people: 8, meetings: 16, files: 50, from: FROM, to: TO });
  simulator = await startSimulator({
    now: `${TO}T20:00:00Z`,
    speed: SPEED,
    seed: 4,
    accounts: [{ content: company }],
  });
  const host = company.people?.find(({ status }) => status !== 'pending')?.id ?? '';
  simulator.content().addMeeting({
    hostId: host,
    topic: 'A long one',
    start: `${FROM}T09:00:00Z`,
    minutes: 60,
    files: [{ fileType: 'MP4', bytes: BIG }],
  });
  collected = join(temporaryFolder(), 'out');
  for (const day of [0, 4, 1]) {
    simulator.clock.advance(day * 86_400_000);
    simulator.faults.set('content-transient=0.08', 'content-harmless=0.05');
    await collectContentFrom(simulator, { out: collected, from: FROM, to: TO });
    simulator.faults.clear();
    await collectContentFrom(simulator, { out: collected, from: FROM, to: TO });
  }
}, 240_000);
afterAll(() => simulator.close());

const aCopy = (): string => {
  const out = join(temporaryFolder(), 'out');
  cpSync(collected, out, { recursive: true, preserveTimestamps: true });
  return out;
};

const verify = async (out: string, readsFiles = false): Promise<ArchiveVerifyReport> =>
  createArchive(await FolderStore.openExisting(out, OWNER_ONLY)).verify({
    readsFiles,
    signal: new AbortController().signal,
  });

/** The kind and the object of each difference. */
const namedBy = async (out: string, readsFiles = false): Promise<string[]> =>
  (await verify(out, readsFiles)).differences
    .filter((difference) => !isNote(difference))
    .map(({ kind, key }) => `${kind} ${key}`);

const keysOf = (out: string, prefix: string): string[] =>
  readdirSync(join(out, prefix), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1))
    .sort();

const linesIn = (out: string, key: string): string[] =>
  gunzipSync(readFileSync(join(out, key)))
    .toString('utf8')
    .split('\n')
    .slice(0, -1);

/** Edits an object as a careful attacker would: changed lines, valid packing, the same time. */
const edit = async (out: string, key: string, change: (lines: string[]) => string[]): Promise<void> => {
  const time = memberTime(readFileSync(join(out, key)));
  writeFileSync(join(out, key), await pack(change(linesIn(out, key)), time));
};

const flip = (out: string, key: string): void => {
  const bytes = readFileSync(join(out, key));
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(join(out, key), bytes);
};

/** The first object of custody with a line that matches, and the number of the line from 0 on. */
const custodyWith = (out: string, text: string): { key: string; index: number } => {
  for (const key of keysOf(out, 'custody')) {
    const index = linesIn(out, key).findIndex((line) => line.includes(text));
    if (index !== -1) return { key, index };
  }
  throw new Error(`no line of custody has ${text}`);
};

const bigFile = (out: string): string =>
  keysOf(out, 'files').find((key) => statSync(join(out, key)).size === BIG) ?? '';
const smallFile = (out: string): string =>
  keysOf(out, 'files').find((key) => statSync(join(out, key)).size < BIG) ?? '';

describe('verification of content', () => {
  it('finds no difference in what a collector stored, whether or not files are read', async () => {
    const names = await verify(collected);
    const bytes = await verify(collected, true);

    expect(names.differences.filter((difference) => !isNote(difference))).toEqual([]);
    expect(bytes.differences).toEqual(names.differences);
    const recording = names.content.find(({ stream }) => stream === 'recording');
    expect(names.content.map(({ stream }) => stream)).toEqual(['meeting', 'person', 'recording']);
    expect(recording).toMatchObject({ source: 'acme', days: 4, completeDays: 4, gapDays: 0 });
    expect(recording?.files).toBe(keysOf(collected, 'files').length);
    expect(recording?.files).toBeGreaterThan(30);
    expect(recording?.chain).toHaveLength(1);
  });

  it('names a flipped byte of a file and its part only if the bytes are read', async () => {
    const out = aCopy();
    flip(out, bigFile(out));

    expect(await namedBy(out)).toEqual([]);
    const { differences } = await verify(out, true);
    expect(differences).toMatchObject([{ kind: 'file-changed', key: bigFile(out) }]);
    expect(differences[0]?.message).toContain('The bytes differ in part 2 of 3.');
  });

  it('names a file that was removed', async () => {
    const out = aCopy();
    const key = smallFile(out);
    rmSync(join(out, key));

    expect(await namedBy(out)).toEqual([`missing-object ${key}`]);
  });

  it('names a file that was made longer', async () => {
    const out = aCopy();
    const key = smallFile(out);
    appendFileSync(join(out, key), 'x');

    expect(await namedBy(out)).toEqual([`file-changed ${key}`]);
  });

  it('names a file that was added: of no row, in a wrong place, or without a name of ours', async () => {
    const out = aCopy();
    const key = smallFile(out);
    const [extension = ''] = /[^.]+$/.exec(key) ?? [];
    const added = [
      join(dirname(key), `0123456789abcdef.${extension}`),
      key.replace(extension, 'exe'),
      key.replace('files/recording/', 'files/meeting/'),
      join(dirname(key), 'copy of it.mp4'),
      'files/by-hand.mp4',
      'files/operation/source=acme/dt=2026-11-10/x.mp4',
      'certificates/source=acme/by hand.txt',
    ];
    for (const one of added) {
      mkdirSync(join(out, dirname(one)), { recursive: true });
      cpSync(join(out, key), join(out, one));
    }

    expect((await namedBy(out)).sort()).toEqual(added.map((one) => `foreign-object ${one}`).sort());
  });

  it('names a file that was replaced by another one of equal size only if the bytes are read', async () => {
    const out = aCopy();
    const key = smallFile(out);
    writeFileSync(join(out, key), Buffer.alloc(statSync(join(out, key)).size, 7));

    expect(await namedBy(out)).toEqual([]);
    expect(await namedBy(out, true)).toEqual([`file-changed ${key}`]);
  });

  it('names a stored file whose line of custody was removed', async () => {
    const out = aCopy();
    const { key, index } = custodyWith(out, '"state":"held"');
    const { key: file } = JSON.parse(linesIn(out, key)[index] ?? '') as { key: string };
    await edit(out, key, (lines) => lines.filter((_, line) => line !== index));

    const named = await namedBy(out);
    expect(named).toContain(`file-unnamed ${file}`);
    expect(named).toContain(`object-changed ${key}`);
  });

  it.each([
    [
      'size',
      /"bytes":\d+,"sha256"/,
      '"bytes":12,"sha256"',
      ['object-changed', 'ledger-mismatch', 'file-changed', 'custody-mismatch'],
    ],
    [
      'place',
      /"key":"files\/recording\/source=acme/,
      '"key":"files/recording/source=other',
      ['object-changed', 'custody-mismatch', 'missing-object'],
    ],
    [
      'version',
      /"version":"[0-9a-f]{16}"/,
      '"version":"0123456789abcdef"',
      ['object-changed', 'custody-mismatch'],
    ],
    ['meeting', /"uuid":"[^"]+"/, '"uuid":"another"', ['object-changed', 'custody-mismatch']],
    ['state', /"state":"held"/, '"state":"lost"', ['object-changed', 'damaged-object']],
  ])('names a line of custody with another %s', async (_what, from, to, kinds) => {
    const out = aCopy();
    const { key, index } = custodyWith(out, '"state":"held"');
    await edit(out, key, (lines) => lines.map((line, at) => (at === index ? line.replace(from, to) : line)));

    const kindsFound = (await namedBy(out)).map((named) => named.split(' ')[0]);
    expect(kindsFound).toEqual(expect.arrayContaining(kinds));
  });

  it('names another digest of a part, though the file is whole', async () => {
    const out = aCopy();
    const { key, index } = custodyWith(out, `"bytes":${BIG}`);
    const changed = (line: string): string =>
      line.replace(/("number":2,"bytes":\d+,"sha256":")[0-9a-f]{4}/, '$1beef');
    await edit(out, key, (lines) => lines.map((line, at) => (at === index ? changed(line) : line)));

    expect(await namedBy(out, true)).toEqual([`custody-mismatch ${key}`, `object-changed ${key}`]);
  });

  it('names a changed row, whose projection and ledger no longer fit', async () => {
    const out = aCopy();
    const [key = ''] = keysOf(out, 'raw/recording');
    await edit(out, key, (lines) =>
      lines.map((line, at) => (at === 0 ? line.replace(/"topic":"/, '"topic":"Not ') : line)),
    );

    const named = await namedBy(out);
    expect(named).toContain(`object-changed ${key}`);
    expect(named.some((one) => one.includes(key.replace('raw/', 'flat/')))).toBe(true);
    expect(named.some((one) => one.startsWith('ledger-mismatch'))).toBe(true);
  });

  it('names a row that was repeated', async () => {
    const out = aCopy();
    const [key = ''] = keysOf(out, 'raw/meeting');
    await edit(out, key, ([first = '', ...lines]) => [first, first, ...lines]);

    expect(await namedBy(out)).toEqual(
      expect.arrayContaining([`line-added ${key}`, `object-changed ${key}`]),
    );
  });

  it.each(['raw/recording', 'custody/recording', 'flat/recording', 'raw/person', 'flat/meeting'])(
    'names a removed object of %s',
    async (prefix) => {
      const out = aCopy();
      const [key = ''] = keysOf(out, prefix);
      rmSync(join(out, key));

      const named = await namedBy(out);
      expect(named.some((one) => one.endsWith(` ${key}`))).toBe(true);
    },
  );

  it.each(['raw/recording', 'custody/recording', 'flat/recording'])(
    'names a flipped byte of %s',
    async (prefix) => {
      const out = aCopy();
      const [key = ''] = keysOf(out, prefix);
      flip(out, key);

      expect(await namedBy(out)).toContain(`damaged-object ${key}`);
    },
  );

  it('names a changed flat line', async () => {
    const out = aCopy();
    const [key = ''] = keysOf(out, 'flat/recording');
    await edit(out, key, (lines) =>
      lines.map((line, at) =>
        at === 0 ? line.replace(/"file_size":\d/, '"file_size":9') : line.replace('acme', 'acme'),
      ),
    );
    const before = linesIn(collected, key);
    if (linesIn(out, key).join('\n') === before.join('\n')) throw new Error('nothing was changed');

    expect(await namedBy(out)).toEqual(
      expect.arrayContaining([`line-changed ${key}`, `object-changed ${key}`]),
    );
  });

  it.each([
    ['held', /"held": \d+/, '"held": 99'],
    ['files_digest', /("files_digest": ")[0-9a-f]{4}/, '$1beef'],
    ['rows', /"rows": \d+/, '"rows": 99'],
  ])('names a ledger entry with another %s, and that the chain is broken', async (_what, from, to) => {
    const out = aCopy();
    const [key = ''] = keysOf(out, 'ledger/recording');
    const text = readFileSync(join(out, key), 'utf8');
    writeFileSync(join(out, key), text.replace(from, to));

    const named = await namedBy(out);
    expect(named).toContain(`ledger-mismatch ${key}`);
    expect(named.some((one) => one.startsWith('chain-broken'))).toBe(true);
  });

  it('names the last ledger entry of a stream as missing, by the watermark', async () => {
    const out = aCopy();
    const last = keysOf(out, 'ledger/recording').filter((key) => key.includes(`dt=${TO}`));
    for (const key of last) rmSync(join(out, key));

    expect(last.length).toBeGreaterThan(0);
    expect(await namedBy(out)).toEqual([`missing-object ${last[0]}`]);
  });

  it('reads only the days, the streams and the sources that were chosen', async () => {
    const archive = createArchive(await FolderStore.openExisting(collected, OWNER_ONLY));
    const { signal } = new AbortController();
    const days = { from: '2026-11-11', to: '2026-11-12' } as never as { from: never; to: never };

    const one = await archive.verify({ streams: ['recording'], ...days, signal });
    expect(one.content).toMatchObject([{ stream: 'recording', days: 2, firstDay: '2026-11-11' }]);
    expect(one.differences.filter((difference) => !isNote(difference))).toEqual([]);
    expect((await archive.verify({ streams: ['operation'], signal })).content).toEqual([]);
    expect((await archive.verify({ sources: ['other'], signal })).content).toEqual([]);
  });
});
