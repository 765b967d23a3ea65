import { openRows } from '../../shared/content/content-log.ts';
import { isGone, readSliceFiles } from '../../shared/content/slice-files.ts';
import { FolderStore } from '../../shared/local/folder-store.ts';
import { type Day, daysBetween } from '../../shared/model/day.ts';
import { fieldsOf } from '../../shared/model/raw-row.ts';
import type { ContentTruth } from '../../simulator/index.ts';
import { FROM, nameOf, TO } from './changing-month.ts';

/** What a folder has of a month, by names such as `kickoff MP4`; sorted, each once. */
export interface HeldContent {
  /** `recut MP4 2` is the second version. A file whose bytes Zoom never had is `invented`. */
  readonly held: readonly string[];
  readonly gone: readonly string[];
  readonly back: readonly string[];
  readonly failed: readonly string[];
  readonly skipped: readonly string[];
  readonly meetings: readonly string[];
}

/** Reads what a folder has of the source `acme`. Held bytes are named by their SHA-256 alone. */
export const readHeldContent = async (out: string, truth: ContentTruth): Promise<HeldContent> => {
  const names = new Map<string, string>();
  for (const file of truth.files) {
    const name = `${nameOf(file.uuid)} ${file.fileType}`;
    names.set(await file.sha256(), file.version === 1 ? name : `${name} ${file.version}`);
  }
  const store = await FolderStore.openExisting(out);
  const lists = { held: [], gone: [], back: [], failed: [], skipped: [], meetings: [] } as Record<
    keyof HeldContent,
    string[]
  >;
  for (const day of daysBetween(FROM as Day, TO as Day)) {
    const { items } = await readSliceFiles(store, { source: 'acme', stream: 'recording', day });
    for (const item of items.values()) {
      for (const { file, held, failures, skipped } of item.versions) {
        const name = `${nameOf(file.uuid)} ${file.fileType}`;
        if (isGone(item)) lists.gone.push(name);
        if (item.back > 0) lists.back.push(name);
        if (held?.state === 'held') lists.held.push(names.get(held.sha256) ?? `invented ${held.key}`);
        else if (!held && skipped) lists.skipped.push(name);
        const failure = held ? undefined : failures.at(-1);
        if (failure) lists.failed.push(`${name} ${failure.reason}`);
      }
    }
    const log = await openRows(store, { source: 'acme', stream: 'meeting', day });
    for (const { sequence } of log.objects) {
      for (const { row } of (await log.read(sequence)).rows) {
        const { kind, meeting_uuid: uuid } = fieldsOf(row) ?? {};
        if (kind === 'meeting' && typeof uuid === 'string') lists.meetings.push(nameOf(uuid));
      }
    }
  }
  const sorted = Object.entries(lists).map(([key, list]) => [key, [...new Set(list)].sort()]);
  return Object.fromEntries(sorted) as HeldContent;
};
