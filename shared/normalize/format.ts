/** The projections of the raw log, each switched on or off by the operator. */
export const FORMATS = ['flat', 'ocsf'] as const;
export type Format = (typeof FORMATS)[number];

/** The OCSF releases an event can be stamped with: the newest, and the one that Security Lake and old add-ons read. */
export const OCSF_VERSIONS = ['1.8.0', '1.1.0'] as const;
export type OcsfVersion = (typeof OCSF_VERSIONS)[number];
