import { readAudit } from '../audit/read-audit.ts';
import {
  budgetKey,
  lastRunKey,
  pollingKey,
  sourceKey,
  statesKey,
  streamPrefix,
  watermarkKey,
} from '../contract/object-keys.ts';
import { accountOf } from '../collect/state/pinned-account.ts';
import type { Clock, ErasableStore, ObjectStore } from '../collect/ports.ts';
import { ConfigurationError } from '../errors.ts';
import { STREAM_NAMES } from '../model/stream.ts';
import type { SecretStore } from './ports.ts';

/** A poller of a deployment runs no longer than this: see infra/constructs/zoom-source.ts. */
const LONGEST_POLL_MS = 5 * 60_000;

const DELIVERED = ['raw', 'flat', 'ocsf', 'rejected', 'ledger'] as const;

/** Where a source keeps its tie to a Zoom account. A folder has no secret. */
export interface TiedSource {
  readonly source: { readonly name: string };
  readonly store: ErasableStore;
  readonly secrets?: SecretStore;
}

/** What forgetting an account removes. */
export interface ForgetPlan {
  /** Undefined if the source is tied to no account. */
  readonly accountId: string | undefined;
  /** What was remembered of reading that account; the tie itself comes last. */
  readonly keys: readonly string[];
  /** Whether the secret still holds credentials or a grant. */
  readonly connected: boolean;
}

/**
 * Says what forgetting a source's account would remove. Throws ConfigurationError if anything of that account was collected: its
 * events bear the source's name and would be mixed with another company's.
 */
export const planForgetting = async ({ source, store, secrets }: TiedSource): Promise<ForgetPlan> => {
  const { name } = source;
  const secret = (await secrets?.read())?.secret ?? {};
  const accountId = secret.accountId ?? (await accountOf(store, name));
  for (const stream of STREAM_NAMES) {
    for (const kind of DELIVERED) {
      const [first] = await store.list(streamPrefix(kind, { source: name, stream }));
      if (first) throw alreadyCollected(name, accountId, first.key);
    }
  }
  const keys = await stateKeys(store, name);
  return { accountId, keys, connected: secret.app !== undefined || secret.pending !== undefined };
};

/**
 * Ends the tie of a source to its Zoom account, so that another one can be connected. Plans again, for a poll may have collected
 * meanwhile. Doing it twice is harmless. Throws ConfigurationError as `planForgetting` does, and for a source that is connected.
 */
export const forgetAccount = async (tied: TiedSource): Promise<ForgetPlan> => {
  const { source, store, secrets } = tied;
  const plan = await planForgetting(tied);
  if (plan.connected) throw connectedAgain(source.name);
  const removed = [...plan.keys];
  const pin = removed.pop();
  for (const key of removed) await store.remove(key);
  await secrets?.change((secret) => {
    if (secret.app || secret.pending || secret.grant) throw connectedAgain(source.name);
    return secret.accountId === undefined ? undefined : {};
  });
  if (pin !== undefined) await store.remove(pin);
  return plan;
};

/** Until when a poll that began before the source was disconnected may still run; undefined if none can. */
export const pollsEndAt = async (
  store: ObjectStore,
  source: string,
  clock: Pick<Clock, 'now'>,
): Promise<Date | undefined> => {
  const since = new Date(clock.now().getTime() - LONGEST_POLL_MS);
  let last: Date | undefined;
  for await (const { at } of readAudit(store, { sources: [source], since, codes: ['disconnected'] }))
    last = new Date(at);
  return last && new Date(last.getTime() + LONGEST_POLL_MS);
};

/** All that is remembered of reading the source, in the order in which it is removed. */
const stateKeys = async (store: ObjectStore, source: string): Promise<string[]> => {
  const states = await Promise.all(
    STREAM_NAMES.map((stream) => store.list(streamPrefix('_state/slices', { source, stream }))),
  );
  const single = [
    ...STREAM_NAMES.flatMap((stream) => [lastRunKey({ source, stream }), statesKey({ source, stream })]),
    pollingKey(source),
    budgetKey(source),
    watermarkKey(source),
    sourceKey(source),
  ];
  const there = await Promise.all(single.map(async (key) => ((await store.read(key)) ? [key] : [])));
  return [...states.flat().map(({ key }) => key), ...there.flat()];
};

const alreadyCollected = (source: string, accountId: string | undefined, key: string): ConfigurationError =>
  new ConfigurationError(
    'already-collected',
    `The Zoom account ${accountId ?? '(unknown)'} cannot be forgotten: it was already collected under the name "${source}" ` +
      `(${key}). Nothing was changed. Give the right account a source of its own in sources.json, with another name.`,
  );

const connectedAgain = (source: string): ConfigurationError =>
  new ConfigurationError(
    'connected-again',
    `The source "${source}" was connected again meanwhile, so its account was not forgotten. Run it again if it should be.`,
  );
