import pLimit from 'p-limit';
import type { RawRow } from '../model/listed-row.ts';
import { toListedRow } from '../model/listed-row.ts';
import type { ContentSlice } from '../model/slice.ts';
import type { ContentContext } from './content-context.ts';
import { CONTENT_STREAMS, filesOf } from './content-streams.ts';
import { DEFAULT_TRANSFERS } from './fetch-files.ts';
import { typeOfFile } from './file-type.ts';
import type { ListedFile, ServedFile } from './listed-file.ts';
import { DownloadError, type DownloadFailure } from './ports.ts';
import { describeFile, relistFile } from './relist-file.ts';
import { RowRouter } from './row-router.ts';
import {
  type FileItem,
  type FileVersion,
  isGone,
  isTrashed,
  readSliceFiles,
  versionsWithBytes,
} from './slice-files.ts';

/** A request that failed for a passing reason is made so often in one run. */
const MOST_ATTEMPTS = 3;
const FIRST_DELAY_MS = 500;

/** The file host has the file no more, or not for us: there is nothing to compare with, and waiting does not help. */
const LASTING: ReadonlySet<DownloadFailure> = new Set(['refused', 'missing', 'page', 'foreign']);

/** The result of comparing the files of a day. */
export interface ComparedFiles {
  /** Versions that only the file host showed: they have rows now, and are fetched like others. */
  readonly replaced: number;
  /** Whether every file was compared, as far as the file host lets us. */
  readonly isComplete: boolean;
}

/**
 * Compares the held files of a day with those that the file host has by now: their ETags if both are known, and their sizes. Zoom
 * does not say whether a trim changes what its lists show, so a file may be another one under an unchanged row. A difference counts if
 * two requests agree on it: an ETag that differs in each response proves nothing. It becomes a row of its own. Nothing is downloaded
 * but the first bytes of each file.
 */
export const compareHeldFiles = async (
  context: ContentContext,
  slice: ContentSlice,
  signal: AbortSignal,
): Promise<ComparedFiles> => {
  const { files } = CONTENT_STREAMS[slice.stream];
  const toServedRow = files?.toServedRow;
  if (!toServedRow) return { replaced: 0, isComplete: true };
  const { items, raw } = await readSliceFiles(context.store, slice);
  const held = [...items.values()].flatMap((item) => heldOf(context, item) ?? []);
  if (held.length === 0) return { replaced: 0, isComplete: true };
  const limit = pLimit(DEFAULT_TRANSFERS);
  const compared = await Promise.all(
    held.map((one) => limit(() => new Comparison(context, slice, one, signal).run())),
  );
  const replaced = new Map(compared.flatMap(({ version, served }) => (served ? [[version, served]] : [])));
  if (replaced.size > 0) {
    const rows = new Map<string, RawRow>();
    for (const { sequence } of raw.objects) {
      for (const { row } of (await raw.read(sequence)).rows) {
        for (const { version } of filesOf(slice.stream, row)) rows.set(version, row);
      }
    }
    const router = new RowRouter(context, slice.stream);
    await router.add(
      [...replaced].flatMap(([version, served]) => {
        const row = rows.get(version);
        return row === undefined ? [] : [{ day: slice.day, row: toListedRow(toServedRow(row, served)) }];
      }),
    );
    await router.flush();
  }
  return { replaced: replaced.size, isComplete: compared.every(({ isComplete }) => isComplete) };
};

/** A version that is held, and what is known of its bytes. */
interface HeldVersion {
  readonly file: ListedFile;
  readonly etag: string | undefined;
  readonly bytes: number;
}

/** The newest version of a file, if it is held, and Zoom should still have it. */
const heldOf = ({ choice }: ContentContext, item: FileItem): HeldVersion | undefined => {
  const newest = versionsWithBytes(item).at(-1);
  if (!newest?.held || isGone(item) || isTrashed(newest)) return undefined;
  const { file, held } = newest;
  if (!choice.types.includes(typeOfFile(file.fileType))) return undefined;
  return { file, bytes: held.bytes, etag: file.served?.etag ?? etagOf(item, newest) };
};

const etagOf = ({ versions }: FileItem, { held }: FileVersion): string | undefined => {
  if (held?.state === 'held') return held.source?.etag;
  const same = versions.find(({ file }) => file.version === held?.same_as)?.held;
  return same?.state === 'held' ? same.source?.etag : undefined;
};

interface Compared {
  readonly version: string;
  /** What the file host has, if that is another file. */
  readonly served: ServedFile | undefined;
  readonly isComplete: boolean;
}

/** The comparison of one file. */
class Comparison {
  readonly #context: ContentContext;
  readonly #slice: ContentSlice;
  readonly #held: HeldVersion;
  readonly #signal: AbortSignal;
  #url: string | undefined;

  constructor(context: ContentContext, slice: ContentSlice, held: HeldVersion, signal: AbortSignal) {
    this.#context = context;
    this.#slice = slice;
    this.#held = held;
    this.#signal = signal;
    this.#url = held.file.downloadUrl;
  }

  async run(): Promise<Compared> {
    const { version } = this.#held.file;
    try {
      const first = await this.#served();
      if (!isOther(this.#held, first)) return { version, served: undefined, isComplete: true };
      const second = await this.#served();
      const agreed: ServedFile = {
        etag: first.etag === second.etag ? second.etag : undefined,
        bytes: first.bytes === second.bytes ? second.bytes : undefined,
      };
      return { version, served: isOther(this.#held, agreed) ? agreed : undefined, isComplete: true };
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      return { version, served: undefined, isComplete: LASTING.has(error.failure) };
    }
  }

  /** What the file host says. An address that is refused is listed again, once. */
  async #served(): Promise<ServedFile> {
    let isRelisted = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#request();
      } catch (error) {
        if (!(error instanceof DownloadError)) throw error;
        const isLasting = LASTING.has(error.failure);
        if (isLasting ? isRelisted : attempt >= MOST_ATTEMPTS) throw error;
        if (isLasting) {
          isRelisted = true;
          const fresh = await relistFile(this.#context, this.#slice, this.#held.file, this.#signal);
          this.#url = fresh?.downloadUrl;
        } else {
          await this.#pause(attempt);
        }
      }
    }
  }

  async #request(): Promise<ServedFile> {
    const { file } = this.#held;
    const what = describeFile(this.#slice, file);
    if (this.#url === undefined) throw new DownloadError('missing', `Zoom lists no address for ${what}.`);
    const download = await this.#context.downloads.open(
      { url: this.#url, fileType: file.bodyType ?? file.fileType, what, probe: true },
      this.#signal,
    );
    download.discard();
    return { etag: download.etag, bytes: download.bytes };
  }

  async #pause(attempt: number): Promise<void> {
    const { clock, random } = this.#context;
    await clock.sleep(Math.ceil(random() * FIRST_DELAY_MS * 2 ** attempt), this.#signal);
  }
}

/** Whether the file host has another file than the one that is held. What it does not say is no difference. */
const isOther = ({ etag, bytes }: HeldVersion, served: ServedFile): boolean =>
  (served.bytes !== undefined && served.bytes !== bytes) ||
  (served.etag !== undefined && etag !== undefined && served.etag !== etag);
