import { decodeRawObject } from '../../../../shared/collect/log/raw-object.ts';
import { type CustodyRow, fromCustodyLine } from '../../../../shared/content/custody-row.ts';
import type { ListedFile } from '../../../../shared/content/listed-file.ts';
import { fileOfRow } from '../../../../shared/content/recording-rows.ts';
import { sequenceOf } from '../../../../shared/contract/object-keys.ts';
import type { RawRow } from '../../../../shared/model/listed-row.ts';
import type { Process } from '../../scheduler.ts';

/** An object that was created, by whom and when. */
export interface CreatedObject {
  readonly key: string;
  readonly body: Buffer;
  readonly by: Process;
  readonly at: number;
}

/** A custody row with the process that committed it. */
export interface Conclusion {
  readonly row: CustodyRow;
  readonly sequence: number;
  readonly by: Process;
  readonly at: number;
}

/** A raw row of a slice. */
export interface Listed {
  readonly row: RawRow;
  readonly sequence: number;
}

/** The two logs of a slice. */
export interface CollectedSlice {
  readonly stream: string;
  readonly day: string;
  readonly raw: Listed[];
  readonly custody: Conclusion[];
}

const KEY = /^(raw|custody|flat|ocsf|files|ledger)\/([a-z]+)\/source=acme\/dt=(\d{4}-\d{2}-\d{2})\//;

/** The root, the stream and the day of a key; undefined for a key that no collector of content may create. */
export const keyParts = (key: string): { root: string; stream: string; day: string } | undefined => {
  const [, root, stream, day] = KEY.exec(key) ?? [];
  return root !== undefined && stream !== undefined && day !== undefined ? { root, stream, day } : undefined;
};

/** What the collectors wrote, decoded by its own reading of keys. */
export class CollectedObjects {
  readonly slices = new Map<string, CollectedSlice>();
  /** Each item of a file, as one of its rows lists it. */
  readonly items = new Map<string, ListedFile>();
  /** The objects under `files/`. */
  readonly files = new Map<string, CreatedObject>();

  /** Adds an object; its new rows are returned. */
  async add(
    object: CreatedObject,
  ): Promise<{ slice: CollectedSlice; raw: Listed[]; custody: Conclusion[] } | undefined> {
    const place = keyParts(object.key);
    if (!place) return undefined;
    const slice = this.slice(place.stream, place.day);
    const fresh = { slice, raw: [] as Listed[], custody: [] as Conclusion[] };
    if (place.root === 'files') this.files.set(object.key, object);
    if (place.root !== 'raw' && place.root !== 'custody') return fresh;
    const sequence = sequenceOf(object.key) ?? -1;
    for (const line of (await decodeRawObject(object.key, object.body)).rows) {
      if (place.root === 'raw') {
        fresh.raw.push({ row: line.row, sequence });
        const file = fileOfRow(line.row);
        if (file) this.items.set(file.item, file);
      } else {
        const row = fromCustodyLine(line);
        if (row) fresh.custody.push({ row, sequence, by: object.by, at: object.at });
      }
    }
    slice.raw.push(...fresh.raw);
    slice.custody.push(...fresh.custody);
    return fresh;
  }

  slice(stream: string, day: string): CollectedSlice {
    const found = this.slices.get(`${stream} ${day}`) ?? { stream, day, raw: [], custody: [] };
    this.slices.set(`${stream} ${day}`, found);
    return found;
  }

  /** The recordings' slices. */
  get recordings(): CollectedSlice[] {
    return [...this.slices.values()].filter(({ stream }) => stream === 'recording');
  }
}
