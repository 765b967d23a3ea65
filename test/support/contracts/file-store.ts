import { buffer } from 'node:stream/consumers';
import { expect, it } from '@jest/globals';
import {
  type FileStore,
  PartMismatchError,
  type Upload,
  UploadMissingError,
} from '../../../shared/content/ports.ts';
import { CorruptObjectError } from '../../../shared/errors.ts';
import { bytesOf, partsIn, type Piece, pieceOf, piecesOf, wholeOf } from '../builders/parts.ts';

const KEY = 'files/recording/source=acme/dt=2026-11-20/9f2c41d07a5be613/03b7e1a2c4d5f697.mp4';

const put = async (store: FileStore, upload: Upload, pieces: readonly Piece[]): Promise<void> => {
  for (const { part, body } of pieces) expect(await store.putPart(upload, part.number, body)).toEqual(part);
};

const bytesFrom = (store: FileStore, key = KEY, from?: number): Promise<Buffer> =>
  buffer(store.readFrom(key, from));

/**
 * What every store of files must do. `open` gives an empty one, and the same one as another process opens it. S3 accepts no
 * smaller parts than LEAST_PART_BYTES.
 */
export const itKeepsTheFileStoreContract = (
  open: () => Promise<{ store: FileStore; again: () => Promise<FileStore> }>,
  partBytes: number,
): void => {
  const begin = (store: FileStore, key = KEY): Promise<Upload> =>
    store.beginUpload(key, { records: '1' }, partBytes);

  /** An upload with all of its parts stored. */
  const uploaded = async (store: FileStore, pieces: readonly Piece[], key = KEY): Promise<Upload> => {
    const upload = await begin(store, key);
    await put(store, upload, pieces);
    return upload;
  };

  it('makes an object of parts that were stored in any order', async () => {
    const { store } = await open();
    const pieces = piecesOf(3, partBytes);
    const upload = await uploaded(
      store,
      [2, 0, 1].flatMap((at) => pieces[at] ?? []),
    );

    expect(await store.partsOf(upload)).toEqual(partsIn(pieces));
    expect(await store.list('files/')).toEqual([]);
    const created = await store.completeUpload(upload, partsIn(pieces));

    expect(created?.key).toBe(KEY);
    expect(await store.list('files/')).toEqual([created]);
    expect((await store.read(KEY))?.equals(wholeOf(pieces))).toBe(true);
    expect(await store.sizeOf(KEY)).toBe(2 * partBytes + 1000);
    expect(await store.partsOf(upload)).toBeUndefined();
    expect(await store.openUploads('')).toEqual([]);
  });

  it('reads an object from any offset, and no further than its end', async () => {
    const { store } = await open();
    const pieces = piecesOf(2, partBytes);
    const whole = wholeOf(pieces);
    await store.completeUpload(await uploaded(store, pieces), partsIn(pieces));

    expect((await bytesFrom(store)).equals(whole)).toBe(true);
    for (const from of [1, partBytes - 1, partBytes, whole.length - 1]) {
      expect((await bytesFrom(store, KEY, from)).equals(whole.subarray(from))).toBe(true);
    }
    expect(await bytesFrom(store, KEY, whole.length)).toHaveLength(0);
    for await (const chunk of store.readFrom(KEY)) {
      expect(whole.subarray(0, chunk.byteLength).equals(chunk)).toBe(true);
      break;
    }
  });

  it('says of a key without an object that there is none', async () => {
    const { store } = await open();

    expect(await store.sizeOf(KEY)).toBeUndefined();
    await expect(bytesFrom(store)).rejects.toThrow(CorruptObjectError);
    await expect(bytesFrom(store)).rejects.toThrow(/03b7e1a2c4d5f697\.mp4 is damaged: it does not exist/);
  });

  it('reads objects that were created at once as well', async () => {
    const { store } = await open();
    await store.create(KEY, Buffer.from('small'), {});

    expect(await store.sizeOf(KEY)).toBe(5);
    expect((await bytesFrom(store, KEY, 2)).toString()).toBe('all');
  });

  it('makes an empty file of one part without bytes', async () => {
    const { store } = await open();
    const pieces = [pieceOf(1, Buffer.alloc(0))];

    const created = await store.completeUpload(await uploaded(store, pieces), partsIn(pieces));

    expect(created?.key).toBe(KEY);
    expect(await store.sizeOf(KEY)).toBe(0);
    expect(await bytesFrom(store)).toHaveLength(0);
  });

  it('replaces a part by another of its number, and stores the same one twice', async () => {
    const { store } = await open();
    const [first, last] = piecesOf(2, partBytes) as [Piece, Piece];
    const other = pieceOf(1, bytesOf(77, partBytes));
    const upload = await uploaded(store, [first, last, last, other]);

    expect(await store.partsOf(upload)).toEqual([other.part, last.part]);
    await expect(store.completeUpload(upload, [first.part, last.part])).rejects.toThrow(PartMismatchError);
    await store.completeUpload(upload, [other.part, last.part]);

    expect((await store.read(KEY))?.equals(wholeOf([other, last]))).toBe(true);
  });

  it('refuses to complete without a part that is not stored', async () => {
    const { store } = await open();
    const pieces = piecesOf(3, partBytes);
    const upload = await uploaded(store, [pieces[0], pieces[2]] as Piece[]);

    await expect(store.completeUpload(upload, partsIn(pieces))).rejects.toThrow(PartMismatchError);
    await expect(store.completeUpload(upload, partsIn([pieces[0], pieces[2]] as Piece[]))).rejects.toThrow(
      RangeError,
    );
    await expect(store.completeUpload(upload, [])).rejects.toThrow(RangeError);

    expect(await store.sizeOf(KEY)).toBeUndefined();
    await put(store, upload, [pieces[1]] as Piece[]);
    expect((await store.completeUpload(upload, partsIn(pieces)))?.key).toBe(KEY);
  });

  it('leaves out what was stored behind the last part', async () => {
    const { store } = await open();
    const pieces = piecesOf(3, partBytes);
    const upload = await uploaded(store, pieces);

    await store.completeUpload(upload, partsIn(pieces.slice(0, 2)));

    expect((await store.read(KEY))?.equals(wholeOf(pieces.slice(0, 2)))).toBe(true);
  });

  it('does not complete over a key that is taken, and keeps the upload until it is aborted', async () => {
    const { store } = await open();
    const pieces = piecesOf(2, partBytes);
    const upload = await uploaded(store, pieces);
    await store.create(KEY, Buffer.from('first'), {});

    expect(await store.completeUpload(upload, partsIn(pieces))).toBeUndefined();

    expect((await store.read(KEY))?.toString()).toBe('first');
    expect(await store.partsOf(upload)).toEqual(partsIn(pieces));
    await store.abortUpload(upload);
    expect(await store.openUploads('')).toEqual([]);
    expect((await store.read(KEY))?.toString()).toBe('first');
  });

  it('completes an upload once: the second time the key is taken', async () => {
    const { store } = await open();
    const pieces = piecesOf(1, partBytes);
    const upload = await uploaded(store, pieces);

    const results = [
      await store.completeUpload(upload, partsIn(pieces)),
      await store.completeUpload(upload, partsIn(pieces)),
    ];

    expect(results.map((created) => created?.key)).toEqual([KEY, undefined]);
    await expect(put(store, upload, pieces)).rejects.toThrow(UploadMissingError);
    expect((await store.read(KEY))?.equals(wholeOf(pieces))).toBe(true);
  });

  it('lets exactly one of ten racing uploads become the object', async () => {
    const { store } = await open();
    const writers = Array.from({ length: 10 }, (_, writer) => [pieceOf(1, bytesOf(writer, 1000 + writer))]);
    const uploads = await Promise.all(writers.map((pieces) => uploaded(store, pieces)));

    const results = await Promise.all(
      uploads.map((upload, writer) => store.completeUpload(upload, partsIn(writers[writer] ?? []))),
    );

    const winners = writers.filter((_, writer) => results[writer] !== undefined);
    expect(winners).toHaveLength(1);
    expect((await store.read(KEY))?.equals(wholeOf(winners[0] ?? []))).toBe(true);
    expect(await store.openUploads('')).toHaveLength(9);
  });

  it('lets one upload that ten complete at once become one object', async () => {
    const { store } = await open();
    const pieces = piecesOf(1, partBytes);
    const upload = await uploaded(store, pieces);

    const results = await Promise.all(
      Array.from({ length: 10 }, () => store.completeUpload(upload, partsIn(pieces))),
    );

    // S3 may answer each completion of one upload as the first.
    const versions = results.flatMap((created) => created?.version ?? []);
    expect(new Set(versions)).toEqual(new Set((await store.list('files/')).map(({ version }) => version)));
    expect((await store.read(KEY))?.equals(wholeOf(pieces))).toBe(true);
  });

  it('aborts an upload: nothing of it is left, and it cannot be used', async () => {
    const { store } = await open();
    const pieces = piecesOf(1, partBytes);
    const upload = await uploaded(store, pieces);

    await store.abortUpload(upload);
    await store.abortUpload(upload);

    expect(await store.partsOf(upload)).toBeUndefined();
    expect(await store.openUploads('')).toEqual([]);
    await expect(put(store, upload, pieces)).rejects.toThrow(UploadMissingError);
    await expect(store.completeUpload(upload, partsIn(pieces))).rejects.toThrow(UploadMissingError);
    expect(await store.sizeOf(KEY)).toBeUndefined();
  });

  it('lists the open uploads under a prefix in order of key, and no others', async () => {
    const { store } = await open();
    const keys = ['files/a/2.mp4', 'files/a/10.mp4', 'files/ab/1.mp4', 'files/b/1.mp4', 'files/a/2.mp4'];
    const uploads: Upload[] = [];
    for (const key of keys) uploads.push(await begin(store, key));

    const listed = await store.openUploads('files/a/');

    expect(listed.map(({ key }) => key)).toEqual(['files/a/10.mp4', 'files/a/2.mp4', 'files/a/2.mp4']);
    expect(new Set(listed.map(({ id }) => id))).toEqual(new Set([1, 0, 4].map((at) => uploads[at]?.id)));
    expect(listed.every(({ begunAt }) => begunAt.getTime() > 0)).toBe(true);
  });

  it('is continued by another process', async () => {
    const { store, again } = await open();
    const pieces = piecesOf(3, partBytes);
    await uploaded(store, pieces.slice(0, 2));

    const other = await again();
    const [upload] = (await other.openUploads('files/')) as unknown as [Upload];
    expect(await other.partsOf(upload)).toEqual(partsIn(pieces.slice(0, 2)));
    await put(other, upload, pieces.slice(2));
    await other.completeUpload({ key: upload.key, id: upload.id }, partsIn(pieces));

    expect((await store.read(KEY))?.equals(wholeOf(pieces))).toBe(true);
  });

  it('knows no upload of another name or key', async () => {
    const { store } = await open();
    const upload = await begin(store);

    expect(await store.partsOf({ ...upload, key: 'files/other.mp4' })).toBeUndefined();
    expect(await store.partsOf({ ...upload, id: '../../raw' })).toBeUndefined();
    await store.abortUpload({ ...upload, id: '0b0e1c1a-93e5-4f0c-8d0f-3b8f2f0f6a11' });
    expect(await store.openUploads('')).toHaveLength(1);
  });
};
