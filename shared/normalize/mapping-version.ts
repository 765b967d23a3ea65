/**
 * Which mapping made a projection: `mapping_version` of a flat line, `unmapped.mapping_version` of an OCSF event. Raised when
 * a row would become another event, so that a replay writes anew. Lines of version 1 do not name it.
 */
export const MAPPING_VERSION = 2;

/** The shape of a flat record, `schema_version` in it. Raised when a field changes its meaning or its type. */
export const SCHEMA_VERSION = 1;
