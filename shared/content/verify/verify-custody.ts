import { isDeepStrictEqual } from 'node:util';
import type { Difference } from '../../collect/verify/verify-difference.ts';
import { fileKey } from '../../contract/object-keys.ts';
import { formatCount } from '../../model/format-count.ts';
import type { AnySlice } from '../../model/slice.ts';
import type { CustodyRow } from '../custody-row.ts';
import { zoomOf } from '../transfer-to-custody.ts';
import { assertWholeSequence } from '../ports.ts';
import type { FileItem, FileVersion } from '../slice-files.ts';

/** A line of custody with its place. */
export interface CustodyLine {
  readonly key: string;
  /** From 1 on. */
  readonly line: number;
  readonly row: CustodyRow;
}

type HeldRow = Extract<CustodyRow, { state: 'held' }>;

/**
 * Compares each line of custody with the rows and with the other lines: that Zoom listed the version that it is about, and said of
 * it what the line says; that a file has its own place, and its parts make up its bytes; that equal bytes are held; and that what
 * came back, or is hidden, had gone. The files themselves are not read.
 */
export const verifyCustody = (
  slice: AnySlice,
  items: ReadonlyMap<string, FileItem>,
  lines: readonly CustodyLine[],
): Difference[] => {
  const held = new Map<string, HeldRow>();
  const gone = new Set<string>();
  const hidden = new Set<string>();
  for (const { row } of lines) {
    if (row.state === 'held') held.set(`${row.item} ${row.version}`, row);
    if (row.state === 'gone') gone.add(`${row.item} ${row.ordinal}`);
    if (row.state === 'hidden') hidden.add(`${row.item} ${row.ordinal}`);
  }
  return lines.flatMap(({ key, line, row }) => {
    const version = items.get(row.item)?.versions.find(({ file }) => file.version === row.version);
    const problems = version
      ? [
          ...statedProblems(row, version),
          ...(row.state === 'held' ? heldProblems(slice, row, version) : []),
          ...(row.state === 'same-as' ? sameProblems(row, held.get(`${row.item} ${row.same_as}`)) : []),
          ...(row.state === 'back' && !gone.has(`${row.item} ${row.ordinal}`)
            ? [`it says that the item ${row.item} came back, but no line says that it had gone`]
            : []),
          ...(row.state === 'hidden' && !gone.has(`${row.item} ${row.gone}`)
            ? [`it hides the item ${row.item}, but no line says that this had gone`]
            : []),
          ...(row.state === 'shown' && !hidden.has(`${row.item} ${row.ordinal}`)
            ? [`it shows the item ${row.item} again, but no line had hidden this`]
            : []),
        ]
      : [`no row of its day lists the version ${row.version} of the item ${row.item}`];
    return problems.map((problem): Difference => ({
      kind: 'custody-mismatch',
      key,
      line,
      message: `The line does not fit: ${problem}. It was changed, or what it is about was. Restore the object from a copy.`,
    }));
  });
};

/** What the line says of Zoom's words, which the row has as well. */
const statedProblems = (row: CustodyRow, { file }: FileVersion): string[] => {
  const { differs, digest, digest_differs: digestDiffers, ...said } = row.zoom;
  const listed = zoomOf(file);
  const isOtherDigest = digest !== undefined && 'sha256' in row ? digest !== row.sha256 : undefined;
  const wrong = [
    ...(isDeepStrictEqual({ ...said }, { ...listed })
      ? []
      : [`Zoom's row says ${JSON.stringify(listed)}, and not ${JSON.stringify(said)}`]),
    ...(digestDiffers === isOtherDigest
      ? []
      : [
          `its SHA-256 ${isOtherDigest === true ? 'differs from' : 'is'} that of Zoom, and it says otherwise`,
        ]),
  ];
  if (!('bytes' in row) || listed.file_size === undefined) return wrong;
  const isOther = row.bytes !== listed.file_size;
  return differs === isOther
    ? wrong
    : [
        ...wrong,
        `its ${formatCount(row.bytes)} bytes ${isOther ? 'differ from' : 'are'} the size that Zoom states, and it says otherwise`,
      ];
};

const heldProblems = (
  slice: AnySlice,
  { key, bytes, sha256, parts, item, version }: HeldRow,
  { file }: FileVersion,
): string[] => {
  const place = fileKey(slice, item, version, file.extension);
  return [
    ...(key === place ? [] : [`its file belongs to ${place}, and not to ${key}`]),
    ...(parts ? partsProblems(parts, bytes, sha256) : []),
  ];
};

const partsProblems = (parts: NonNullable<HeldRow['parts']>, bytes: number, sha256: string): string[] => {
  const sum = parts.reduce((total, part) => total + part.bytes, 0);
  const [first] = parts;
  return [
    ...(isWholeSequence(parts)
      ? []
      : ['its parts are not numbered from 1 without a gap, all but the last of one size']),
    ...(sum === bytes
      ? []
      : [`its parts have ${formatCount(sum)} bytes, and the file ${formatCount(bytes)}`]),
    ...(parts.length === 1 && first?.sha256 !== sha256
      ? ['its only part has another SHA-256 than the file']
      : []),
  ];
};

const isWholeSequence = (parts: NonNullable<HeldRow['parts']>): boolean => {
  try {
    assertWholeSequence(parts);
    return true;
  } catch {
    return false;
  }
};

const sameProblems = (
  row: Extract<CustodyRow, { state: 'same-as' }>,
  held: HeldRow | undefined,
): string[] => {
  if (!held) return [`its bytes are those of the version ${row.same_as}, but no line says that this is held`];
  return held.sha256 === row.sha256 && held.bytes === row.bytes
    ? []
    : [`the version ${row.same_as}, whose bytes it has, has another size or SHA-256`];
};
