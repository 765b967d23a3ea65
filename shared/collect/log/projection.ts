import { dayIn } from '../../model/day.ts';
import { eventIdOf } from '../../model/event-id.ts';
import { instantOf } from '../../model/instant.ts';
import { compareText, isPlaced } from '../../model/raw-row.ts';
import type { Slice } from '../../model/slice.ts';
import { wellFormedJson } from '../../model/well-formed.ts';
import {
  DETAIL_STATUSES,
  type DetailStatus,
  type Format,
  isKnownCategory,
  type OcsfVersion,
  parsedRowToLine,
  parseRow,
} from '../../normalize/index.ts';
import { GzipLines } from './gzip-lines.ts';
import { type Kind, objectKey, sequenceOf, slicePrefix } from '../../contract/object-keys.ts';
import type { ObjectStore } from '../ports.ts';
import { objectMetadata, type LoggedRow, type LoggedRows, type SliceLog } from './slice-log.ts';

/** The formats of a row, and its source. */
export interface Mapping {
  readonly formats: readonly Format[];
  readonly ocsfVersion: OcsfVersion;
  /** Zoom's id of the account, a field of every event. */
  readonly accountId: string;
}

/** The store of projections. */
export type ProjectionStore = Pick<ObjectStore, 'list' | 'create'>;

/** The result of projecting. */
export interface Projected {
  /** New objects, and their bytes. */
  readonly objects: number;
  readonly bytes: number;
  /** How many details of operations were parsed, and how completely. */
  readonly details: Readonly<Partial<Record<DetailStatus, number>>>;
  /** Operations of a category that this release does not know. */
  readonly categoryUnknown: number;
}

/**
 * Writes the projections of one raw object under its own name: a pure function of the log up to that object, so any
 * collector may repeat it any number of times.
 */
export const project = async (
  store: Pick<ObjectStore, 'create'>,
  slice: Slice,
  { sequence, commitTime, rows }: LoggedRows,
  mapping: Mapping,
): Promise<Projected> => {
  const drafts = new Drafts();
  const details: Partial<Record<DetailStatus, number>> = {};
  let categoryUnknown = 0;
  const ingestTime = instantOf(commitTime);
  for (const { logged, id } of inOrder(slice, rows)) {
    const { row, time, json, repeatsName } = logged;
    const parsedRow = parseRow(slice.stream, row);
    if (!parsedRow) {
      await drafts.add('rejected', time, `${wellFormedJson(json)}\n`);
      continue;
    }
    if (parsedRow.detail) details[parsedRow.detail.status] = (details[parsedRow.detail.status] ?? 0) + 1;
    if (parsedRow.category !== undefined && !isKnownCategory(parsedRow.category)) categoryUnknown += 1;
    const provenance = { eventId: id, ingestTime, accountId: mapping.accountId };
    for (const format of mapping.formats) {
      const line = parsedRowToLine(
        format,
        { parsedRow, rowJson: json, repeatsName, provenance },
        mapping.ocsfVersion,
      );
      const compressing = drafts.add(format, time, line);
      if (compressing) await compressing;
    }
  }
  const written = await Promise.all(
    drafts.all().map(async ([kind, { lines, times }]) => {
      const body = await lines.end(commitTime);
      const created = await store.create(objectKey(kind, slice, sequence), body, objectMetadata(kind, times));
      return created ? body.length : undefined;
    }),
  );
  const sizes = written.filter((size) => size !== undefined);
  return {
    objects: sizes.length,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    details,
    categoryUnknown,
  };
};

export const addDetails = (a: Projected['details'], b: Projected['details']): Projected['details'] =>
  Object.fromEntries(
    DETAIL_STATUSES.flatMap((status) => {
      const count = (a[status] ?? 0) + (b[status] ?? 0);
      return count === 0 ? [] : [[status, count]];
    }),
  );

/** The objects in progress, by kind. */
class Drafts {
  readonly #drafts = new Map<Kind, { readonly lines: GzipLines; readonly times: string[] }>();

  /** Adds a line; a promise, if the compressor needs time before the next. */
  add(kind: Kind, time: string, line: string): Promise<unknown> | undefined {
    let draft = this.#drafts.get(kind);
    if (!draft) this.#drafts.set(kind, (draft = { lines: new GzipLines(), times: [] }));
    draft.times.push(time);
    return draft.lines.add(line);
  }

  all() {
    return [...this.#drafts];
  }
}

interface NumberedRow {
  readonly logged: LoggedRow;
  /** Its event id; for a row that is not an event, its digest. */
  readonly id: string;
}

/** The rows by event time, then by id. */
const inOrder = ({ source, stream }: Slice, rows: readonly LoggedRow[]): NumberedRow[] =>
  rows
    .map((logged): NumberedRow => {
      const { time, digest, occurrence } = logged;
      const day = dayIn(time);
      return {
        logged,
        id: isPlaced(logged) ? eventIdOf({ source, stream, day, digest, occurrence }) : digest,
      };
    })
    .sort((a, b) => compareText(a.logged.time, b.logged.time) || compareText(a.id, b.id));

/**
 * Writes every missing projection of the log: of a collector that was killed, or of a format that was enabled later. Returns
 * the number of objects written.
 */
export const projectMissing = async (
  store: ProjectionStore,
  log: SliceLog,
  mapping: Mapping,
): Promise<number> => {
  if (log.objects.length === 0) return 0;
  const kinds: Kind[] = [...mapping.formats, ...(log.rejected > 0 ? (['rejected'] as const) : [])];
  const missing = new Set<number>();
  await Promise.all(
    kinds.map(async (kind) => {
      const stored = await store.list(slicePrefix(kind, log.slice));
      const present = new Set(stored.map(({ key }) => sequenceOf(key)));
      for (const { sequence, rows, rejected } of log.objects) {
        const lines = kind === 'rejected' ? rejected : rows - rejected;
        if (lines > 0 && !present.has(sequence)) missing.add(sequence);
      }
    }),
  );

  let written = 0;
  for (const sequence of [...missing].sort((a, b) => a - b)) {
    written += (await project(store, log.slice, await log.read(sequence), mapping)).objects;
  }
  return written;
};
