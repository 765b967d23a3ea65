import type { SimulatedClock } from './clock.ts';
import type { ContentControl } from './content/content-control.ts';
import type { Faults } from './faults.ts';
import type { AccountState } from './options.ts';
import type { SimulatedRow, StreamName } from './row-store.ts';
import type { Traffic } from './traffic.ts';

/** A running simulator. Where an account id is optional, the default is the first account. */
export interface Simulator {
  /** Its origin, without a slash at the end. */
  readonly url: string;
  /** `ZOOM_API_URL` and `ZOOM_OAUTH_URL` for a client. */
  readonly apiUrl: string;
  readonly oauthUrl: string;
  readonly clock: SimulatedClock;
  readonly faults: Faults;
  account(accountId?: string): {
    readonly state: Readonly<AccountState>;
    /** Changes the given parts of the state. Throws a ZodError for invalid values. */
    update(change: Partial<AccountState>): void;
  };
  /** Throws a RangeError for a row with neither a readable time nor a day. */
  addRows(rows: Iterable<SimulatedRow>, accountId?: string): void;
  /** The truth to compare with: exactly the served values, each day newest first unless `all`. */
  rows(filter?: RowFilter): unknown[];
  /** The same as the served texts. */
  rowTexts(filter?: RowFilter): string[];
  /** People, meetings and files of an account: to change them, and the truth to compare with. */
  content(accountId?: string): ContentControl;
  requests(): Traffic;
  close(): Promise<void>;
}

export interface RowFilter {
  readonly accountId?: string | undefined;
  readonly stream?: StreamName | undefined;
  readonly day?: string | undefined;
  /** With the rows that are not visible yet. */
  readonly all?: boolean | undefined;
}
