import type { Violate } from '../../invariants/invariant-violation.ts';
import type { Process } from '../../scheduler.ts';
import type { CompanyTruth } from './company-truth.ts';
import type { Conclusion, CollectedObjects, CollectedSlice } from './collected-objects.ts';

/** Whether what was concluded about files that left Zoom, and came back, is true. */
export class Departures {
  readonly #collected: CollectedObjects;
  readonly #truth: CompanyTruth;
  readonly #startedAt: (process: Process) => number;
  readonly #violate: Violate;

  constructor(
    collected: CollectedObjects,
    truth: CompanyTruth,
    startedAt: (process: Process) => number,
    violate: Violate,
  ) {
    this.#collected = collected;
    this.#truth = truth;
    this.#startedAt = startedAt;
    this.#violate = violate;
  }

  /** `gone` needs a file that was in the trash or away while the run listed it. */
  concluded({ day }: CollectedSlice, { row, by }: Conclusion): void {
    if (row.state !== 'gone') return;
    const [version] = this.#versionsOf(row.item);
    if (!version || this.#truth.hadLeft(version.key, this.#startedAt(by))) return;
    this.#violate(
      'gone-has-left',
      `${day}: ${by.name} concluded from ${JSON.stringify(row.evidence)} that the ${version.fileType} file ${version.fileId ?? ''} of ${version.uuid} has left Zoom, where it was all the time`,
    );
  }

  /** At the end, after whole listings: what is at Zoom is not gone, and what is away is. */
  complete(): void {
    for (const { day, custody } of this.#collected.recordings) {
      const items = new Set(custody.map(({ row }) => row.item));
      for (const item of items) {
        const isGone = isGoneBy(custody, item);
        const version = this.#versionsOf(item).at(-1);
        if (!version) continue;
        const isAway = version.state === 'trashed' || version.state === 'purged';
        const what = `${day}: the ${version.fileType} file ${version.fileId ?? ''} of ${version.uuid}`;
        if (isGone && this.#truth.reachable.includes(version)) {
          this.#violate('back-is-noted', `${what} is at Zoom, and is concluded to be gone`);
        }
        if (!isGone && isAway && !version.participantAudio) {
          this.#violate('gone-is-noted', `${what} has left Zoom (${version.state}), and nothing says so`);
        }
      }
    }
  }

  #versionsOf(item: string): ReturnType<CompanyTruth['versionsOf']> {
    const listed = this.#collected.items.get(item);
    return listed ? this.#truth.versionsOf(listed) : [];
  }
}

/** Whether an item was concluded to be gone oftener than to be back. */
export const isGoneBy = (custody: readonly Conclusion[], item: string): boolean => {
  const last = (state: string): number =>
    custody.reduce(
      (most, { row }) =>
        row.item === item && row.state === state && 'ordinal' in row ? Math.max(most, row.ordinal) : most,
      0,
    );
  return last('gone') > last('back');
};
