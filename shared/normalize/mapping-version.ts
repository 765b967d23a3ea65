/** Which mapping made a projection. Raised when a row would become another event, so that a replay writes anew. */
export const MAPPING_VERSION = 1;

/** The shape of a flat record, `schema_version` in it. Raised when a field changes its meaning or its type. */
export const SCHEMA_VERSION = 1;
