import type { ContentSlice } from '../model/slice.ts';
import type { CustodyRow } from './custody-row.ts';
import type { ListedFile } from './listed-file.ts';
import type { TransferResult } from './transfer.ts';

/** A slice of a stream that has files. */
export type FileSlice = ContentSlice;

/** The totals of fetching. */
export interface FetchReport {
  readonly held: number;
  readonly sameAs: number;
  readonly bytes: number;
  readonly failed: readonly FailedFile[];
  /** Files that are not ready at Zoom yet. */
  readonly processing: number;
  readonly skipped: number;
}

export const NO_FILES: FetchReport = {
  held: 0,
  sameAs: 0,
  bytes: 0,
  failed: [],
  processing: 0,
  skipped: 0,
};

export const addReports = (a: FetchReport, b: FetchReport): FetchReport => ({
  held: a.held + b.held,
  sameAs: a.sameAs + b.sameAs,
  bytes: a.bytes + b.bytes,
  failed: [...a.failed, ...b.failed],
  processing: a.processing + b.processing,
  skipped: a.skipped + b.skipped,
});

/** A file that could not be fetched in this run. */
export interface FailedFile {
  readonly slice: FileSlice;
  readonly file: ListedFile;
  readonly reason: string;
  readonly message: string;
  readonly final: boolean;
}

/** Adds up what a run fetches. */
export class FetchTotals {
  processing = 0;
  skipped = 0;
  #held = 0;
  #sameAs = 0;
  #bytes = 0;
  readonly #failed: FailedFile[] = [];
  readonly #failedVersions = new Set<string>();

  hasFailed(version: string): boolean {
    return this.#failedVersions.has(version);
  }

  add(
    slice: FileSlice,
    file: ListedFile,
    result: Exclude<TransferResult, { state: 'replaced' }>,
    row: CustodyRow | undefined,
  ): void {
    if (result.state === 'held') this.#held += 1;
    if (result.state === 'same-as') this.#sameAs += 1;
    if ('bytes' in result) this.#bytes += result.bytes;
    if (result.state === 'failed') {
      const { reason, message } = result;
      this.#failedVersions.add(file.version);
      this.#failed.push({ slice, file, reason, message, final: row?.state === 'failed' && row.final });
    }
  }

  report(): FetchReport {
    return {
      held: this.#held,
      sameAs: this.#sameAs,
      bytes: this.#bytes,
      failed: this.#failed,
      processing: this.processing,
      skipped: this.skipped,
    };
  }
}
