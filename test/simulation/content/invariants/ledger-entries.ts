import { hash } from 'node:crypto';
import { type LedgerEntry, LedgerEntrySchema } from '../../../../shared/collect/ledger/ledger.ts';
import { fileOfRow } from '../../../../shared/content/recording-rows.ts';
import { sequenceOf } from '../../../../shared/contract/object-keys.ts';
import { addDays, type Day, endOf } from '../../../../shared/model/day.ts';
import { HOUR_MS } from '../../../../shared/model/duration.ts';
import type { Violate } from '../../invariants/invariant-violation.ts';
import type { Bucket } from '../../simulated-store.ts';
import { isGoneBy } from './departures.ts';
import type { Conclusion, CreatedObject, CollectedObjects, Listed } from './collected-objects.ts';

/** Rows are expected so long after the end of a day. */
const LATE_MS = 72 * HOUR_MS;

/** Whether the ledger says what the logs have: each entry by the objects that it names. */
export class LedgerEntries {
  readonly #collected: CollectedObjects;
  readonly #bucket: Bucket;
  readonly #violate: Violate;
  readonly #entries = new Map<string, LedgerEntry[]>();
  readonly #seals = new Map<string, string[]>();

  constructor(collected: CollectedObjects, bucket: Bucket, violate: Violate) {
    this.#collected = collected;
    this.#bucket = bucket;
    this.#violate = violate;
  }

  published({ key, body, at }: CreatedObject): void {
    const entry = LedgerEntrySchema.parse(JSON.parse(body.toString('utf8')));
    const slice = `${entry.stream} ${entry.day}`;
    const entries = this.#entries.get(slice) ?? [];
    if (entry.revision !== entries.length)
      this.#violate('chain', `${key} is revision ${entry.revision}, after ${entries.length}`);
    this.#entries.set(slice, [...entries, entry]);
    this.#seals.set(slice, [...(this.#seals.get(slice) ?? []), hash('sha256', body, 'hex')]);
    const before = this.#seals.get(`${entry.stream} ${addDays(entry.day, -1)}`) ?? [];
    const follows = entry.previous === null || before.includes(entry.previous);
    if (!follows) this.#violate('chain', `${key} names a day before that has no such entry`);

    for (const { key: named, sha256 } of entry.objects) {
      const stored = this.#bucket.read(named);
      const isRight = stored !== undefined && hash('sha256', stored, 'hex') === sha256;
      if (!isRight) this.#violate('ledger-equals-log', `${key}: ${named} is not the object that it names`);
    }
    // The people of a day are those of its own listing: no row comes late.
    const closes = endOf(entry.day).getTime() + (entry.stream === 'person' ? 0 : LATE_MS);
    if (at < closes)
      this.#violate(
        'closed-in-time',
        `${key} closed ${new Date(closes - at).toISOString().slice(11)} too early`,
      );
    this.#figures(key, entry);
  }

  /** The figures of an entry, computed from the objects that it names. */
  #figures(key: string, entry: LedgerEntry): void {
    const slice = this.#collected.slice(entry.stream, entry.day);
    const named = new Set(entry.objects.map(({ key: object }) => object));
    const isNamed =
      (root: string) =>
      ({ sequence }: { readonly sequence: number }): boolean =>
        [...named].some((object) => object.startsWith(`${root}/`) && sequenceOf(object) === sequence);
    const raw = slice.raw.filter(isNamed('raw'));
    const custody = slice.custody.filter(isNamed('custody'));
    const figures = figuresOf(custody);
    const stated = { rows: entry.rows, ...pick(entry.content) };
    const computed = { rows: raw.length, ...(entry.content && figures) };
    if (JSON.stringify(stated) !== JSON.stringify(computed)) {
      this.#violate(
        'ledger-equals-log',
        `${key} says ${JSON.stringify(stated)}, its logs have ${JSON.stringify(computed)}`,
      );
    }
    for (const name of notConcluded(raw, custody)) {
      this.#violate(
        'closed-when-complete',
        `${key} closed the day although ${name} is neither held nor concluded`,
      );
    }
  }

  /** At the end: every day is closed, and its last entry has all its rows. */
  complete(streams: readonly string[], days: readonly Day[]): void {
    for (const stream of streams) {
      for (const day of days) {
        const slice = this.#collected.slice(stream, day);
        const last = this.#entries.get(`${stream} ${day}`)?.at(-1);
        if (!last) this.#violate('everything-closes', `${stream} ${day} is not closed`);
        else if (last.rows !== slice.raw.length) {
          this.#violate(
            'late-rows-are-announced',
            `${stream} ${day} has ${slice.raw.length} rows, and its last entry ${last.rows}`,
          );
        } else if (JSON.stringify(pick(last.content)) !== JSON.stringify(figuresOf(slice.custody))) {
          this.#violate(
            'late-rows-are-announced',
            `the last entry of ${stream} ${day} has other files than its custody`,
          );
        }
      }
    }
  }
}

type Figures = Omit<NonNullable<LedgerEntry['content']>, 'units' | 'failed' | 'skipped'>;

const pick = (content: LedgerEntry['content']): Figures | undefined => {
  if (!content) return undefined;
  const { held, same_as, gone, bytes, files_digest } = content;
  return { held, same_as, gone, bytes, files_digest };
};

const figuresOf = (custody: readonly Conclusion[]): Figures => {
  const held = custody.flatMap(({ row }) => (row.state === 'held' ? [row] : []));
  const lines = held.map(({ key, sha256 }) => `${key} ${sha256}\n`).sort();
  const isHeld = (version: string): boolean => held.some((row) => row.version === version);
  const items = new Set(custody.map(({ row }) => row.item));
  return {
    held: held.length,
    same_as: custody.filter(({ row }) => row.state === 'same-as' && !isHeld(row.version)).length,
    gone: [...items].filter((item) => isGoneBy(custody, item)).length,
    bytes: held.reduce((sum, { bytes }) => sum + bytes, 0),
    files_digest: hash('sha256', lines.join(''), 'hex'),
  };
};

/** The versions of files that a row lists as ready, of files that have not left, of which custody says nothing. */
const notConcluded = (raw: readonly Listed[], custody: readonly Conclusion[]): string[] => {
  const settled = new Set(
    custody.flatMap(({ row }) => {
      const isFinal = row.state === 'failed' && row.final && row.reason !== 'never-ready';
      return row.state === 'held' || row.state === 'same-as' || row.state === 'skipped' || isFinal
        ? [row.version]
        : [];
    }),
  );
  return raw.flatMap(({ row }) => {
    const file = fileOfRow(row);
    if (!file?.isReady || settled.has(file.version) || isGoneBy(custody, file.item)) return [];
    return [`${file.fileType} ${file.fileId ?? ''} of ${file.uuid}`];
  });
};
