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
 * The keys that the health monitor may access, for all sources at once: the bucket holds those of one deployment only, and a
 * role policy is too small for the separate keys of seven sources. None of them is an event.
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
  /** Its actions, in the audit log. */
  once: [AUDIT_ROOT],
  /** Its state, what it publishes, and the mutes that it ends. */
  again: [HEALTH_STATE_PREFIX, MUTES_PREFIX, HEALTH_PREFIX],
};
