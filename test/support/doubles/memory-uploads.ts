import { hash } from 'node:crypto';
import type { StoredObject } from '../../../shared/collect/ports.ts';
import {
  assertWholeSequence,
  type OpenUpload,
  type Part,
  PartMismatchError,
  type Upload,
  UploadMissingError,
} from '../../../shared/content/ports.ts';

interface StoredPart extends Part {
  readonly body: Buffer;
}

/** Where the objects of completed uploads go. */
interface Objects {
  read(key: string): Promise<Buffer | undefined>;
  create(key: string, body: Uint8Array): Promise<StoredObject | undefined>;
}

/** The uploads of a store in memory. They begin at one moment, in the order of their ids. */
export class MemoryUploads {
  readonly #objects: Objects;
  readonly #begunAt: Date;
  readonly #uploads = new Map<string, { readonly key: string; readonly parts: Map<number, StoredPart> }>();
  #begun = 0;

  constructor(objects: Objects, begunAt: Date) {
    this.#objects = objects;
    this.#begunAt = begunAt;
  }

  begin(key: string): Upload {
    this.#begun += 1;
    const id = String(this.#begun).padStart(8, '0');
    this.#uploads.set(id, { key, parts: new Map() });
    return { key, id };
  }

  putPart(upload: Upload, number: number, body: Uint8Array): Part {
    const parts = this.#partsOf(upload);
    if (!parts) throw new UploadMissingError(upload);
    const part = { number, bytes: body.byteLength, sha256: hash('sha256', body, 'hex') };
    parts.set(number, { ...part, body: Buffer.from(body) });
    return part;
  }

  partsOf(upload: Upload): readonly Part[] | undefined {
    const parts = this.#partsOf(upload);
    return (
      parts &&
      [...parts.values()]
        .map(({ number, bytes, sha256 }) => ({ number, bytes, sha256 }))
        .sort((a, b) => a.number - b.number)
    );
  }

  async complete(upload: Upload, parts: readonly Part[]): Promise<StoredObject | undefined> {
    assertWholeSequence(parts);
    const stored = this.#partsOf(upload);
    if (!stored) {
      if ((await this.#objects.read(upload.key)) === undefined) throw new UploadMissingError(upload);
      return undefined;
    }
    const bodies = parts.map(({ number, bytes, sha256 }) => {
      const part = stored.get(number);
      if (part?.bytes === bytes && part.sha256 === sha256) return part.body;
      throw new PartMismatchError(upload, `part ${number} is not stored with these bytes`);
    });
    const created = await this.#objects.create(upload.key, Buffer.concat(bodies));
    if (created) this.#uploads.delete(upload.id);
    return created;
  }

  abort(upload: Upload): void {
    if (this.#partsOf(upload)) this.#uploads.delete(upload.id);
  }

  open(prefix: string): readonly OpenUpload[] {
    return [...this.#uploads]
      .filter(([, { key }]) => key.startsWith(prefix))
      .map(([id, { key }]) => ({ key, id, begunAt: this.#begunAt }))
      .sort((a, b) => (a.key === b.key ? (a.id < b.id ? -1 : 1) : a.key < b.key ? -1 : 1));
  }

  #partsOf({ key, id }: Upload): Map<number, StoredPart> | undefined {
    const upload = this.#uploads.get(id);
    return upload?.key === key ? upload.parts : undefined;
  }
}
