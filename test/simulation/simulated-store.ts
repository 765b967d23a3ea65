import { hash } from 'node:crypto';
import type { ObjectStore, StoredObject } from '../../shared/collect/ports.ts';
import { compareText } from '../../shared/model/raw-row.ts';
import type { Process, Scheduler } from './scheduler.ts';

interface Stored {
  readonly body: Buffer;
  readonly version: string;
}

/** Called for each write, when it happens. */
export interface StoreWitness {
  readonly created: (key: string, body: Buffer, by: Process) => void;
  /** `before`: the previous content. */
  readonly replaced: (key: string, body: Buffer, by: Process, before: Buffer | undefined) => void;
  /** The writer got no answer for its last change of a state, which was written. */
  readonly writtenUnknown: (key: string, by: Process) => void;
  readonly read: (key: string, body: Buffer | undefined, by: Process) => void;
}

/** Versions of a state that are kept, for faults to put back. */
const VERSIONS_KEPT = 4;

/** The bucket of a world: strongly consistent, with conditional puts, as S3 is. Objects under `_state/` may be put back or lost. */
export class Bucket {
  readonly #folders = new Map<string, Map<string, Stored>>();
  readonly #older = new Map<string, Stored[]>();

  list(prefix: string): StoredObject[] {
    const found: StoredObject[] = [];
    const folders = this.#folders.has(prefix)
      ? [[prefix, this.#folders.get(prefix)] as const]
      : this.#folders;
    for (const [folder, objects] of folders) {
      if (!objects || (!folder.startsWith(prefix) && !prefix.startsWith(folder))) continue;
      for (const [key, { version }] of objects) if (key.startsWith(prefix)) found.push({ key, version });
    }
    return found.sort((a, b) => compareText(a.key, b.key));
  }

  read(key: string): Buffer | undefined {
    return this.#folders.get(folderOf(key))?.get(key)?.body;
  }

  put(key: string, body: Buffer): StoredObject {
    const before = this.#folders.get(folderOf(key))?.get(key);
    if (before) this.#keepOlder(key, before);
    return this.#set(key, { body, version: hash('sha1', body, 'hex') });
  }

  /** Puts back an older version; false if there is none. */
  putBack(key: string, writesAgo: number): boolean {
    const older = this.#older.get(key)?.at(-writesAgo);
    if (!older) return false;
    this.#set(key, older);
    return true;
  }

  /** Flips the last bit. */
  damage(key: string): void {
    const body = Buffer.from(this.read(key) ?? []);
    if (body.length === 0) return;
    body.writeUInt8(body.readUInt8(body.length - 1) ^ 1, body.length - 1);
    this.#set(key, { body, version: hash('sha1', body, 'hex') });
  }

  remove(key: string): void {
    this.#folders.get(folderOf(key))?.delete(key);
  }

  #set(key: string, stored: Stored): StoredObject {
    const name = folderOf(key);
    let folder = this.#folders.get(name);
    if (!folder) this.#folders.set(name, (folder = new Map<string, Stored>()));
    folder.set(key, stored);
    return { key, version: stored.version };
  }

  #keepOlder(key: string, stored: Stored): void {
    if (!key.startsWith('_state/')) return;
    const older = this.#older.get(key) ?? [];
    older.push(stored);
    if (older.length > VERSIONS_KEPT) older.shift();
    this.#older.set(key, older);
  }
}

const folderOf = (key: string): string => key.slice(0, key.lastIndexOf('/') + 1);

/** The bucket as one process sees it: every call is an effect. */
export const storeOf = (
  process: Process,
  bucket: Bucket,
  scheduler: Scheduler,
  witness: StoreWitness,
): ObjectStore => ({
  list: (prefix) => scheduler.effect(process, 'list', prefix, () => bucket.list(prefix)),
  read: (key) =>
    scheduler.effect(process, 'read', key, () => {
      const body = bucket.read(key);
      witness.read(key, body, process);
      return body;
    }),
  create: (key, body) =>
    scheduler.effect(process, 'create', key, () => {
      if (bucket.read(key)) return undefined;
      const bytes = Buffer.from(body);
      const created = bucket.put(key, bytes);
      witness.created(key, bytes, process);
      return created;
    }),
  replace: (key, body) =>
    scheduler.effect(process, 'replace', key, () => {
      const [bytes, before] = [Buffer.from(body), bucket.read(key)];
      bucket.put(key, bytes);
      witness.replaced(key, bytes, process, before);
    }),
  update: async (key, change) => {
    for (;;) {
      const before = await scheduler.effect(process, 'read', key, () => bucket.read(key));
      const bytes = Buffer.from(change(before, false));
      const outcome = { isWritten: false };
      const write = (): void => {
        if (bucket.read(key) !== before) return;
        bucket.put(key, bytes);
        witness.replaced(key, bytes, process, before);
        outcome.isWritten = true;
      };
      try {
        await scheduler.effect(process, 'replace', key, write);
      } catch (error) {
        if (outcome.isWritten) witness.writtenUnknown(key, process);
        throw error;
      }
      if (outcome.isWritten) return;
    }
  },
});
