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

/** Where a source stores its link to a Zoom account. A folder has no secret. */
export interface TiedSource {
  readonly source: { readonly name: string };
  readonly store: ErasableStore;
  readonly secrets?: SecretStore;
}

/** What forgetting an account removes. */
export interface ForgetPlan {
  /** Undefined if the source is not linked to an account. */
  readonly accountId: string | undefined;
  /** The stored state of reading that account; the link itself comes last. */
  readonly keys: readonly string[];
  /** Whether the secret still holds credentials or a grant. */
  readonly connected: boolean;
}

/**
 * Lists what forgetting a source's account would remove. Throws ConfigurationError if anything of that account was collected:
 * its events have the source's name and would be mixed with another company's.
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
 * Unlinks a source from its Zoom account, so that another one can be connected. Plans again, because a poll may have
 * collected meanwhile. Safe to repeat. Throws ConfigurationError as `planForgetting` does, and for a source that is connected.
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

/** All stored state of reading the source, in the order of its removal. */
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
      `(${key}). Nothing was changed. Add another source with another name for the right account in sources.json.`,
  );

const connectedAgain = (source: string): ConfigurationError =>
  new ConfigurationError(
    'connected-again',
    `The source "${source}" was connected again meanwhile, so its account was not forgotten. To forget it, run the command again.`,
  );
