import { hash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { StreamName } from '../../../shared/model/stream.ts';
import type { Format } from '../../../shared/normalize/index.ts';
import type { RowStore, StoredRow } from '../../../simulator/row-store.ts';
import type { Bucket } from '../simulated-store.ts';
import type { Violate } from './invariant-violation.ts';
import { digestOf, type ExpectedEvent, expectedText, RowNames } from './expected-events.ts';

/** A raw object as it was committed. */
interface Committed {
  readonly events: readonly ExpectedEvent[];
  readonly commitTime: Date;
  /** The time of the commit, by the world's clock. */
  readonly committedAt: number;
}

/** The deliveries of one stream and day, counted independently of the product. */
interface DeliveredSlice {
  readonly stream: StreamName;
  readonly day: string;
  readonly names: RowNames;
  readonly objects: Committed[];
  /** How often each row was delivered, by its text. */
  readonly counts: Map<string, number>;
  entries: number;
}

const OBJECT =
  /^(raw|flat|ocsf|rejected)\/(operation|activity)\/source=acme\/dt=(\d{4}-\d\d-\d\d)\/\2_\3_(\d{6})\.json\.gz$/;
const ENTRY = /^ledger\/(operation|activity)\/source=acme\/dt=(\d{4}-\d\d-\d\d)\/\1_\2_(\d{6})\.json$/;

/** Keys that may be overwritten; all others are written once. */
const REPLACED = /^(?:_state|watermark|health)\//;
const CREATED_BESIDES = /^(?:_state|audit)\//;

interface Entry {
  readonly revision: number;
  readonly rows: number;
  readonly rejected: number;
  readonly digest: string;
  readonly verdict: string;
  readonly confirmed_at?: string;
  readonly objects: readonly { readonly key: string; readonly sha256: string }[];
  readonly previous: string | null;
}

/**
 * Each object at the moment it is created: no row is delivered more often than Zoom shows it, numbers have no gaps, a
 * projection comes after its commit and equals what the log gives, a ledger entry equals the log.
 */
export class Delivery {
  readonly #slices = new Map<string, DeliveredSlice>();
  readonly #bucket: Bucket;
  readonly #rows: RowStore;
  readonly #accountId: string;
  readonly #violate: Violate;

  constructor(bucket: Bucket, rows: RowStore, accountId: string, violate: Violate) {
    this.#bucket = bucket;
    this.#rows = rows;
    this.#accountId = accountId;
    this.#violate = violate;
  }

  replaced(key: string): void {
    if (!REPLACED.test(key)) this.#violate('never-overwritten', `${key} was replaced`);
  }

  /** Returns the text of the created object. */
  created(key: string, body: Buffer, now: number): string {
    const object = OBJECT.exec(key);
    const entry = ENTRY.exec(key);
    if (object) {
      const [, kind = '', stream = '', day = '', sequence = ''] = object;
      return this.#object(kind, this.slice(stream as StreamName, day), Number(sequence), body, now);
    }
    const text = body.toString('utf8');
    if (entry) this.#entry(this.slice(entry[1] as StreamName, entry[2] ?? ''), Number(entry[3]), text);
    else if (!CREATED_BESIDES.test(key)) this.#violate('known-keys', `${key} is no key of ours`);
    return text;
  }

  slice(stream: StreamName, day: string): DeliveredSlice {
    const name = `${stream} ${day}`;
    let slice = this.#slices.get(name);
    if (!slice) {
      slice = {
        stream,
        day,
        names: new RowNames('acme', stream),
        objects: [],
        counts: new Map(),
        entries: 0,
      };
      this.#slices.set(name, slice);
    }
    return slice;
  }

  get slices(): readonly DeliveredSlice[] {
    return [...this.#slices.values()];
  }

  /** Rows that Zoom showed before an instant and that were not delivered. */
  missing(stream: StreamName, day: string, before: number): string[] {
    const { counts } = this.slice(stream, day);
    const shown = countRows(this.#rows.all(stream, day).filter(({ visibleFrom }) => visibleFrom < before));
    return [...shown].flatMap(([row, count]) => ((counts.get(row) ?? 0) < count ? [row] : []));
  }

  rowsIn({ objects }: DeliveredSlice): number {
    return objects.reduce((sum, { events }) => sum + events.length, 0);
  }

  idsIn({ objects }: DeliveredSlice): string[] {
    return objects.flatMap(({ events }) => events.flatMap(({ id, time }) => (time === '' ? [] : [id])));
  }

  #object(kind: string, slice: DeliveredSlice, sequence: number, body: Buffer, now: number): string {
    const text = gunzipSync(body).toString('utf8');
    if (kind === 'raw') this.#raw(slice, sequence, text, memberTime(body), now);
    else this.#projection(kind as 'flat' | 'ocsf' | 'rejected', slice, sequence, text, body);
    return text;
  }

  #raw(slice: DeliveredSlice, sequence: number, text: string, commitTime: Date, now: number): void {
    const { stream, day, objects, counts, names } = slice;
    if (sequence !== objects.length) {
      this.#violate('gapless', `raw object ${sequence} of ${stream} ${day} after ${objects.length} others`);
    }
    const shown = countRows(this.#rows.visible(stream, day, now));
    const events = text
      .split('\n')
      .slice(0, -1)
      .map((line): ExpectedEvent => {
        const row: unknown = JSON.parse(line);
        const name = JSON.stringify(row);
        const count = (counts.get(name) ?? 0) + 1;
        counts.set(name, count);
        if (count > (shown.get(name) ?? 0)) {
          this.#violate(
            'never-twice',
            `${stream} ${day}, object ${sequence}: copy ${count} of a row that Zoom shows ${shown.get(name) ?? 0} times: ${name}`,
          );
        }
        return names.next(row);
      });
    if (events.length === 0)
      this.#violate('never-empty', `raw object ${sequence} of ${stream} ${day} is empty`);
    objects.push({ events, commitTime, committedAt: now });
  }

  #projection(
    kind: 'flat' | 'ocsf' | 'rejected',
    { stream, day, objects }: DeliveredSlice,
    sequence: number,
    text: string,
    body: Buffer,
  ): void {
    const committed = objects[sequence];
    const what = `${kind} object ${sequence} of ${stream} ${day}`;
    if (!committed) {
      this.#violate('projection-follows-commit', `${what} has no raw object`);
      return;
    }
    if (memberTime(body).getTime() !== committed.commitTime.getTime()) {
      this.#violate('pure-projection', `${what} has another time than its raw object`);
    }
    const expected = expectedText(kind, stream, committed.events, committed.commitTime, this.#accountId);
    if (text !== expected)
      this.#violate('pure-projection', `${what} is not what its rows come to:\n${text}\nbut\n${expected}`);
  }

  #entry(slice: DeliveredSlice, revision: number, text: string): void {
    const entry = JSON.parse(text) as Entry;
    const what = `ledger entry ${revision} of ${slice.stream} ${slice.day}`;
    const wrong = (detail: string): void => this.#violate('ledger-equals-log', `${what}: ${detail}`);
    if (revision !== slice.entries || entry.revision !== revision) wrong(`after ${slice.entries} others`);
    slice.entries += 1;

    const logged = entry.objects.filter(({ key }) => key.startsWith('raw/')).length;
    const committed = { ...slice, objects: slice.objects.slice(0, logged) };
    const rows = this.rowsIn(committed);
    if (rows !== entry.rows) wrong(`it counts ${entry.rows} rows, its raw objects hold ${rows}`);
    const ids = this.idsIn(committed);
    if (entry.rejected !== rows - ids.length) wrong(`it counts ${entry.rejected} rejected rows`);
    if (entry.digest !== digestOf(ids)) wrong('its digest is not that of the ids');
    for (const { key, sha256 } of entry.objects) {
      const stored = this.#bucket.read(key);
      if (!stored || hash('sha256', stored, 'hex') !== sha256) wrong(`${key} is not what it says`);
    }
  }
}

/** The projections that the objects of a slice need, and when each object was committed. */
export const projectionsOf = (
  { stream, day, objects }: DeliveredSlice,
  formats: readonly Format[],
): { key: string; committedAt: number }[] =>
  objects.flatMap(({ events, committedAt }, sequence) => {
    const placed = events.filter(({ time }) => time !== '').length;
    const kinds = [...(placed > 0 ? formats : []), ...(placed < events.length ? ['rejected'] : [])];
    const name = `${stream}_${day}_${String(sequence).padStart(6, '0')}.json.gz`;
    return kinds.map((kind) => ({ key: `${kind}/${stream}/source=acme/dt=${day}/${name}`, committedAt }));
  });

const memberTime = (body: Buffer): Date => new Date(body.readUInt32LE(4) * 1000);

const counted = new WeakMap<readonly StoredRow[], Map<string, number>>();

/** A multiset of rows, by their text. Zoom's list is the same array as long as nothing changes. */
export const countRows = (rows: readonly StoredRow[]): Map<string, number> => {
  let counts = counted.get(rows);
  if (counts) return counts;
  counts = new Map();
  for (const { json } of rows) counts.set(json, (counts.get(json) ?? 0) + 1);
  counted.set(rows, counts);
  return counts;
};
