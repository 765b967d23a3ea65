import * as z from 'zod';
import { readJson, writeJson } from '../collect/state/state-file.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { witnessesKey } from '../contract/object-keys.ts';
import type { ContentStreamName } from '../model/content-stream.ts';
import type { Day } from '../model/day.ts';

/** One unit, such as the recordings of a host over a range of days, that was read whole. */
const WitnessSchema = z.object({
  beganAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  rows: z.int(),
  total: z.int().optional(),
});
export type Witness = z.infer<typeof WitnessSchema>;

const WitnessSetSchema = z.object({
  beganAt: z.iso.datetime(),
  units: z.record(z.string(), WitnessSchema),
});

/**
 * The witnesses of one listing of a range of days, unit by unit. A slice was read whole when every unit of its range has a witness
 * of the same listing. A listing that was broken off continues with the units that have none.
 */
export class WitnessSet {
  readonly #store: ObjectStore;
  readonly #key: string;
  readonly beganAt: Date;
  /** Whether an earlier run has listed some of the units. */
  readonly isContinued: boolean;
  readonly #units: Map<string, Witness>;

  private constructor(store: ObjectStore, key: string, beganAt: Date, units: Map<string, Witness>) {
    this.#store = store;
    this.#key = key;
    this.beganAt = beganAt;
    this.#units = units;
    this.isContinued = units.size > 0;
  }

  /** Continues the listing that was begun since `notBefore` and is not complete, or begins a new one. */
  static async open(
    store: ObjectStore,
    subject: { readonly source: string; readonly stream: ContentStreamName },
    { from, to }: { readonly from: Day; readonly to: Day },
    now: Date,
    notBefore: Date,
  ): Promise<WitnessSet> {
    const key = witnessesKey(subject, from, to);
    const stored = await readJson(store, key, WitnessSetSchema);
    const continues = stored && new Date(stored.beganAt) >= notBefore;
    return continues
      ? new WitnessSet(store, key, new Date(stored.beganAt), new Map(Object.entries(stored.units)))
      : new WitnessSet(store, key, now, new Map());
  }

  has(unit: string): boolean {
    return this.#units.has(unit);
  }

  add(unit: string, witness: Witness): void {
    this.#units.set(unit, witness);
  }

  get size(): number {
    return this.#units.size;
  }

  get rows(): number {
    return [...this.#units.values()].reduce((sum, { rows }) => sum + rows, 0);
  }

  /** When the last unit was read. */
  get endedAt(): Date {
    const times = [...this.#units.values()].map(({ endedAt }) => endedAt).sort();
    return new Date(times.at(-1) ?? this.beganAt);
  }

  /** Stores the witnesses. Call it only after their rows are committed. */
  async save(): Promise<void> {
    await writeJson(this.#store, this.#key, {
      beganAt: this.beganAt.toISOString(),
      units: Object.fromEntries(this.#units),
    });
  }

  /** Ends the listing: the next one begins with no witnesses. */
  async close(): Promise<void> {
    await writeJson(this.#store, this.#key, { beganAt: new Date(0).toISOString(), units: {} });
  }
}
