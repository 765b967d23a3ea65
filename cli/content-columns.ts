import { type CollectionEvent, labelOf, type StoredFile } from '../shared/app/content-archive.ts';
import { formatBytes } from '../shared/model/format-bytes.ts';
import { instantColumn } from './event-columns.ts';
import type { Column } from './output/column.ts';

/** The state of a file in words: `held`, `failed (never-ready)`, `held, gone`. */
export const stateToText = ({ state, reason, gone, hidden, trashed }: StoredFile): string => {
  const left = trashed ? 'in trash' : gone ? 'gone' : undefined;
  return [reason === undefined ? state : `${state} (${reason})`, left, hidden ? 'hidden' : undefined]
    .filter((part) => part !== undefined)
    .join(', ');
};

/** The columns of a file. */
export const FILE_COLUMNS: readonly Column<StoredFile>[] = [
  { name: 'day', title: 'DAY', text: ({ day }) => day },
  {
    name: 'start',
    title: 'START',
    text: ({ start }) => start.slice(11, 16),
    value: ({ start }) => start,
    keep: 4,
  },
  {
    name: 'topic',
    title: 'TOPIC',
    text: ({ topic }) => topic,
    least: 16,
    weight: 3,
  },
  { name: 'host', title: 'HOST', text: ({ host }) => host, least: 12, keep: 2 },
  { name: 'type', title: 'TYPE', text: ({ type }) => type },
  { name: 'file', title: 'FILE', text: labelOf, least: 12, keep: 1 },
  {
    name: 'size',
    title: 'SIZE',
    text: ({ size }) => (size === undefined ? '' : formatBytes(size)),
    value: ({ size }) => size ?? '',
    align: 'right',
    keep: 3,
  },
  { name: 'state', title: 'STATE', text: stateToText, value: stateToText },
  { name: 'item', title: 'ITEM', text: ({ item }) => item, brief: { text: ({ item }) => item.slice(0, 8) } },
];

/** Columns that only CSV and other formats for machines have. */
export const ALL_FILE_COLUMNS: readonly Column<StoredFile>[] = [
  ...FILE_COLUMNS,
  { name: 'source', title: 'SOURCE', text: ({ source }) => source },
  { name: 'version', title: 'VERSION', text: ({ version }) => version },
  { name: 'meeting_uuid', title: 'MEETING', text: ({ uuid }) => uuid },
  { name: 'sha256', title: 'SHA-256', text: ({ sha256 = '' }) => sha256 },
  { name: 'key', title: 'KEY', text: ({ key = '' }) => key },
];

/** The columns of the collection log. */
export const COLLECTION_COLUMNS: readonly Column<CollectionEvent>[] = [
  instantColumn('WHEN (UTC)', 'time', ({ at }) => at),
  { name: 'source', title: 'SOURCE', text: ({ source }) => source, keep: 1 },
  { name: 'event', title: 'EVENT', text: ({ event }) => event },
  { name: 'day', title: 'DAY', text: ({ day }) => day, keep: 2 },
  { name: 'topic', title: 'TOPIC', text: ({ topic }) => topic, least: 12, keep: 3 },
  { name: 'type', title: 'TYPE', text: ({ type }) => type },
  { name: 'item', title: 'ITEM', text: ({ item }) => item, brief: { text: ({ item }) => item.slice(0, 8) } },
  { name: 'what', title: 'WHAT', text: ({ detail }) => detail, least: 24, weight: 3, lines: 3 },
];

/** The same with what only machines read. */
export const ALL_COLLECTION_COLUMNS: readonly Column<CollectionEvent>[] = [
  ...COLLECTION_COLUMNS,
  { name: 'version', title: 'VERSION', text: ({ version }) => version },
  { name: 'reason', title: 'REASON', text: ({ reason = '' }) => reason },
  {
    name: 'bytes',
    title: 'BYTES',
    text: ({ bytes = '' }) => String(bytes),
    value: ({ bytes = '' }) => bytes,
  },
  {
    name: 'requests',
    title: 'REQUESTS',
    text: ({ requests = '' }) => String(requests),
    value: ({ requests = '' }) => requests,
  },
  {
    name: 'resumed',
    title: 'RESUMED',
    text: ({ timesResumed = '' }) => String(timesResumed),
    value: ({ timesResumed = '' }) => timesResumed,
  },
  { name: 'sha256', title: 'SHA-256', text: ({ sha256 = '' }) => sha256 },
  { name: 'key', title: 'KEY', text: ({ key = '' }) => key },
  { name: 'meeting_uuid', title: 'MEETING', text: ({ uuid }) => uuid },
];
