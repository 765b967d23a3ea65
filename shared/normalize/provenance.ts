import type { Instant } from '../model/instant.ts';

/** Where an event came from, beside its row. */
export interface Provenance {
  readonly eventId: string;
  /** When the row was committed to the raw log: the same whoever projects it, and however often. */
  readonly ingestTime: Instant;
  /** Zoom's own id of the account. */
  readonly accountId: string;
}
