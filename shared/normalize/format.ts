import type { Instant } from '../model/instant.ts';

/** The projections of the raw log, each switched on or off by the operator. */
export const FORMATS = ['flat', 'ocsf'] as const;
export type Format = (typeof FORMATS)[number];

/** The OCSF releases an event can be stamped with: the newest, and the one that Security Lake and old add-ons read. */
export const OCSF_VERSIONS = ['1.8.0', '1.1.0'] as const;
export type OcsfVersion = (typeof OCSF_VERSIONS)[number];

/**
 * The mapping that made a projection: `mapping_version` of a flat line, `unmapped.mapping_version` of an OCSF event.
 * Increased when a row would become another event, so that a replay writes new objects. Lines of version 1 do not have it.
 */
export const MAPPING_VERSION = 2;

/** The schema of a flat record, its `schema_version`. Increased when a field changes its meaning or its type. */
export const SCHEMA_VERSION = 1;

/** The origin of an event, in addition to its row. */
export interface Provenance {
  readonly eventId: string;
  /** When the row was committed to the raw log: the same for every collector and in every projection. */
  readonly ingestTime: Instant;
  /** Zoom's own id of the account. */
  readonly accountId: string;
}
