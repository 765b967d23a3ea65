import { accountOf, pinAccount } from '../collect/state/pinned-account.ts';
import type { ConnectionContext, ConnectionSecret } from './ports.ts';

/** The account of a source, and what links it: sources.json, or its first connection. */
export interface AccountConflict {
  readonly pinned: string;
  readonly by: 'configuration' | 'first-connection';
}

/**
 * Why a source cannot be connected to `accountId`: another account is named by sources.json, by its secret (from an earlier
 * connection), or by the delivered events.
 */
export const conflictWith = async (
  { source, store }: Pick<ConnectionContext, 'source' | 'store'>,
  secret: Pick<ConnectionSecret, 'accountId'>,
  accountId: string,
): Promise<AccountConflict | undefined> => {
  const configured = source.accountId;
  if (configured !== undefined && configured !== accountId)
    return { pinned: configured, by: 'configuration' };
  const pins = [secret.accountId, await accountOf(store, source.name)];
  const pinned = pins.find((pin) => pin !== undefined && pin !== accountId);
  return pinned === undefined ? undefined : { pinned, by: 'first-connection' };
};

/**
 * Links a source that has just stored its connection to its account. If that fails, the secret is restored, so that a failed
 * connection leaves no link; then the failure is thrown.
 */
export const pinOrUndo = async (
  { source, store, secrets }: Pick<ConnectionContext, 'source' | 'store' | 'secrets'>,
  accountId: string,
  undo: (secret: ConnectionSecret) => ConnectionSecret | undefined,
): Promise<void> => {
  try {
    await pinAccount(store, source.name, accountId);
  } catch (error) {
    await secrets.change(undo).catch(() => false);
    throw error;
  }
};
