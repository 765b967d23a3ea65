import { hash } from 'node:crypto';
import * as z from 'zod';

import type { AnySlice } from '../../model/slice.ts';
import { AnySliceSchema } from '../../model/slice.ts';
import { CorruptObjectError } from '../../errors.ts';
import { ledgerKey, ledgerPrefix } from '../../contract/object-keys.ts';
import type { ObjectStore } from '../ports.ts';
import { jsonBytes } from '../state/state-file.ts';

const Sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * The facts about a closed slice: published, never changed. Later facts (a confirmation, rows that came after closing) are
 * another entry with the next revision. An entry names the SHA-256 of the entry of the day before,
 * as it then was, so the ledger of a stream is a chain in which any change is detected.
 */
export const LedgerEntrySchema = z.strictObject({
  ...AnySliceSchema.shape,
  revision: z.int().min(0),
  /** `complete`: read whole, without unconfirmed copies. `gap`: Zoom had deleted the day before it could be read whole. */
  verdict: z.enum(['complete', 'gap']),
  rows: z.int().min(0),
  /** Rows that differ from each other. */
  distinct: z.int().min(0),
  /** Rows without a readable time, which are not events. */
  rejected: z.int().min(0),
  /** The mapping version of its projections. */
  mapping: z.int().min(1),
  /** SHA-256 over the sorted ids of its events, each followed by LF. */
  digest: Sha256Schema,
  first_event: z.iso.datetime().optional(),
  last_event: z.iso.datetime().optional(),
  /** Pages of the last whole listing, and requests for the slice in all. */
  pages: z.int().min(0),
  requests: z.int().min(0),
  /** All objects delivered for the slice, including projections. */
  objects: z.array(z.strictObject({ key: z.string(), sha256: Sha256Schema })),
  opened_at: z.iso.datetime(),
  /** When it was last read whole. */
  listed_at: z.iso.datetime(),
  closed_at: z.iso.datetime(),
  /** When a listing a week after closing found no more rows. */
  confirmed_at: z.iso.datetime().optional(),
  /** Rows that came after the day was first closed, and rows that Zoom no longer lists. */
  late_after_close: z.int().min(0),
  vanished: z.int().min(0),
  /** Of content: the listings that read it whole, and its files by what became of them. */
  content: z
    .strictObject({
      units: z.int().min(0),
      held: z.int().min(0),
      same_as: z.int().min(0),
      failed: z.int().min(0),
      skipped: z.int().min(0),
      gone: z.int().min(0),
      bytes: z.int().min(0),
      /** SHA-256 over the sorted lines `key sha256` of the held files, each followed by LF. */
      files_digest: Sha256Schema,
    })
    .optional(),
  /** SHA-256 of the entry of the day before; null where the chain begins. */
  previous: Sha256Schema.nullable(),
});

export type LedgerEntry = z.infer<typeof LedgerEntrySchema>;

/** An entry with the SHA-256 of its bytes, by which the next day's names it. */
export interface SealedEntry {
  readonly entry: LedgerEntry;
  readonly sha256: string;
}

const seal = (bytes: Buffer): string => hash('sha256', bytes, 'hex');

/** The entries of a slice, oldest revision first. Throws CorruptObjectError for one that can't be read. */
export const readLedger = async (store: ObjectStore, slice: AnySlice): Promise<SealedEntry[]> => {
  const stored = await store.list(ledgerPrefix(slice));
  return Promise.all(
    stored.map(async ({ key }) => {
      const bytes = (await store.read(key)) ?? Buffer.alloc(0);
      try {
        return { entry: LedgerEntrySchema.parse(JSON.parse(bytes.toString('utf8'))), sha256: seal(bytes) };
      } catch (cause) {
        throw new CorruptObjectError(key, 'it is not a ledger entry', { cause });
      }
    }),
  );
};

/** Publishes an entry. Undefined if its revision is taken: another collector closed the slice at the same time. */
export const publishEntry = async (
  store: ObjectStore,
  entry: LedgerEntry,
): Promise<SealedEntry | undefined> => {
  const bytes = jsonBytes(entry);
  const created = await store.create(ledgerKey(entry, entry.revision), bytes, {});
  return created && { entry, sha256: seal(bytes) };
};

/** The digest over a slice's events: the same for every collector that has all of them. */
export const digestOfIds = (ids: readonly string[]): string =>
  hash(
    'sha256',
    [...ids]
      .sort()
      .map((id) => `${id}\n`)
      .join(''),
    'hex',
  );
