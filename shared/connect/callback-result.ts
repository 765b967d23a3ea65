import type { StateRefusal } from './claim-pending.ts';
import type { StreamCheck } from './check-streams.ts';

/** A source that is connected: its grant is stored. */
export interface Connected {
  readonly accountId: string;
  /** In the order of the source's configuration. */
  readonly streams: readonly StreamCheck[];
  /** Whether the first collection was asked for; if not, the next scheduled poll is the first. */
  readonly kicked: boolean;
}

/** What a callback came to. Only `connected` has stored anything. */
export type CallbackResult =
  | ({ readonly outcome: 'connected' } & Connected)
  /** The administrator said no on Zoom's consent page. */
  | { readonly outcome: 'declined' }
  | { readonly outcome: 'zoom-error'; readonly error: string }
  | {
      readonly outcome: 'malformed';
      readonly problem: 'missing' | 'repeated' | 'oversized' | 'odd';
    }
  /** The state is good no more, or never was. */
  | { readonly outcome: 'stale'; readonly why: StateRefusal | 'overtaken' }
  | {
      readonly outcome: 'another-account';
      readonly pinned: string;
      readonly offered: string;
      readonly revoked: boolean;
    }
  /** Zoom would not say who consented, so that the account cannot be told. */
  | {
      readonly outcome: 'unidentified';
      readonly reason: string;
      readonly message: string;
      readonly revoked: boolean;
    }
  /** Zoom refused the code or the app. */
  | { readonly outcome: 'refused'; readonly reason: string; readonly message: string }
  /** Zoom gave no answer, or none in time. */
  | { readonly outcome: 'zoom-failing'; readonly message: string };
