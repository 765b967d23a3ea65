import { hash } from 'node:crypto';
import { fileOfKey } from '../../../../shared/contract/object-keys.ts';
import type { Violate } from '../../invariants/invariant-violation.ts';
import type { CompanyTruth } from './company-truth.ts';
import type { Conclusion, CreatedObject, CollectedObjects, CollectedSlice } from './collected-objects.ts';

/** Whether every stored file is a true version, and every line about one is right. */
export class HeldFiles {
  readonly #collected: CollectedObjects;
  readonly #truth: CompanyTruth;
  readonly #violate: Violate;

  constructor(collected: CollectedObjects, truth: CompanyTruth, violate: Violate) {
    this.#collected = collected;
    this.#truth = truth;
    this.#violate = violate;
  }

  /** A stored file is one whole version of its item: no mixture, no page, no part. */
  async stored({ key, body }: CreatedObject): Promise<void> {
    const { item = '' } = fileOfKey(key) ?? {};
    const listed = this.#collected.items.get(item);
    if (!listed) {
      this.#violate('known-files', `${key} is of no file that was listed`);
      return;
    }
    const sha256 = hash('sha256', body, 'hex');
    const versions = this.#truth.versionsOf(listed);
    for (const version of versions) if ((await version.sha256()) === sha256) return;
    const lengths = versions.map(({ bytes }) => bytes).join(', ');
    this.#violate(
      'true-bytes',
      `${key} (${listed.fileType}) has ${body.length} bytes that no version has: they have ${lengths || 'none'}; it begins with ${JSON.stringify(body.subarray(0, 40).toString('latin1'))}`,
    );
  }

  /** A line about held bytes names the object or the version that has them. */
  concluded(slice: CollectedSlice, { row }: Conclusion): void {
    if (row.state === 'held') {
      const object = this.#collected.files.get(row.key);
      if (object?.body.length === row.bytes && hash('sha256', object.body, 'hex') === row.sha256) return;
      this.#violate(
        'held-is-stored',
        `${slice.day}: a line says that ${row.key} has ${row.bytes} bytes, SHA-256 ${row.sha256}`,
      );
    }
    if (row.state === 'same-as') {
      const isHeld = slice.custody.some(
        ({ row: other }) =>
          other.state === 'held' &&
          other.item === row.item &&
          other.version === row.same_as &&
          other.sha256 === row.sha256,
      );
      if (!isHeld) this.#violate('same-as-is-held', `${slice.day}: ${JSON.stringify(row)}`);
    }
  }

  /** A day that a run confirms without any fault has what the file host sent when it began, whether a list shows it or not. */
  async confirmed(day: string, startedAt: number): Promise<void> {
    const { custody } = this.#collected.slice('recording', day);
    for (const file of this.#truth.reachable) {
      if (file.startDay !== day || !this.#truth.wasOffered(file, startedAt)) continue;
      const sha256 = await file.sha256();
      const isHeld = custody.some(
        ({ row }) => 'sha256' in row && row.sha256 === sha256 && this.#isOf(row.item, file),
      );
      if (!isHeld) {
        this.#violate(
          'confirmed-is-compared',
          `${day} is confirmed without version ${file.version} of the ${file.fileType} file ${file.fileId ?? '(without id)'}`,
        );
      }
    }
  }

  /** At the end: what can be downloaded is held, once. Versions that no list tells apart count as one. */
  async complete(days: ReadonlySet<string>): Promise<void> {
    for (const file of this.#truth.reachable) {
      if (!days.has(file.startDay)) continue;
      const wanted = new Set<string>();
      for (const other of this.#truth.now.files) {
        // A list shows a new version by its size, which a file without an id has not.
        const isAlike = other.key === file.key && (file.fileId === null || other.bytes === file.bytes);
        if (isAlike) wanted.add(await other.sha256());
      }
      const { custody } = this.#collected.slice('recording', file.startDay);
      const isHeld = custody.some(
        ({ row }) => row.state === 'held' && wanted.has(row.sha256) && this.#isOf(row.item, file),
      );
      if (!isHeld) {
        this.#violate(
          'never-lost',
          `version ${file.version} of the ${file.fileType} file ${file.fileId ?? '(without id)'} of ${file.startDay} (${file.uuid}) is not held`,
        );
      }
    }
    for (const { day, custody } of this.#collected.recordings) {
      const seen = new Set<string>();
      for (const { row } of custody) {
        if (row.state !== 'held') continue;
        const name = `${row.item} ${row.sha256}`;
        if (seen.has(name)) this.#violate('held-once', `${day}: two objects have the bytes of ${row.key}`);
        seen.add(name);
      }
    }
  }

  #isOf(item: string, { key }: { readonly key: string }): boolean {
    const listed = this.#collected.items.get(item);
    return listed !== undefined && this.#truth.versionsOf(listed).some((version) => version.key === key);
  }
}
