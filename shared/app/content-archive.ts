import { eventsOf, type CollectionEvent } from '../content/collection-log.ts';
import { fileSlicesOf } from '../content/content-days.ts';
import { HostEmails } from '../content/host-emails.ts';
import { type ItemHistory, readItemHistories } from '../content/item-history.ts';
import { type StoredFile, storedFiles } from '../content/stored-files.ts';
import type { FileStore } from '../content/ports.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { openTarget, type SavedFile, saveFile } from '../local/save-file.ts';

export { CENSUS_STREAM, CONTENT_STREAMS } from '../content/content-streams.ts';
export { type CollectionEvent, readCollectionLog } from '../content/collection-log.ts';
export { fileNameOf, keyOfName, labelOf, numbered } from '../content/file-name.ts';
export type { ItemHistory } from '../content/item-history.ts';
export { FILE_STATES, type FileState, type StoredFile, storedFiles } from '../content/stored-files.ts';
export { readThreads, type ChatThread } from '../search/read-thread.ts';
export {
  type ContentSearch,
  type FoundText,
  searchContent,
  type Searched,
  SEARCHED,
} from '../search/search-content.ts';
export { openTarget, type SavedFile };

/** All that is stored about one file, with its versions. */
export interface FoundItem {
  readonly history: ItemHistory;
  readonly host: string;
  readonly versions: readonly StoredFile[];
  readonly events: readonly CollectionEvent[];
}

/** The files whose item or version begins with some hex digits, each with everything about it. */
export const findItems = async (
  store: ObjectStore,
  sources: readonly string[],
  digits: string,
): Promise<FoundItem[]> => {
  const found: FoundItem[] = [];
  for (const source of sources) {
    const emails = new HostEmails(store, source);
    for (const slice of await fileSlicesOf(store, source)) {
      const { day } = slice;
      for (const history of await readItemHistories(store, slice)) {
        const ids = [history.item, ...history.rows.map(({ file }) => file.version)];
        if (!ids.some((id) => id.startsWith(digits))) continue;
        const versions: StoredFile[] = [];
        for await (const file of storedFiles(store, { sources: [source], from: day, to: day })) {
          if (file.item === history.item) versions.push(file);
        }
        const hostId = history.rows.at(-1)?.file.hostId ?? '';
        const host = (await emails.of(hostId)) ?? hostId;
        found.push({ history, host, versions, events: eventsOf(history) });
      }
    }
  }
  return found;
};

/** Copies a held file into a folder under the first free one of some names, and verifies it. */
export const copyFile = (
  store: FileStore,
  { key, sha256 }: { readonly key: string; readonly sha256: string },
  folder: string,
  names: Iterable<string>,
): Promise<SavedFile> => saveFile(folder, names, { bytes: store.readFrom(key), sha256 });
