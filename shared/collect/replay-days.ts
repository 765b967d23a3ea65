import pLimit from 'p-limit';
import * as z from 'zod';
import { keyInVersion } from '../contract/object-keys.ts';
import { ConfigurationError, CorruptObjectError } from '../errors.ts';
import type { Slice } from '../model/slice.ts';
import { type Format, MAPPING_VERSION, OCSF_VERSIONS, type OcsfVersion } from '../normalize/index.ts';
import { accountOf } from './state/pinned-account.ts';
import type { ObjectDescription, ObjectStore, StoredObject } from './ports.ts';
import { projectMissing, type ProjectionStore } from './log/projection.ts';
import { SliceLog } from './log/slice-log.ts';
import { jsonBytes, readJson } from './state/state-file.ts';
import { type SliceFilter, readStoreInventory } from './verify/store-inventory.ts';

/** The number of slices that are replayed concurrently. */
const CONCURRENCY = 4;

/** The name of a new version: `flat.v2/` for `v2`. */
export const ReplayLabelSchema = z
  .string()
  .regex(/^[a-z0-9]{1,16}$/, 'must be 1 to 16 lower-case letters and digits, such as "v2"');

export interface ReplayOptions extends SliceFilter {
  readonly label: string;
  readonly formats: readonly Format[];
  readonly ocsfVersion: OcsfVersion;
  readonly signal: AbortSignal;
}

/** The result of a replay for one source. */
export interface ReplayedSource {
  readonly source: string;
  readonly slices: number;
  readonly rows: number;
  readonly written: number;
  readonly damaged: number;
}

export interface ReplayReport {
  readonly slices: number;
  /** Raw objects and rows that were read. */
  readonly rawObjects: number;
  readonly rows: number;
  /** Objects that were written and did not exist before. */
  readonly written: number;
  /** The part of each source. */
  readonly sources: readonly ReplayedSource[];
  /** Days whose raw log can't be read. */
  readonly damaged: readonly { readonly slice: Slice; readonly message: string }[];
}

/**
 * Normalizes days again from their raw log, with the mapping of this release, into a new version beside the old one:
 * `flat.v2/…` beside `flat/…`, without calling Zoom. Repeating it adds what is missing and changes nothing. Throws
 * ConfigurationError for a label under which another mapping wrote.
 */
export const replayDays = async (store: ObjectStore, options: ReplayOptions): Promise<ReplayReport> => {
  const { label, formats, ocsfVersion, signal } = options;
  const version = new VersionStore(store, ReplayLabelSchema.parse(label));
  const { slices } = await readStoreInventory(store, options);
  for (const format of slices.length > 0 ? formats : []) await claimLabel(store, format, label, ocsfVersion);

  const limit = pLimit(CONCURRENCY);
  const replayed = await Promise.all(
    slices.map((slice) =>
      limit(async () => {
        signal.throwIfAborted();
        try {
          const accountId = await requireAccount(store, slice.source);
          const log = await SliceLog.open(store, slice);
          const written = await projectMissing(version, log, { formats, ocsfVersion, accountId });
          return {
            source: slice.source,
            rawObjects: log.objects.length,
            rows: log.rows,
            written,
            damaged: [],
          };
        } catch (error) {
          if (!(error instanceof CorruptObjectError)) throw error;
          return {
            source: slice.source,
            rawObjects: 0,
            rows: 0,
            written: 0,
            damaged: [{ slice, message: error.message }],
          };
        }
      }),
    ),
  );
  return {
    slices: slices.length,
    rawObjects: replayed.reduce((sum, { rawObjects }) => sum + rawObjects, 0),
    rows: replayed.reduce((sum, { rows }) => sum + rows, 0),
    written: replayed.reduce((sum, { written }) => sum + written, 0),
    sources: [...Map.groupBy(replayed, ({ source }) => source)].map(([source, ofSource]) => ({
      source,
      slices: ofSource.length,
      rows: ofSource.reduce((sum, { rows }) => sum + rows, 0),
      written: ofSource.reduce((sum, { written }) => sum + written, 0),
      damaged: ofSource.filter(({ damaged }) => damaged.length > 0).length,
    })),
    damaged: replayed.flatMap(({ damaged }) => damaged),
  };
};

const requireAccount = async (store: ObjectStore, source: string): Promise<string> => {
  const accountId = await accountOf(store, source);
  if (accountId !== undefined) return accountId;
  throw new ConfigurationError(
    'account-unknown',
    `The Zoom account of "${source}" is unknown, but every event needs it. Collect from the source once.`,
  );
};

/** The mapping of a version: the same for all of its objects. */
const VersionSchema = z.strictObject({ mapping: z.int(), ocsf: z.enum(OCSF_VERSIONS).optional() });

const versionKey = (format: Format, label: string): string => `_state/replays/${format}.${label}.json`;

/** Fixes the mapping of a label, or checks that it is the same. */
const claimLabel = async (
  store: ObjectStore,
  format: Format,
  label: string,
  ocsfVersion: OcsfVersion,
): Promise<void> => {
  const key = versionKey(format, label);
  const ours = { mapping: MAPPING_VERSION, ...(format === 'ocsf' && { ocsf: ocsfVersion }) };
  if (await store.create(key, jsonBytes(ours), {})) return;
  const theirs = await readJson(store, key, VersionSchema);
  if (theirs?.mapping === ours.mapping && theirs.ocsf === ours.ocsf) return;
  throw new ConfigurationError(
    'label-taken',
    `${format}.${label}/ was written with ${described(theirs)}, but this replay uses ${described(ours)}. ` +
      `Choose a new version with --into.`,
  );
};

const described = (version: z.infer<typeof VersionSchema> | undefined): string =>
  version === undefined
    ? 'an unknown mapping'
    : [`mapping ${version.mapping}`, version.ocsf && `OCSF ${version.ocsf}`].filter(Boolean).join(', ');

/** A store with the keys of one version of its projections: `flat/…` is `flat.v2/…` there. */
class VersionStore implements ProjectionStore {
  readonly #store: ProjectionStore;
  readonly #label: string;

  constructor(store: ProjectionStore, label: string) {
    this.#store = store;
    this.#label = label;
  }

  list(prefix: string): Promise<StoredObject[]> {
    return this.#store.list(this.#inVersion(prefix));
  }

  create(key: string, body: Uint8Array, description: ObjectDescription): Promise<StoredObject | undefined> {
    return this.#store.create(this.#inVersion(key), body, description);
  }

  #inVersion(key: string): string {
    return keyInVersion(key, this.#label);
  }
}
