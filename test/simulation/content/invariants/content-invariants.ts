import type { ContentWorld } from '../content-world.ts';
import { CompanyTruth } from './company-truth.ts';
import { Costs } from './costs.ts';
import { Departures } from './departures.ts';
import { type CreatedObject, CollectedObjects, keyParts } from './collected-objects.ts';
import { FileActivities } from './file-activities.ts';
import { HeldFiles } from './held-files.ts';
import { LedgerEntries } from './ledger-entries.ts';
import { ListedRows } from './listed-rows.ts';

/** The invariants of a content world. */
export class ContentInvariants {
  readonly truth: CompanyTruth;
  readonly #world: ContentWorld;
  readonly #collected = new CollectedObjects();
  readonly #heldFiles: HeldFiles;
  readonly #departures: Departures;
  readonly #listedRows: ListedRows;
  readonly #ledgerEntries: LedgerEntries;
  readonly #fileActivities: FileActivities;
  readonly #costs: Costs;
  #created: CreatedObject[] = [];

  constructor(world: ContentWorld) {
    const { zoom, scheduler, bucket, plan, violate } = world;
    this.#world = world;
    this.truth = new CompanyTruth(zoom.control, () => scheduler.now);
    this.#heldFiles = new HeldFiles(this.#collected, this.truth, violate);
    this.#departures = new Departures(this.#collected, this.truth, world.startedAt, violate);
    this.#listedRows = new ListedRows(this.#collected, this.truth, plan, violate);
    this.#ledgerEntries = new LedgerEntries(this.#collected, bucket, violate);
    this.#fileActivities = new FileActivities(this.#collected, violate);
    this.#costs = new Costs(this.#collected, this.truth, zoom, violate);
  }

  created(object: CreatedObject): void {
    if (!keyParts(object.key)) this.#world.violate('known-keys', `${object.key} is not a key of content`);
    this.#created.push(object);
  }

  /** Checks what was created since the last check, in its order. */
  async check(): Promise<void> {
    this.truth.look();
    const created = this.#created;
    this.#created = [];
    for (const object of created) {
      const fresh = await this.#collected.add(object);
      if (!fresh) continue;
      for (const row of fresh.raw) this.#listedRows.listed(fresh.slice, row);
      for (const row of fresh.custody) {
        this.#heldFiles.concluded(fresh.slice, row);
        this.#departures.concluded(fresh.slice, row);
      }
      const root = keyParts(object.key)?.root;
      if (root === 'files') await this.#heldFiles.stored(object);
      if (root === 'ledger') {
        this.#ledgerEntries.published(object);
        await this.#confirmed(object);
      }
      if (root === 'ocsf') this.#fileActivities.published(object);
    }
  }

  /** Without faults, a confirmed day has everything. */
  async #confirmed({ key, body, by }: CreatedObject): Promise<void> {
    const { confirmed_at: at } = JSON.parse(body.toString('utf8')) as { confirmed_at?: string };
    const place = keyParts(key);
    if (at === undefined || place?.stream !== 'recording' || this.#world.plan.faults.length > 0) return;
    await this.#heldFiles.confirmed(place.day, this.#world.startedAt(by));
  }

  /** Checks everything, after quiet runs. */
  async complete(today: string): Promise<void> {
    const { days, streams, disturbances, uploads, endedInOrder } = this.#world;
    const ofFiles = new Set<string>(days);
    await this.#heldFiles.complete(ofFiles);
    this.#departures.complete();
    this.#listedRows.complete(ofFiles, today, streams.includes('meeting'));
    this.#ledgerEntries.complete(
      streams.filter((stream) => stream !== 'person'),
      days,
    );
    this.#fileActivities.complete();
    await this.#costs.complete(disturbances);
    this.#costs.uploads(uploads, endedInOrder);
  }
}
