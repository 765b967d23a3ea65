import type { z } from 'zod';
import { type AccountSchema, type AccountState, defaultScopes } from './options.ts';
import { createRowStore, type RowStore } from './row-store.ts';

/** One Zoom account with its app, the admin who authorised it, and its rows. */
export interface Account {
  readonly accountId: string;
  readonly clientId: string;
  readonly adminEmail: string;
  readonly rows: RowStore;
  /** The scopes were chosen, not the default ones. */
  readonly chosenScopes: boolean;
  /** Replaced as a whole by an update, so that no caller keeps an old state by mistake. */
  state: AccountState;
}

export const createAccount = ({
  accountId,
  clientId,
  adminEmail,
  rows,
  content,
  scopes,
  ...state
}: z.output<typeof AccountSchema>): Account => {
  const store = createRowStore();
  store.add(rows);
  return {
    accountId,
    clientId,
    adminEmail,
    rows: store,
    chosenScopes: scopes !== undefined,
    state: { ...state, scopes: scopes ?? defaultScopes(content !== undefined) },
  };
};
