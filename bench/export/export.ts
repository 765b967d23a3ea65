import { join } from 'node:path';
import { exportIntoFolder } from '../../shared/app/export.ts';
import { FolderStore } from '../../shared/local/folder-store.ts';
import type { Day } from '../../shared/model/day.ts';
import { childArgument } from '../child.ts';
import type { ExportCase } from '../export.ts';
import { measure } from '../measured.ts';

/** Exports what `hold.ts` holds, and prints the memory that it took. */
const { format, folder } = childArgument() as ExportCase;
const store = await FolderStore.openExisting(folder);
await measure(async () => {
  const { counts } = await exportIntoFolder(
    store,
    {
      format,
      sources: ['acme'],
      people: 'all',
      from: '2026-11-01' as Day,
      to: '2026-11-20' as Day,
      types: undefined,
    },
    {
      into: join(folder, '..', 'run-export'),
      collected: folder,
      toolVersion: '0.0.0',
      signal: new AbortController().signal,
    },
  );
  return { rows: counts.messages };
});
