import { accountOf } from '../collect/pinned-account.ts';
import type { Connecting, ConnectionSecret } from './ports.ts';

/**
 * The Zoom account that a source is tied to, if it is another one than `accountId`: by its secret (it was connected) or by
 * what was delivered (it was collected from).
 */
export const pinnedToAnother = async (
  { source, store }: Pick<Connecting, 'source' | 'store'>,
  secret: Pick<ConnectionSecret, 'accountId'>,
  accountId: string,
): Promise<string | undefined> => {
  const pins = [secret.accountId, await accountOf(store, source.name)];
  return pins.find((pinned) => pinned !== undefined && pinned !== accountId);
};
