import {
  copyFile,
  fileNameOf,
  findItems,
  keyOfName,
  numbered,
  openTarget,
  type SavedFile,
  type StoredFile,
} from '../shared/app/content-archive.ts';
import { openCollected } from '../shared/app/open-store.ts';
import { CorruptObjectError } from '../shared/errors.ts';
import { formatBytes } from '../shared/model/format-bytes.ts';
import { jsonToLine } from '../shared/normalize/index.ts';
import { stateToText } from './content-columns.ts';
import { type FileSelection, leftOutToText, selectFiles, sourcesOf } from './content-selection.ts';
import { assertInView, onlyItem } from './content-show.ts';
import type { CliContext, ExitCode } from './context.ts';
import { formatCount, oneLine, plural } from './text.ts';

interface GetContentOptions extends FileSelection {
  /** The folder to write into. */
  readonly target: string;
  readonly json?: true;
}

/** Names with the same beginning are numbered up to here. */
const MOST_NAMES = 10_000;

/** `content get`: copies held files into a folder under names that people know. */
export const getContent = async (
  item: string | undefined,
  options: GetContentOptions,
  context: CliContext,
): Promise<ExitCode> => {
  const { out, target, json } = options;
  const { stdout, stderr, signal } = context;
  const store = await openCollected(out, context);
  const leftOut = { hidden: 0 };
  const files =
    item === undefined ? selectFiles(store, options, leftOut) : await filesOfItem(item, store, options);
  const folder = await openTarget(target, out.startsWith('s3://') ? undefined : out);
  const taken = new Set<string>();
  const counts = { written: 0, present: 0, failed: 0, notHeld: 0, bytes: 0 };

  for await (const file of files) {
    if (signal.aborted) {
      stderr('Stopped. Files that were written are whole.\n');
      return 1;
    }
    const { key, sha256 } = file;
    if (key === undefined || sha256 === undefined) {
      counts.notHeld += 1;
      if (item !== undefined) {
        stderr(`${file.item} is not held: ${oneLine(stateToText(file))}. ${oneLine(file.message ?? '')}\n`);
      }
      continue;
    }
    const saved = await copyFile(store, { key, sha256 }, folder, freeNames(fileNameOf(file), taken)).catch(
      (error: unknown): SavedFile & { state: 'damaged' } => {
        if (!(error instanceof CorruptObjectError)) throw error;
        return { state: 'damaged', sha256: '' };
      },
    );
    if (json) stdout(jsonToLine({ ...saved, item: file.item, version: file.version, key, expected: sha256 }));
    if (saved.state === 'damaged') {
      counts.failed += 1;
      stderr(
        `NOT WRITTEN ${oneLine(fileNameOf(file))}: ${key} is missing or its SHA-256 is not the one in custody. Run verify --out ${out}.\n`,
      );
      continue;
    }
    taken.add(keyOfName(saved.name));
    counts[saved.state] += 1;
    counts.bytes += file.size ?? 0;
    if (!json) stdout(`${saved.state === 'present' ? '  (already there) ' : '  '}${oneLine(saved.name)}\n`);
  }
  const { written, present, failed, notHeld, bytes } = counts;
  if (!json && written + present > 0) {
    stdout(
      `${plural(written, 'file')} written to ${target}, each verified by its SHA-256${present > 0 ? `; ${formatCount(present)} already there` : ''} (${formatBytes(bytes)})\n`,
    );
  }
  if (notHeld > 0 && item === undefined) {
    stderr(`${plural(notHeld, 'selected file')} not held: see content list. They were not written.\n`);
  }
  stderr(leftOutToText(leftOut));
  if (written + present + failed + notHeld === 0) stderr('No files match.\n');
  return failed + notHeld === 0 && written + present > 0 ? 0 : 1;
};

/** The versions of one file. */
const filesOfItem = async (
  item: string,
  store: Parameters<typeof findItems>[0],
  options: GetContentOptions,
): Promise<readonly StoredFile[]> => {
  const found = onlyItem(await findItems(store, await sourcesOf(store, options), item), item, options.out);
  assertInView(found, options.hidden);
  const ofVersion = found.versions.filter(({ version }) => version.startsWith(item));
  if (ofVersion.length > 0) return ofVersion;
  const held = found.versions.filter(({ key }) => key !== undefined);
  return held.length > 0 ? held : found.versions.slice(-1);
};

/** A name and its numbered forms, without those that this run has used. */
function* freeNames(name: string, taken: ReadonlySet<string>): Generator<string, void, undefined> {
  for (let number = 1; number <= MOST_NAMES; number += 1) {
    const numberedName = numbered(name, number);
    if (!taken.has(keyOfName(numberedName))) yield numberedName;
  }
}
