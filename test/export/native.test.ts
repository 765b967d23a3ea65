import { hash } from 'node:crypto';
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { exportHeld } from '../../shared/export/export-held.ts';
import { LocalExportFolder } from '../../shared/local/export-folder.ts';
import type { ExportFolder } from '../../shared/export/ports.ts';
import type { FolderStore } from '../../shared/local/folder-store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import {
  ANN,
  BEN,
  certificateIn,
  everything,
  exportTo,
  filesIn,
  FIRST,
  holdCompany,
  holdRecording,
  HOSTILE,
  never,
  openHeld,
  SECOND,
} from './held-company.ts';

let store: FolderStore;
beforeAll(async () => {
  store = await holdCompany(join(temporaryFolder(), 'held'));
});

const fresh = (): string => join(temporaryFolder(), 'export');

const statOf = (path: string): number => statSync(path).ino;

/** An export that ends as one that is killed: after some files, without any clean-up. */
const stoppedExport = async (held: FolderStore, into: string, files: number): Promise<void> => {
  const selection = everything('bagit');
  const folder = await LocalExportFolder.open(
    into,
    `${JSON.stringify({ toolVersion: '0.0.0', selection })}\n`,
  );
  let left = files;
  const stopping: ExportFolder = {
    put: async (path, identity, bytes) => {
      if (left === 0) throw new Error('killed');
      left -= 1;
      return folder.put(path, identity, bytes);
    },
    open: (path) => folder.open(path),
    finish: () => folder.finish(),
  };
  const context = { store: held, folder: stopping, toolVersion: '0.0.0', signal: never };
  await expect(exportHeld(context, selection)).rejects.toThrow('killed');
  await folder.close();
};

/** The rows of a DAT file, by its delimiters. */
const datRows = (text: string): string[][] =>
  text
    .replace('\ufeff', '')
    .split('\r\n')
    .slice(0, -1)
    .map((line) => line.slice(1, -1).split('þ\u0014þ'));

const csvRows = (text: string): string[][] =>
  [
    ...text
      .replace('\ufeff', '')
      .matchAll(/((?:"(?:[^"]|"")*"|[^",\r\n]*)(?:,(?:"(?:[^"]|"")*"|[^",\r\n]*))*)\r\n/g),
  ].map(([, line = '']) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(
      ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
    ),
  );

describe('an export', () => {
  it.each(['bagit', 'rsmf', 'loadfile'] as const)('as %s has the same bytes twice', async (format) => {
    const [first, second] = [fresh(), fresh()];

    await exportTo(store, first, everything(format));
    await exportTo(store, second, everything(format));

    expect(filesIn(first).size).toBeGreaterThan(3);
    expect(filesIn(second)).toEqual(filesIn(first));
  });

  it('selects people, days and types', async () => {
    const names = async (change: Parameters<typeof everything>[1]): Promise<string[]> => {
      const into = fresh();
      await exportTo(store, into, everything('bagit', change));
      return [...filesIn(into).keys()]
        .filter((path) => path.startsWith('data/acme/'))
        .map((path) => path.slice(10));
    };

    expect(await names({ people: [BEN], types: ['video'] })).toEqual([]);
    expect(await names({ types: ['audio'] })).toEqual([]);
    expect(await names({ people: [ANN], from: FIRST as never, to: FIRST as never })).toEqual([
      `chat/${FIRST}/${FIRST} Project.jsonl`,
      `recordings/${FIRST}/${FIRST} 0900 Stand-up - active speaker (2).mp4`,
      `recordings/${FIRST}/${FIRST} 0900 Stand-up - active speaker.mp4`,
    ]);
    expect(await names({ people: ['cy@example.com'] })).toEqual([
      `chat/${SECOND}/${SECOND} ben@example.com, cy@example.com.jsonl`,
    ]);
  });

  it('names selected people of whom nothing is known, and days that were not collected', async () => {
    const into = fresh();
    const report = await exportTo(
      store,
      into,
      everything('bagit', { people: ['eve@example.com'], types: ['video'], to: '2026-11-20' as never }),
    );

    expect(report).toMatchObject({
      isComplete: false,
      without: [{ person: 'eve@example.com', isKnown: false }],
    });
    expect(certificateIn(into)).toMatchObject({
      complete: false,
      days: [{ state: 'open' }, { state: 'open' }, { day: '2026-11-20', state: 'missing' }],
      people_without_content: [{ person: 'eve@example.com', known: false }],
    });
  });

  it('is complete for a known person without content', async () => {
    const report = await exportTo(store, fresh(), everything('bagit', { people: [BEN], types: ['video'] }));

    expect(report).toMatchObject({ isComplete: true, without: [{ person: BEN, isKnown: true }] });
  });

  it('leaves out bytes that are not the ones in custody, and names them', async () => {
    const held = await holdCompany(join(temporaryFolder(), 'held'));
    const [file] = await held.list(`files/recording/source=acme/dt=${FIRST}/`);
    const [chat] = await held.list(`files/chat_message/source=acme/dt=${SECOND}/`);
    const root = join(temporaryFolder(), 'x');
    for (const key of [file?.key, chat?.key]) {
      await held.replace(key ?? '', Buffer.from('changed'));
    }
    const report = await exportTo(held, root, everything('loadfile'));

    expect(report.notExported.map(({ stream, reason }) => `${stream} ${reason ?? ''}`)).toEqual([
      'recording damaged',
      'chat_message damaged',
      'chat_message missing',
    ]);
    expect([...filesIn(root).values()].some((bytes) => bytes.equals(Buffer.from('changed')))).toBe(false);

    const rsmf = await exportTo(held, fresh(), everything('rsmf'));
    expect(rsmf.notExported.map(({ reason }) => reason)).toEqual(['damaged', 'missing']);
  });
});

describe('a load file', () => {
  let into: string;
  beforeAll(async () => {
    into = fresh();
    await exportTo(store, into, everything('loadfile'));
  });

  it('has a row for each file, as many fields in each, and the same in CSV and DAT', () => {
    const dat = datRows(readFileSync(join(into, 'loadfile.dat'), 'utf8'));
    const csv = csvRows(readFileSync(join(into, 'items.csv'), 'utf8'));

    expect(dat).toHaveLength(1 + 3 + 3 + 2);
    expect(new Set([...dat, ...csv].map((row) => row.length))).toEqual(new Set([20]));
    const title = dat[0]?.indexOf('TITLE') ?? -1;
    const without = (rows: string[][]): string[][] =>
      rows.map((row) => row.filter((_, index) => index !== title));
    expect(without(csv)).toEqual(without(dat));
  });

  it('has delimiters in no value of the DAT, and says what it replaced', () => {
    const row = datRows(readFileSync(join(into, 'loadfile.dat'), 'utf8'))[3] ?? [];
    const csv = csvRows(readFileSync(join(into, 'items.csv'), 'utf8'))[3] ?? [];

    expect(row[10]).toBe('../th (R)"x", 100%®  CON \ufffd'.replace('®  ', '® \u202e '));
    expect(csv[10]).toBe(HOSTILE.toWellFormed());
    expect(certificateIn(into)['replaced']).toEqual([
      { where: 'items.csv TITLE', replaced: 'lone-surrogate: U+FFFD', count: 1 },
      { where: 'loadfile.dat TITLE', replaced: 'delimiter U+0014: space', count: 1 },
      { where: 'loadfile.dat TITLE', replaced: 'line-break: ®', count: 1 },
      { where: 'loadfile.dat TITLE', replaced: 'lone-surrogate: U+FFFD', count: 1 },
      { where: 'loadfile.dat TITLE', replaced: '®: (R)', count: 1 },
      { where: 'loadfile.dat TITLE', replaced: 'þ: th', count: 1 },
      { where: 'messages', replaced: 'lone-surrogate: U+FFFD', count: 1 },
    ]);
  });

  it('has the hash and the path of each file', () => {
    const [head = [], ...rows] = datRows(readFileSync(join(into, 'loadfile.dat'), 'utf8'));
    const at = (name: string): number => head.indexOf(name);
    for (const row of rows) {
      const bytes = readFileSync(join(into, (row[at('ITEMPATH')] ?? '').replaceAll('\\', '/')));
      expect([row[at('SHA256')], row[at('FILESIZE')]]).toEqual([
        hash('sha256', bytes, 'hex'),
        String(bytes.length),
      ]);
    }
    expect(rows.map((row) => row[at('CUSTODIAN')]).slice(0, 3)).toEqual([ANN, ANN, ANN]);
    const text = rows.map((row) => row[at('TEXTPATH')] ?? '').find((path) => path !== '') ?? '';
    expect(readFileSync(join(into, text.replaceAll('\\', '/')), 'utf8')).toContain('Ann Lee: the plan\r\n');
  });
});

describe('an export that is repeated', () => {
  it('refuses a folder with other files, a finished export, or one with another selection', async () => {
    const [foreign, finished] = [temporaryFolder(), fresh()];
    writeFileSync(join(foreign, 'mine.txt'), 'mine');
    await exportTo(store, finished, everything('bagit'));

    await expect(exportTo(store, foreign, everything('bagit'))).rejects.toThrow(
      'contains other files (mine.txt)',
    );
    await expect(exportTo(store, finished, everything('bagit'))).rejects.toThrow('has a finished export');
  });

  it('keeps what is whole, writes what is not, and removes what is not part of it', async () => {
    const [whole, into] = [fresh(), fresh()];
    await exportTo(store, whole, everything('bagit'));
    await stoppedExport(store, into, 3);
    const kept = join(into, `data/acme/recordings/${FIRST}/${FIRST} 0900 Stand-up - active speaker.mp4`);
    const inode = statOf(kept);
    appendFileSync(
      join(into, `data/acme/recordings/${FIRST}/${FIRST} 0900 Stand-up - active speaker (2).mp4`),
      'x',
    );

    await exportTo(store, into, everything('bagit'));

    expect(statOf(kept)).toBe(inode);
    expect(filesIn(into)).toEqual(filesIn(whole));
  });

  it('refuses to continue with a file that is not its own, or with another selection', async () => {
    const into = fresh();
    await stoppedExport(store, into, 2);

    await expect(exportTo(store, into, everything('loadfile'))).rejects.toThrow('another export in progress');
    writeFileSync(join(into, 'mine.txt'), 'mine');
    await expect(exportTo(store, into, everything('bagit'))).rejects.toThrow(
      'contains other files (mine.txt)',
    );
  });

  it('continues after a kill in the middle of a line of its journal', async () => {
    const [whole, into] = [fresh(), fresh()];
    await exportTo(store, whole, everything('bagit'));
    await stoppedExport(store, into, 2);
    appendFileSync(join(into, '.zoom-log-source-export/written.jsonl'), '{"path":"da');
    writeFileSync(join(into, '.zoom-log-source-export/9.part'), 'half');

    await exportTo(store, into, everything('bagit'));

    expect(filesIn(into)).toEqual(filesIn(whole));
  });

  it('removes files of an earlier run that are no longer part of it', async () => {
    const [before, after] = [join(temporaryFolder(), 'before'), join(temporaryFolder(), 'after')];
    const held = await openHeld(before);
    await holdRecording(held, FIRST, 'r1', Buffer.from('one'));
    await holdRecording(held, SECOND, 'r2', Buffer.from('two'));
    const others = await openHeld(after);
    await holdRecording(others, SECOND, 'r2', Buffer.from('two'));
    const into = fresh();
    await stoppedExport(held, into, 2);

    await exportTo(others, into, everything('bagit'));

    expect([...filesIn(into).keys()].filter((path) => path.includes('recordings'))).toHaveLength(1);
  });
});
