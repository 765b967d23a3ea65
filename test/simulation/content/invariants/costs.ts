import type { Violate } from '../../invariants/invariant-violation.ts';
import type { Process } from '../../scheduler.ts';
import type { ContentZoom } from '../content-zoom.ts';
import type { SimulatedUploads } from '../simulated-uploads.ts';
import type { CompanyTruth } from './company-truth.ts';
import type { CollectedObjects } from './collected-objects.ts';

/** What the world did to the collectors so far: each may cost one more transfer of a file. */
export interface Disturbances {
  /** Kills, stalls, time limits, failed calls, lost states. */
  readonly ofProcesses: number;
  readonly ofZoom: number;
}

/** A file that is shorter than the first bytes of its type must arrive so often with the same bytes. */
const TIMES_IF_CONTRADICTED = 3;
const LEAST_OF_TYPE = 40;

/** The first bytes with which a held file is compared before its day is confirmed: all of a smaller one. */
const PROBED_BYTES = 16;

/** Whether requests and parts are spent only where something explains it. */
export class Costs {
  readonly #collected: CollectedObjects;
  readonly #truth: CompanyTruth;
  readonly #zoom: ContentZoom;
  readonly #violate: Violate;

  constructor(collected: CollectedObjects, truth: CompanyTruth, zoom: ContentZoom, violate: Violate) {
    this.#collected = collected;
    this.#truth = truth;
    this.#zoom = zoom;
    this.#violate = violate;
  }

  /** A version is read whole once for each line of custody about its bytes, and once more for each disturbance. */
  async complete({ ofProcesses, ofZoom }: Disturbances): Promise<void> {
    const lines = new Map<string, number>();
    for (const { custody } of this.#collected.recordings) {
      for (const { row } of custody) {
        if (row.state !== 'held' && row.state !== 'same-as') continue;
        const key = this.#keyOf(row.item);
        lines.set(`${key} ${row.sha256}`, (lines.get(`${key} ${row.sha256}`) ?? 0) + 1);
      }
    }
    for (const { key, version, whole } of this.#zoom.control.downloads()) {
      const file = this.#truth.now.files.find((one) => one.key === key && one.version === version);
      if (!file) continue;
      const lineCount = lines.get(`${key} ${await file.sha256()}`) ?? 0;
      const allowed =
        lineCount +
        (file.bytes < LEAST_OF_TYPE ? TIMES_IF_CONTRADICTED - 1 : 0) +
        (file.bytes <= PROBED_BYTES ? 1 : 0);
      if (whole > Math.max(1, allowed) + ofProcesses + ofZoom) {
        this.#violate(
          'fetched-once',
          `version ${version} of ${file.fileId ?? file.fileType} of ${file.startDay} was read whole ${whole} times; custody explains ${allowed}, and there were ${ofProcesses} and ${ofZoom} disturbances`,
        );
      }
    }
  }

  /** At the end, an upload is left over only if its collector did not end in order; it is listed, and can be removed. */
  uploads(uploads: SimulatedUploads, endedInOrder: (process: Process) => boolean): void {
    const prefix = 'files/recording/source=acme/';
    for (const upload of uploads.list(prefix)) {
      if (endedInOrder(upload.by)) {
        this.#violate(
          'no-upload-left',
          `${upload.by.name} ended in order and left an upload of ${upload.key}`,
        );
      }
      uploads.abort(upload);
    }
    if (uploads.list('').length > 0) this.#violate('no-upload-left', 'an upload cannot be removed');
  }

  #keyOf(item: string): string {
    const listed = this.#collected.items.get(item);
    return (listed && this.#truth.versionsOf(listed)[0]?.key) ?? '';
  }
}
