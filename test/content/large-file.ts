import { readSliceFiles } from '../../shared/content/slice-files.ts';
import { hashOf } from '../../shared/content/transfer.ts';
import { FolderStore } from '../../shared/local/folder-store.ts';
import { addDays, dayOf } from '../../shared/model/day.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import { startSimulator } from '../../simulator/index.ts';
import { startCollector } from './collector-process.ts';

export interface LargeFileOptions {
  readonly bytes: number;
  /** So often the connection breaks in the middle of the body. */
  readonly breaks: number;
  /** Whether Zoom cuts the file again after the first break. */
  readonly recut: boolean;
  readonly out: string;
}

/** What the transfer of a large file came to. */
export interface LargeFileResult {
  /** SHA-256 and size of the version that is held, by its object, by its line of custody, and by Zoom. */
  readonly stored: string;
  readonly custody: string;
  readonly true: string;
  readonly resumes: number;
  readonly maxRssMiB: number;
  readonly seconds: number;
  /** Uploads that are left over. */
  readonly uploads: number;
}

/** Collects one large file over a connection that breaks, in a process of its own that is measured. */
export const collectLargeFile = async ({
  bytes,
  breaks,
  recut,
  out,
}: LargeFileOptions): Promise<LargeFileResult> => {
  const day = addDays(dayOf(systemClock.now()), -5);
  const simulator = await startSimulator({
    accounts: [
      { content: { people: [{ id: 'host', email: 'host@example.com', firstName: 'H', lastName: 'O' }] } },
    ],
  });
  const content = simulator.content();
  const uuid = content.addMeeting({
    hostId: 'host',
    topic: 'Large',
    start: `${day}T09:00:00Z`,
    minutes: 600,
    files: [{ id: 'large', fileType: 'MP4', bytes, seed: 1 }],
  });
  if (breaks > 0) simulator.faults.arm('file-cut/reset', breaks);
  const collector = startCollector(simulator, { out, from: day, to: day });
  if (recut) {
    while (content.downloads().every(({ requests }) => requests < 2)) {
      await systemClock.sleep(20, new AbortController().signal);
    }
    content.recut(uuid, 'large', { bytes: Math.floor(bytes * 0.9), seed: 2 });
  }
  let { end } = await collector.ended;
  // A file that was cut again is listed under a new row: the next run fetches that, if this one did not.
  if (recut) ({ end = end } = await startCollector(simulator, { out, from: day, to: day }).ended);

  const store = await FolderStore.openExisting(out);
  const { items } = await readSliceFiles(store, { source: 'acme', stream: 'recording', day });
  const lines = [...items.values()].flatMap(({ versions }) =>
    versions.flatMap(({ held }) => (held?.state === 'held' ? [held] : [])),
  );
  const held = lines.at(-1);
  const stored = held && (await hashOf(store, held.key, new AbortController().signal));
  const truth = content.truth().files.at(-1);
  const textOf = (sha256: string | undefined, size: number | undefined): string => `${sha256} ${size}`;
  const result = {
    stored: textOf(stored?.sha256, stored?.bytes),
    custody: textOf(held?.sha256, held?.bytes),
    true: textOf(await truth?.sha256(), truth?.bytes),
    resumes: held?.resumed ?? 0,
    maxRssMiB: end?.maxRssMiB ?? Number.NaN,
    seconds: end?.seconds ?? Number.NaN,
    uploads: (await store.openUploads('files/')).length,
  };
  await simulator.close();
  return result;
};
