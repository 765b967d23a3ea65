import {
  AUDIT_ROOT,
  BUDGET_PREFIX,
  HEALTH_PREFIX,
  HEALTH_STATE_PREFIX,
  keyRoot,
  MUTES_PREFIX,
  POLLING_PREFIX,
  RUNS_ROOT,
  SOURCES_PREFIX,
  WATERMARKS_PREFIX,
} from '../shared/contract/object-keys.ts';
import type { SourceKeys } from './source-keys.ts';

/**
 * What the health monitor may touch, of all sources at once: the bucket holds those of one deployment only, and a role has no
 * room for the keys of seven sources, one by one. None of them is an event.
 */
export const MONITOR_KEYS: SourceKeys = {
  read: [
    keyRoot('_state/slices'),
    RUNS_ROOT,
    keyRoot('_state/streams'),
    POLLING_PREFIX,
    BUDGET_PREFIX,
    SOURCES_PREFIX,
    WATERMARKS_PREFIX,
  ],
  /** What it did, in the collector's own audit log. */
  once: [AUDIT_ROOT],
  /** What it remembers, what it publishes, and the mutes that it ends. */
  again: [HEALTH_STATE_PREFIX, MUTES_PREFIX, HEALTH_PREFIX],
};
