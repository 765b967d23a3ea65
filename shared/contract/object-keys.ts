import type { Day } from '../model/day.ts';
import type { AnySlice, Slice } from '../model/slice.ts';
import type { StreamName } from '../model/stream.ts';

/** `raw` is the log; the others are projections of it. */
export type Kind = 'raw' | 'flat' | 'ocsf' | 'rejected';

/** The two logs of a slice: what Zoom sent, and (for content) what was done with its files. */
export type LogRoot = 'raw' | 'custody';

/** Every root of numbered objects of a slice. */
export type ObjectRoot = Kind | LogRoot;

/** The most objects of a slice: the sequence has six digits so that key order is commit order. */
const SEQUENCE_DIGITS = 6;

const partition = ({ source, stream, day }: AnySlice, root: string): string =>
  `${root}/${stream}/source=${source}/dt=${day}/`;

/** The prefix of a slice's objects of one kind. */
export const slicePrefix = (kind: ObjectRoot, slice: AnySlice): string => partition(slice, kind);

/** `raw/operation/source=acme/dt=2026-11-20/operation_2026-11-20_000000.json.gz` */
export const objectKey = (kind: ObjectRoot, slice: AnySlice, sequence: number): string => {
  const number = String(sequence).padStart(SEQUENCE_DIGITS, '0');
  return `${slicePrefix(kind, slice)}${slice.stream}_${slice.day}_${number}.json.gz`;
};

/**
 * A whole key, from its root to its extension. Any writer of a bucket can create any key, so a key is ours only if every
 * character matches. A replay writes under `flat.v2` beside `flat`.
 */
const OBJECT_KEY =
  /^(?:raw|custody|flat|ocsf|rejected)(?:\.[a-z0-9]{1,16})?\/([a-z_]+)\/source=[a-z0-9-]{1,40}\/dt=(\d{4}-\d{2}-\d{2})\/\1_\2_(\d{6})\.json\.gz$/;
const LEDGER_KEY = /^ledger\/([a-z_]+)\/source=[a-z0-9-]{1,40}\/dt=(\d{4}-\d{2}-\d{2})\/\1_\2_(\d{6})\.json$/;

/** The sequence in an object's key; undefined for a key that is not ours. */
export const sequenceOf = (key: string): number | undefined => {
  const match = OBJECT_KEY.exec(key);
  return match ? Number(match[3]) : undefined;
};

/** Whether a key belongs to one of a slice's objects of one kind. */
export const isKeyOfSlice = (kind: ObjectRoot, slice: AnySlice, key: string): boolean => {
  const sequence = sequenceOf(key);
  return sequence !== undefined && objectKey(kind, slice, sequence) === key;
};

/** The day in the key of a slice's object or state; undefined for a key that goes below the day's folder. */
export const dayOfKey = (key: string): Day | undefined =>
  /\/dt=(\d{4}-\d{2}-\d{2})\/[^/]+$/.exec(key)?.[1] as Day | undefined;

/** The roots of the keys of a stream of a source. */
export type StreamRoot = ObjectRoot | 'ledger' | '_state/slices' | '_state/runs' | '_state/streams';

/** The prefix of all objects of one kind, source and stream. */
export const streamPrefix = (kind: StreamRoot, { source, stream }: Omit<AnySlice, 'day'>): string =>
  `${kind}/${stream}/source=${source}/`;

/** The first part of a key, with the slash that ends it: `flat/` for every object of that projection. */
export const keyRoot = (root: StreamRoot): string => `${root}/`;

/** The prefix of the native files of a slice. */
export const filesPrefix = (slice: AnySlice): string => partition(slice, 'files');

/** `files/recording/source=acme/dt=2026-11-20/9f2c41d07a5be613/03b7e1a2c4d5f697.mp4`: one version of one item. */
export const fileKey = (slice: AnySlice, item: string, version: string, extension: string): string =>
  `${filesPrefix(slice)}${item}/${version}.${extension}`;

const FILE_KEY =
  /^files\/([a-z_]+)\/source=[a-z0-9-]{1,40}\/dt=\d{4}-\d{2}-\d{2}\/([0-9a-f]{16})\/([0-9a-f]{16})\.([a-z0-9]{1,8})$/;

/** The item and the version in the key of a file; undefined for a key that is not ours. */
export const fileOfKey = (key: string): { item: string; version: string; extension: string } | undefined => {
  const [, , item, version, extension] = FILE_KEY.exec(key) ?? [];
  return item !== undefined && version !== undefined && extension !== undefined
    ? { item, version, extension }
    : undefined;
};

/** Which collector transfers which file of a slice at the moment. */
export const claimsKey = (slice: AnySlice): string => `${partition(slice, '_state/transfers')}claims.json`;

/** How far the listing of a range of days has come: see content/witnesses.ts. */
export const witnessesKey = ({ source, stream }: Omit<AnySlice, 'day'>, from: Day, to: Day): string =>
  `_state/witnesses/${stream}/source=${source}/${from}_${to}.json`;

/** The certificate of a collection with `once`. */
export const certificatePrefix = (source: string): string => `certificates/source=${source}/`;
export const certificateKey = (source: string, name: string): string =>
  `${certificatePrefix(source)}${name}.json`;

/** The small summary of a slice's last listings: see slice-state.ts. */
export const sliceStateKey = (slice: AnySlice): string => `${partition(slice, '_state/slices')}state.json`;

/** A cache of the rows in the log of a slice, so that it needn't be read again. */
export const manifestKey = (slice: AnySlice, log: LogRoot = 'raw'): string =>
  `${partition(slice, '_state/slices')}${log === 'raw' ? '' : 'custody-'}manifest`;

/** The properties of a source that are fixed once it was collected. */
export const SOURCES_PREFIX = '_state/sources/';
export const sourceKey = (source: string): string => `${SOURCES_PREFIX}${source}.json`;

/** How the last run of a stream ended. */
export const lastRunKey = ({ source, stream }: Omit<AnySlice, 'day'>): string =>
  `${streamPrefix('_state/runs', { source, stream })}last-run.json`;

/** The start and end of the last run from the command line or cron: see run-record.ts. */
export const runRecordKey = (source: string, kind: RunKind = 'log'): string =>
  `${RUNS_ROOT}source=${source}/${kind === 'log' ? '' : `${kind}-`}run.json`;

/** What a run collects: runs of the logs and of content may overlap, and each has a record of its own. */
export type RunKind = 'log' | 'content';

/** Every source that ever ran, even without success, has a key here. */
export const RUNS_ROOT = '_state/runs/';

/** The prefix of the ledger entries of a slice. */
export const ledgerPrefix = (slice: Pick<AnySlice, 'source' | 'stream' | 'day'>): string =>
  partition(slice, 'ledger');

/** `ledger/operation/source=acme/dt=2026-11-20/operation_2026-11-20_000000.json` */
export const ledgerKey = (slice: Pick<AnySlice, 'source' | 'stream' | 'day'>, revision: number): string =>
  `${ledgerPrefix(slice)}${slice.stream}_${slice.day}_${String(revision).padStart(SEQUENCE_DIGITS, '0')}.json`;

/** The revision in the key of an entry; undefined for a key that is not ours. */
export const ledgerRevisionOf = (key: string): number | undefined => {
  const match = LEDGER_KEY.exec(key);
  return match ? Number(match[3]) : undefined;
};

/** Up to when a source's streams are complete, for readers and alarms. */
export const WATERMARKS_PREFIX = 'watermark/';
export const watermarkKey = (source: string): string => `${WATERMARKS_PREFIX}source=${source}.json`;

/** A copy of the states of a stream's slices, in one object. */
export const statesKey = ({ source, stream }: Omit<AnySlice, 'day'>): string =>
  `${streamPrefix('_state/streams', { source, stream })}states.json`;

/** The people that the first run chose, where those who join later are not collected: see content/frozen-people.ts. */
export const frozenPeopleKey = (source: string): string => `_state/people/source=${source}.json`;

/** Holds: which content of which people a mirror must not hide. */
export const HOLDS_ROOT = 'holds/';
export const holdKey = (name: string): string => `${HOLDS_ROOT}${name}.json`;
export const holdReleaseKey = (name: string): string => `${HOLDS_ROOT}${name}.released.json`;

const HOLD_KEY = /^holds\/([a-z0-9-]{1,40})\.json$/;

/** The name in the key of a hold; undefined for that of its release, and for a key that is not ours. */
export const holdOfKey = (key: string): string | undefined => HOLD_KEY.exec(key)?.[1];

/** `mirror/source=acme/000000.json`: what an operator decided about the mirror of a source. */
export const mirrorDecisionsPrefix = (source: string): string => `mirror/source=${source}/`;
export const mirrorDecisionKey = (source: string, number: number): string =>
  `${mirrorDecisionsPrefix(source)}${String(number).padStart(SEQUENCE_DIGITS, '0')}.json`;

/** What the last run of a mirror found: a cache. */
export const mirrorStateKey = (source: string): string => `_state/mirror/source=${source}.json`;

/** Since which day a source is polled. */
export const POLLING_PREFIX = '_state/polling/';
export const pollingKey = (source: string): string => `${POLLING_PREFIX}source=${source}.json`;

/** How many requests a source has made today, and until when it must make none. */
export const BUDGET_PREFIX = '_state/budget/';
export const budgetKey = (source: string): string => `${BUDGET_PREFIX}source=${source}.json`;

/** The monitor's state of a source: see shared/monitor. */
export const HEALTH_STATE_PREFIX = '_state/health/';
export const healthStateKey = (source: string): string => `${HEALTH_STATE_PREFIX}source=${source}.json`;

/** The published health of a source. */
export const HEALTH_PREFIX = 'health/';
export const healthKey = (source: string): string => `${HEALTH_PREFIX}source=${source}.json`;

/** Mutes of alarms, by the alarm's name. */
export const MUTES_PREFIX = '_state/mutes/';

export const muteKey = (alarm: string): string => `${MUTES_PREFIX}${alarm}.json`;

/** The prefixes of the audit log, and of one source's. */
export const AUDIT_ROOT = 'audit/';
export const auditPrefix = (source: string): string => `${AUDIT_ROOT}source=${source}/`;

/** `audit/source=acme/dt=2026-11-20/20261120T093000123_connected_0a1b2c3d4e5f.jsonl`: as text in order of time. */
export const auditKey = (source: string, at: string, code: string, id: string): string =>
  `${auditPrefix(source)}dt=${at.slice(0, 10)}/${at.replaceAll(/[-:.Z]/g, '')}_${code}_${id}.jsonl`;

/** The code in the key of an audit line. */
export const codeOfKey = (key: string): string | undefined =>
  /_([a-z0-9-]+)_[0-9a-f]{12}\.jsonl$/.exec(key)?.[1];

/** The source in the key of an object. */
export const sourceOfKey = (key: string): string | undefined => /(?:^|\/)source=([^/]+)\//.exec(key)?.[1];

/** When something that is reported only once was first seen. */
export const seenPrefix = (source: string): string => `_state/seen/source=${source}/`;
export const seenKey = (source: string, code: string, id: string): string =>
  `${seenPrefix(source)}${code}_${id}.json`;

/** The configuration that a source's poller last ran with. */
export const configurationKey = (source: string): string => `_state/configuration/source=${source}.json`;

/** The root of all files that compaction writes. */
export const CURATED = 'curated';

const REVISION_DIGITS = 6;

/** The prefix of the files of all days of a stream. */
export const curatedStreamPrefix = ({ source, stream }: { source: string; stream: StreamName }): string =>
  `${CURATED}/${stream}/source=${source}/`;

/** `curated/operation/source=acme/dt=2026-11-20/operation_2026-11-20_000001.parquet`: the day as of a ledger revision. */
export const curatedKey = (slice: Slice, revision: number): string =>
  `${curatedStreamPrefix(slice)}dt=${slice.day}/${slice.stream}_${slice.day}_${String(revision).padStart(REVISION_DIGITS, '0')}.parquet`;

const CURATED_KEY =
  /^curated\/([a-z]+)\/source=[a-z0-9-]{1,40}\/dt=(\d{4}-\d{2}-\d{2})\/\1_\2_(\d{6})\.parquet$/;

/** The ledger revision in the key of a file; undefined for a key that is not ours. */
export const curatedRevisionOf = (key: string): number | undefined => {
  const match = CURATED_KEY.exec(key);
  return match ? Number(match[3]) : undefined;
};

/** A key of a projection in the version that a replay wrote: `flat/…` is `flat.v2/…` for `v2`. The key itself without a label. */
export const keyInVersion = (key: string, label: string | undefined): string =>
  label === undefined ? key : key.replace('/', `.${label}/`);

/** The key of the same projection in the delivered version. */
export const keyOfDelivered = (key: string, label: string | undefined): string =>
  label === undefined ? key : key.replace(`.${label}/`, '/');
