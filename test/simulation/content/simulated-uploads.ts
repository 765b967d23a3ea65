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
import type { Process } from '../scheduler.ts';
import type { Bucket } from '../simulated-store.ts';

interface Open {
  readonly key: string;
  readonly begunAt: Date;
  readonly by: Process;
  readonly parts: Map<number, Part & { readonly body: Buffer }>;
}

/** The multipart uploads of a bucket, as S3 has them: an upload that did not become its object stays until it is aborted. */
export class SimulatedUploads {
  readonly #bucket: Bucket;
  readonly #open = new Map<string, Open>();
  #begun = 0;

  constructor(bucket: Bucket) {
    this.#bucket = bucket;
  }

  begin(key: string, by: Process, now: number): Upload {
    this.#begun += 1;
    const id = `upload-${this.#begun}`;
    this.#open.set(id, { key, by, begunAt: new Date(now), parts: new Map() });
    return { key, id };
  }

  putPart(upload: Upload, number: number, body: Uint8Array): Part {
    const parts = this.#of(upload)?.parts;
    if (!parts) throw new UploadMissingError(upload);
    const part = { number, bytes: body.byteLength, sha256: hash('sha256', body, 'hex') };
    parts.set(number, { ...part, body: Buffer.from(body) });
    return part;
  }

  partsOf(upload: Upload): Part[] | undefined {
    const parts = this.#of(upload)?.parts;
    return (
      parts &&
      [...parts.values()]
        .map(({ number, bytes, sha256 }) => ({ number, bytes, sha256 }))
        .sort((a, b) => a.number - b.number)
    );
  }

  complete(
    upload: Upload,
    parts: readonly Part[],
    created: (body: Buffer) => void,
  ): StoredObject | undefined {
    assertWholeSequence(parts);
    const open = this.#of(upload);
    if (!open) {
      if (this.#bucket.read(upload.key)) return undefined;
      throw new UploadMissingError(upload);
    }
    const bodies = parts.map(({ number, bytes, sha256 }) => {
      const part = open.parts.get(number);
      if (part?.bytes === bytes && part.sha256 === sha256) return part.body;
      throw new PartMismatchError(upload, `part ${number} is not stored with these bytes`);
    });
    if (this.#bucket.read(upload.key)) return undefined;
    this.#open.delete(upload.id);
    const body = Buffer.concat(bodies);
    const stored = this.#bucket.put(upload.key, body);
    created(body);
    return stored;
  }

  abort(upload: Upload): void {
    if (this.#of(upload)) this.#open.delete(upload.id);
  }

  list(prefix: string): (OpenUpload & { readonly by: Process })[] {
    return [...this.#open]
      .filter(([, { key }]) => key.startsWith(prefix))
      .map(([id, { key, begunAt, by }]) => ({ key, id, begunAt, by }));
  }

  #of({ key, id }: Upload): Open | undefined {
    const open = this.#open.get(id);
    return open?.key === key ? open : undefined;
  }
}
