import type { ObjectDescription, StoredObject } from '../../../shared/collect/ports.ts';
import { MemoryStore } from './memory-store.ts';

/** A store that records its calls. */
export class RecordingStore extends MemoryStore {
  readonly lists: string[] = [];
  readonly reads: string[] = [];
  readonly creates: { readonly key: string; readonly description: ObjectDescription }[] = [];
  readonly replaces: string[] = [];

  override list(prefix: string): Promise<StoredObject[]> {
    this.lists.push(prefix);
    return super.list(prefix);
  }

  override read(key: string): Promise<Buffer | undefined> {
    this.reads.push(key);
    return super.read(key);
  }

  override create(
    key: string,
    body: Uint8Array,
    description: ObjectDescription = {},
  ): Promise<StoredObject | undefined> {
    this.creates.push({ key, description });
    return super.create(key, body);
  }

  override replace(key: string, body: Uint8Array): Promise<void> {
    this.replaces.push(key);
    return super.replace(key, body);
  }

  /** Clears the recorded calls. */
  forget(): void {
    for (const requested of [this.lists, this.reads, this.creates, this.replaces]) requested.length = 0;
  }
}
