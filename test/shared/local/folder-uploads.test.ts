import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PartMismatchError, type Upload, UploadMissingError } from '../../../shared/content/ports.ts';
import { FolderStore } from '../../../shared/local/folder-store.ts';
import { GROUP_READABLE } from '../../../shared/local/own-folders.ts';
import { itKeepsTheFileStoreContract } from '../../support/contracts/file-store.ts';
import { bytesOf, partsIn, type Piece, pieceOf, piecesOf, wholeOf } from '../../support/builders/parts.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const KEY = 'files/recording/source=acme/dt=2026-11-20/9f2c41d07a5be613/03b7e1a2c4d5f697.mp4';
const UPLOADS = '_state/uploads';

const PART_BYTES = 64 * 1024;

const days = (count: number): Date => new Date(NOW.getTime() + count * 86_400_000);

/** A store with an upload of three parts, of which the given ones are stored. */
const interrupted = async (
  stored: readonly number[],
): Promise<{ folder: string; store: FolderStore; upload: Upload; path: string; pieces: Piece[] }> => {
  const folder = join(temporaryFolder(), 'out');
  const store = await FolderStore.open(folder, NOW);
  const pieces = piecesOf(3, PART_BYTES);
  const upload = await store.beginUpload(KEY, {}, PART_BYTES);
  for (const { part, body } of pieces) {
    if (stored.includes(part.number)) await store.putPart(upload, part.number, body);
  }
  return { folder, store, upload, path: join(folder, UPLOADS, upload.id), pieces };
};

describe('a folder as a store of files', () => {
  itKeepsTheFileStoreContract(async () => {
    const folder = join(temporaryFolder(), 'out');
    const open = () => FolderStore.open(folder, NOW);
    return { store: await open(), again: open };
  }, PART_BYTES);

  it('leaves nothing of an upload but the object', async () => {
    const { folder, store, upload, pieces } = await interrupted([1, 2, 3]);

    await store.completeUpload(upload, partsIn(pieces));

    expect(readdirSync(join(folder, UPLOADS))).toEqual([]);
    expect(readdirSync(join(folder, '_state/tmp'))).toEqual([]);
    expect(statSync(join(folder, KEY)).nlink).toBe(1);
  });

  it('shows no file of an upload among the objects', async () => {
    const { store } = await interrupted([1]);

    expect(await store.list('')).toEqual([]);
    expect(await store.list('_state/')).toEqual([]);
  });

  it.each([
    { open: [], folder: 0o700, file: 0o600 },
    { open: [GROUP_READABLE], folder: 0o750, file: 0o640 },
  ])('gives what it makes the modes of the folder: %j', async (modes) => {
    const folder = join(temporaryFolder(), 'out');
    const store = await FolderStore.open(folder, NOW, ...modes.open);
    const [piece] = piecesOf(1, PART_BYTES) as [Piece];
    const upload = await store.beginUpload(KEY, {}, PART_BYTES);
    await store.putPart(upload, piece.part.number, piece.body);
    const path = join(folder, UPLOADS, upload.id);

    expect(statSync(path).mode & 0o777).toBe(modes.folder);
    for (const name of readdirSync(path)) expect(statSync(join(path, name)).mode & 0o777).toBe(modes.file);
    await store.completeUpload(upload, [piece.part]);
    expect(statSync(join(folder, KEY)).mode & 0o777).toBe(modes.file);
  });

  it('refuses a key outside the folder, and a part that is larger than its place', async () => {
    const { store, upload } = await interrupted([]);
    const large = pieceOf(1, bytesOf(1, PART_BYTES + 1));

    await expect(store.beginUpload('../victim', {}, 1)).rejects.toThrow(/is not a key under/);
    await expect(store.beginUpload(KEY, {}, 0)).rejects.toThrow(RangeError);
    await expect(store.putPart(upload, large.part.number, large.body)).rejects.toThrow(RangeError);
    await expect(store.putPart(upload, 0, large.body)).rejects.toThrow(RangeError);
  });
});

describe('an upload that a kill ended', () => {
  it('in the middle of a part: the part is not stored, and is stored by the next process', async () => {
    const { folder, upload, path, pieces } = await interrupted([1]);
    truncateSync(join(path, 'data'), PART_BYTES + 999); // the first bytes of the second part

    const store = await FolderStore.open(folder, NOW);

    expect(await store.partsOf(upload)).toEqual(partsIn(pieces.slice(0, 1)));
    for (const { part, body } of pieces.slice(1)) await store.putPart(upload, part.number, body);
    await store.completeUpload(upload, partsIn(pieces));
    expect(readFileSync(join(folder, KEY)).equals(wholeOf(pieces))).toBe(true);
  });

  it('in the middle of replacing a part: the part is not stored', async () => {
    const { store, upload, path, pieces } = await interrupted([1, 2, 3]);
    truncateSync(join(path, 'part-00002.json'), 0);

    expect(await store.partsOf(upload)).toEqual(partsIn([pieces[0], pieces[2]] as Piece[]));
    await expect(store.completeUpload(upload, partsIn(pieces))).rejects.toThrow(PartMismatchError);
  });

  it('before it had a record: it is none, and is removed once it is old', async () => {
    const folder = join(temporaryFolder(), 'out');
    await FolderStore.open(folder, NOW);
    const path = join(folder, UPLOADS, '0b0e1c1a-93e5-4f0c-8d0f-3b8f2f0f6a11');
    mkdirSync(path, { recursive: true });
    utimesSync(path, NOW, NOW);

    expect(await (await FolderStore.open(folder, days(6))).openUploads('')).toEqual([]);
    expect(existsSync(path)).toBe(true);
    await FolderStore.open(folder, days(8));
    expect(existsSync(path)).toBe(false);
  });

  it('between the object and the removal of the upload: the object is whole, and nothing is written into it', async () => {
    const { folder, store, upload, path, pieces } = await interrupted([1, 2, 3]);
    mkdirSync(join(folder, KEY, '..'), { recursive: true });
    linkSync(join(path, 'data'), join(folder, KEY));
    const other = pieceOf(1, bytesOf(9, PART_BYTES));

    expect(await store.openUploads('')).toEqual([]);
    expect(await store.partsOf(upload)).toBeUndefined();
    await expect(store.putPart(upload, other.part.number, other.body)).rejects.toThrow(UploadMissingError);
    expect(await store.completeUpload(upload, partsIn(pieces))).toBeUndefined();
    await store.abortUpload(upload);

    expect(existsSync(path)).toBe(false);
    expect(readFileSync(join(folder, KEY)).equals(wholeOf(pieces))).toBe(true);
  });

  it('in the middle of its removal: the rest is removed', async () => {
    const { folder, path } = await interrupted([1]);
    renameSync(path, `${path}.removed`);

    const store = await FolderStore.open(folder, NOW);

    expect(await store.openUploads('')).toEqual([]);
    expect(readdirSync(join(folder, UPLOADS))).toEqual([]);
  });

  it('is removed by the first process after seven days, and not before', async () => {
    const { folder, upload, path } = await interrupted([1]);
    const record = JSON.parse(readFileSync(join(path, 'upload.json'), 'utf8')) as object;
    writeFileSync(join(path, 'upload.json'), JSON.stringify({ ...record, begunAt: NOW }));

    const young = await FolderStore.open(folder, days(7));
    expect(await young.partsOf(upload)).toHaveLength(1);
    await FolderStore.open(folder, days(7.01));

    expect(readdirSync(join(folder, UPLOADS))).toEqual([]);
  });

  it('is not removed with files of another program', async () => {
    const { folder, path } = await interrupted([1]);
    const record = JSON.parse(readFileSync(join(path, 'upload.json'), 'utf8')) as object;
    writeFileSync(join(path, 'upload.json'), JSON.stringify({ ...record, begunAt: NOW }));
    writeFileSync(join(path, 'thesis.docx'), 'mine');
    const foreign = join(folder, UPLOADS, '7a1f0c9e-1111-4222-8333-94c0ffee0000');
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'upload.json'), '{"not":"ours"}');
    utimesSync(foreign, NOW, NOW);

    await FolderStore.open(folder, days(30));

    expect(readdirSync(`${path}.removed`)).toEqual(['thesis.docx']);
    expect(readdirSync(foreign)).toEqual(['upload.json']);
  });
});

describe('symbolic links in the way of an upload', () => {
  const LINK = /is a symbolic link.*Remove the link/s;

  it.each(['_state/uploads', 'an upload'])('%s: nothing is written or removed behind it', async (what) => {
    const { folder, store, upload, path, pieces } = await interrupted([1]);
    const [piece] = pieces as [Piece];
    const place = what === 'an upload' ? path : join(folder, UPLOADS);
    const other = join(temporaryFolder(), 'other');
    renameSync(place, other);
    symlinkSync(other, place);
    const before = readdirSync(other, { recursive: true });

    await expect(store.putPart(upload, piece.part.number, piece.body)).rejects.toThrow(LINK);
    await expect(store.completeUpload(upload, [piece.part])).rejects.toThrow(LINK);
    await expect(store.abortUpload(upload)).rejects.toThrow(LINK);
    await FolderStore.open(folder, days(400)).catch(() => undefined);

    expect(readdirSync(other, { recursive: true })).toEqual(before);
  });

  it('the data file: nothing is written behind it', async () => {
    const { store, upload, path, pieces } = await interrupted([]);
    const [piece] = pieces as [Piece];
    const victim = join(temporaryFolder(), 'victim');
    writeFileSync(victim, 'precious');
    symlinkSync(victim, join(path, 'data'));

    await expect(store.putPart(upload, piece.part.number, piece.body)).rejects.toThrow(LINK);

    expect(readFileSync(victim, 'utf8')).toBe('precious');
  });

  it('a folder of the key: the object is not made behind it', async () => {
    const { folder, store, upload, pieces } = await interrupted([1, 2, 3]);
    const other = temporaryFolder();
    symlinkSync(other, join(folder, 'files'));

    await expect(store.completeUpload(upload, partsIn(pieces))).rejects.toThrow(LINK);

    expect(readdirSync(other)).toEqual([]);
    expect(await store.partsOf(upload)).toEqual(partsIn(pieces));
  });
});

describe('an upload into a folder that vanishes', () => {
  it.each(['removed', 'replaced'])('%s: it is named, and not made again', async (how) => {
    const { folder, store, upload, pieces } = await interrupted([1]);
    const [piece] = pieces as [Piece];
    renameSync(folder, `${folder}.moved`);
    if (how === 'replaced') mkdirSync(folder);

    const gone = /The folder .*out was removed, moved or unmounted.*run the command again/s;
    await expect(store.putPart(upload, piece.part.number, piece.body)).rejects.toThrow(gone);
    await expect(store.beginUpload(KEY, {}, PART_BYTES)).rejects.toThrow(gone);
    await expect(store.completeUpload(upload, [piece.part])).rejects.toThrow(gone);
    await expect(store.abortUpload(upload)).rejects.toThrow(gone);

    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  });
});
