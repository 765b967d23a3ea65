import { messageOnFailure } from '../audit/message-on-failure.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { auditPrefix, codeOfKey } from '../contract/object-keys.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { dayOf } from '../model/day.ts';
import { type CallbackResult, isStrangers } from './callback-result.ts';
import { resultToEntry } from './connection-to-entry.ts';
import type { ConnectionContext } from './ports.ts';

/** A used or expired state can be sent repeatedly: this many such refusals a day are recorded. */
const MOST_REPEATS_A_DAY = 20;

/**
 * Records the result of a callback in the audit log. Anyone on the internet can call a callback: a call without a state that
 * we issued is counted and logged, but not recorded here. Returns the error, if it fails: the source stays connected all the
 * same.
 */
export const auditCallback = async (
  {
    source: { name },
    store,
    retryContext: { clock },
  }: Pick<ConnectionContext, 'source' | 'store' | 'retryContext'>,
  result: CallbackResult,
): Promise<string | undefined> => {
  if (isStrangers(result)) return undefined;
  const now = clock.now();
  const keep = async (): Promise<void> => {
    if (isRepeatable(result) && (await refusedOn(store, name, now)) >= MOST_REPEATS_A_DAY) return;
    await recordAudit(store, resultToEntry(result, name, now));
  };
  return messageOnFailure(keep());
};

/** Whether one state can have this result any number of times. */
const isRepeatable = (result: CallbackResult): boolean =>
  result.outcome === 'declined' ||
  result.outcome === 'zoom-error' ||
  (result.outcome === 'stale' && result.why !== 'overtaken');

const refusedOn = async (store: ObjectStore, source: string, now: Date): Promise<number> => {
  const stored = await store.list(`${auditPrefix(source)}dt=${dayOf(now)}/`);
  return stored.filter(({ key }) => codeOfKey(key) === 'connection-refused').length;
};
