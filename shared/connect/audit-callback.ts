import { failureOf } from '../audit/failure-of.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { auditPrefix, codeOfKey } from '../collect/object-keys.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { dayOf } from '../model/day.ts';
import type { CallbackResult } from './callback-result.ts';
import { resultToEntry } from './connection-to-entry.ts';
import type { Connecting } from './ports.ts';

/**
 * Anybody on the internet can have a callback refuse, as often as the API lets him: so many lines a day are kept of those who
 * brought no state of ours. The callback's log has them all.
 */
const MOST_STRANGERS_A_DAY = 20;

/**
 * Keeps what a callback came to in the collector's own log. Gives why it couldn't, if it couldn't: a connection stands all the
 * same.
 */
export const auditCallback = async (
  { source: { name }, store, patience: { clock } }: Pick<Connecting, 'source' | 'store' | 'patience'>,
  result: CallbackResult,
): Promise<string | undefined> => {
  const now = clock.now();
  const keep = async (): Promise<void> => {
    if (isAnybodys(result) && (await refusedOn(store, name, now)) >= MOST_STRANGERS_A_DAY) return;
    await recordAudit(store, resultToEntry(result, name, now));
  };
  return failureOf(keep());
};

/** Whether it takes no state of ours to come to this. */
const isAnybodys = (result: CallbackResult): boolean => {
  switch (result.outcome) {
    case 'declined':
    case 'zoom-error':
    case 'malformed':
      return true;
    case 'stale':
      return result.why !== 'overtaken';
    case 'connected':
    case 'another-account':
    case 'unidentified':
    case 'refused':
    case 'zoom-failing':
      return false;
  }
};

const refusedOn = async (store: ObjectStore, source: string, now: Date): Promise<number> => {
  const stored = await store.list(`${auditPrefix(source)}dt=${dayOf(now)}/`);
  return stored.filter(({ key }) => codeOfKey(key) === 'connection-refused').length;
};
