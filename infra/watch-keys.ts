import type { SourceKeys } from './source-keys.ts';

/**
 * What the watch may touch, of all sources at once: the bucket has those of one deployment only, and a role has no room for the
 * keys of seven, one by one. Nothing of it is an event.
 */
export const WATCH_KEYS: SourceKeys = {
  read: [
    '_state/slices/',
    '_state/runs/',
    '_state/streams/',
    '_state/polling/',
    '_state/budget/',
    '_state/sources/',
    'watermark/',
  ],
  /** What it did, in the collector's own audit log. */
  once: ['audit/'],
  /** What it remembers, what it publishes, and the mutes that it ends. */
  again: ['_state/health/', '_state/mutes/', 'health/'],
};
