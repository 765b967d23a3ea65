import * as z from 'zod';
import { DaySchema } from '../model/day.ts';
import { type ListedRow, toListedRow } from '../model/listed-row.ts';
import { digestOf, type IdentifiedRow } from '../model/raw-row.ts';
import { SliceLog, type LogForm } from '../collect/log/slice-log.ts';
import type { AnySlice } from '../model/slice.ts';
import type { ObjectStore } from '../collect/ports.ts';

const DigestSchema = z.string().regex(/^[0-9a-f]{16}$/);
const Sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

const PartSchema = z.object({ number: z.int().min(1), bytes: z.int().min(0), sha256: Sha256Schema });

/**
 * What Zoom said of the file. `differs`: the size that it stated is not the size of the file. `digest`: its SHA-256 of the file, where
 * it has one; `digest_differs`: that is not the SHA-256 of the bytes, which Zoom gave twice.
 */
const ZoomSchema = z.object({
  uuid: z.string(),
  file_id: z.string().optional(),
  file_type: z.string(),
  file_size: z.int().min(0).optional(),
  differs: z.boolean().optional(),
  digest: z.string().optional(),
  digest_differs: z.boolean().optional(),
});

const common = {
  at: z.iso.datetime(),
  item: DigestSchema,
  version: DigestSchema,
  zoom: ZoomSchema,
};

/**
 * One line of custody: what was done with a version of a file, or concluded about it.
 * - `held`: the native bytes are stored under `key`.
 * - `same-as`: its bytes are those of another version, which is held.
 * - `failed`: it could not be fetched; `final` if it will not be tried again.
 * - `skipped`: the operator chose not to fetch it.
 * - `gone`: it has left Zoom, with the evidence. What is held stays.
 * - `back`: it is listed again.
 * - `hidden`: a mirror hides it, because it left Zoom. What is held stays.
 * - `shown`: it is no longer hidden.
 */
export const CustodyRowSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('held'),
    ...common,
    key: z.string(),
    bytes: z.int().min(0),
    sha256: Sha256Schema,
    /** The parts in which it was uploaded; one that was created whole has none. */
    parts: z.array(PartSchema).optional(),
    content_type: z.string().optional(),
    /** Zoom's own name of the file. */
    file_name: z.string().optional(),
    /** Whether its first bytes fit its type; absent where nothing is known about them. */
    magic: z.enum(['fits', 'differs']).optional(),
    source: z
      .object({
        host: z.string(),
        tracking_id: z.string().optional(),
        etag: z.string().optional(),
      })
      .optional(),
    requests: z.int().min(0),
    resumed: z.int().min(0),
    /** The object was found without a line about it, because the collector that stored it was killed: its hash was computed from the object. */
    found: z.boolean().optional(),
  }),
  z.object({
    state: z.literal('same-as'),
    ...common,
    same_as: DigestSchema,
    sha256: Sha256Schema,
    bytes: z.int(),
  }),
  z.object({
    state: z.literal('failed'),
    ...common,
    reason: z.string(),
    message: z.string(),
    final: z.boolean(),
    /** It was in the trash: if it is recovered, it is tried again. */
    trashed: z.boolean().optional(),
    day: DaySchema,
    requests: z.int().min(0),
  }),
  z.object({ state: z.literal('skipped'), ...common, reason: z.string() }),
  z.object({
    state: z.literal('gone'),
    ...common,
    ordinal: z.int().min(1),
    evidence: z.object({
      kind: z.enum(['trash', 'absent', 'not-found']),
      first_absent_at: z.iso.datetime().optional(),
      absent_again_at: z.iso.datetime().optional(),
      deleted_time: z.string().optional(),
      /** When Zoom answered that there is no such recording. */
      not_found_at: z.array(z.iso.datetime()).optional(),
    }),
  }),
  z.object({ state: z.literal('back'), ...common, ordinal: z.int().min(1) }),
  z.object({
    state: z.literal('hidden'),
    ...common,
    ordinal: z.int().min(1),
    /** The ordinal of the line `gone` that it is hidden for. */
    gone: z.int().min(1),
    /** Days that it waited after that line. */
    grace_days: z.int().min(0),
  }),
  z.object({
    state: z.literal('shown'),
    ...common,
    /** That of the line `hidden` which it ends. */
    ordinal: z.int().min(1),
    because: z.enum(['back', 'mode', 'hold']),
    /** The name of the hold. */
    hold: z.string().optional(),
  }),
]);

export type CustodyRow = z.infer<typeof CustodyRowSchema>;

/** A custody row as a line of the log. */
export const toCustodyLine = (row: CustodyRow): IdentifiedRow => identifyCustody(toListedRow(row));

/** The row of a line; undefined if it is not one of this release. */
export const fromCustodyLine = ({ row }: Pick<ListedRow, 'row'>): CustodyRow | undefined =>
  CustodyRowSchema.safeParse(row).data;

/** Two collectors that conclude the same write one line: what makes a line is its conclusion, not when or by whom. */
const identityOf = (row: CustodyRow): readonly unknown[] => {
  const subject = [row.state, row.item, row.version];
  switch (row.state) {
    case 'held':
    case 'same-as':
      return subject;
    case 'failed':
      return [...subject, row.reason, row.day, row.final];
    case 'skipped':
      return [...subject, row.reason];
    case 'gone':
    case 'back':
    case 'hidden':
    case 'shown':
      return [...subject, row.ordinal];
  }
};

const identifyCustody = (listed: ListedRow): IdentifiedRow => {
  const row = fromCustodyLine(listed);
  const canonical = row ? JSON.stringify(identityOf(row)) : listed.json;
  return { ...listed, canonical, digest: digestOf(canonical), time: row?.at ?? '' };
};

/** The log of what was done with the files of a slice. */
export const CUSTODY: LogForm<AnySlice> = {
  root: 'custody',
  identify: (_slice, row) => identifyCustody(row),
};

/** Opens the custody log of a slice. Throws as `SliceLog.open` does. */
export const openCustody = <S extends AnySlice>(store: ObjectStore, slice: S): Promise<SliceLog<S>> =>
  SliceLog.openAs<S>(CUSTODY, store, slice);

/** Every custody row of a log, oldest object first. */
export const readCustody = async <S extends AnySlice>(log: SliceLog<S>): Promise<CustodyRow[]> => {
  const rows: CustodyRow[] = [];
  for (const { sequence } of log.objects) {
    for (const line of (await log.read(sequence)).rows) {
      const row = fromCustodyLine(line);
      if (row) rows.push(row);
    }
  }
  return rows;
};

/** Commits custody rows; those that the log contains by now are left out. Returns the number committed. */
export const appendCustody = async <S extends AnySlice>(
  log: SliceLog<S>,
  rows: readonly CustodyRow[],
  now: () => Date,
): Promise<number> => {
  const lines = [...new Map(rows.map((row) => [toCustodyLine(row).digest, toCustodyLine(row)])).values()];
  if (lines.length === 0) return 0;
  const committed = await log.append(
    lines.map((line) => ({ ...line, occurrence: 0 })),
    now,
  );
  return committed?.rows.length ?? 0;
};
