import type { SourceConfig } from '../model/source-config.ts';
import type { AccountConflict } from './account-pin.ts';
import type { StateRejection } from './claim-pending.ts';
import type { StreamCheck } from './check-streams.ts';

/** Whether anyone on the internet may have caused this: it has no state that we issued. No AWS call was made for it. */
export const isStrangers = (result: CallbackResult): boolean => {
  switch (result.outcome) {
    case 'malformed':
      return true;
    case 'declined':
    case 'zoom-error':
      return !result.awaited;
    case 'stale':
      return result.why === 'unissued';
    case 'connected':
    case 'another-account':
    case 'unidentified':
    case 'refused':
    case 'zoom-failing':
      return false;
  }
};

/** A source that is connected: its grant is stored. */
export interface Connected {
  readonly auth: SourceConfig['auth'];
  readonly accountId: string;
  /** The e-mail of the administrator who consented, if Zoom provides it; a Server-to-Server app has none. */
  readonly authorizedBy: string | undefined;
  /** In the order of the source's configuration. */
  readonly streams: readonly StreamCheck[];
  /** Whether the first collection was requested; if not, the next scheduled poll is the first. */
  readonly pollRequested: boolean;
}

/**
 * The result of a callback. Only `connected` has stored anything. `awaited`: it has the pending state of the source;
 * otherwise, anyone on the internet may have sent it. `unissued`: the state does not have our mark.
 */
export type CallbackResult =
  | ({ readonly outcome: 'connected' } & Connected)
  /** The administrator declined on Zoom's consent page. */
  | { readonly outcome: 'declined'; readonly awaited: boolean }
  | { readonly outcome: 'zoom-error'; readonly error: string; readonly awaited: boolean }
  | {
      readonly outcome: 'malformed';
      readonly problem: 'missing' | 'repeated' | 'oversized' | 'odd';
    }
  /** The state is no longer valid, or never was. */
  | { readonly outcome: 'stale'; readonly why: StateRejection | 'unissued' | 'overtaken' }
  | {
      readonly outcome: 'another-account';
      readonly pinned: string;
      /** What links the source to that account. */
      readonly by: AccountConflict['by'];
      readonly offered: string;
      readonly authorizedBy: string | undefined;
      readonly revoked: boolean;
    }
  /** Zoom did not say who consented, so the account is unknown. */
  | {
      readonly outcome: 'unidentified';
      readonly reason: string;
      readonly message: string;
      readonly zoomTrackingId?: string | undefined;
      readonly revoked: boolean;
    }
  /** Zoom refused the code or the app. */
  | {
      readonly outcome: 'refused';
      readonly reason: string;
      readonly message: string;
      readonly zoomTrackingId?: string | undefined;
    }
  /** Zoom did not respond, or not in time. */
  | {
      readonly outcome: 'zoom-failing';
      readonly message: string;
      readonly zoomTrackingId?: string | undefined;
    };
