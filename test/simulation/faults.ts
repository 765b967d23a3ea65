import type { StreamName } from '../../shared/model/stream.ts';

/** Every instant `at` is in milliseconds from the start of the world. A fault of an effect waits for the `nth` matching one after that. */
interface Striking {
  readonly at: number;
  readonly nth: number;
  /** The effects that match: the beginning of an effect's kind and key, such as `create raw/`; empty for any. */
  readonly on: string;
}

/** Each kind of fault. */
export type Fault =
  /** A process dies; its effect has happened or not. */
  | (Striking & { readonly kind: 'crash'; readonly role: 'poller' | 'monitor'; readonly happened: boolean })
  /** A process waits between two effects, and continues later. */
  | (Striking & { readonly kind: 'stall'; readonly ms: number })
  /** A call of the store, the secret or the alarms fails, though it may have happened. */
  | (Striking & {
      readonly kind: 'call-fails';
      readonly role: 'poller' | 'monitor';
      readonly happened: boolean;
    })
  /** Zoom's answer is lost on its way, or the request never got there. */
  | (Striking & { readonly kind: 'answer-lost'; readonly happened: boolean })
  /** The time limit of an invocation is near: its signal aborts. */
  | (Striking & { readonly kind: 'deadline' })
  /** A state has an older version, or is missing. */
  | (Striking & { readonly kind: 'state-put-back'; readonly writesAgo: number })
  | (Striking & { readonly kind: 'state-lost' })
  /** One bit of a manifest is flipped. */
  | (Striking & { readonly kind: 'manifest-damaged' })
  /** Zoom has faults for a while: specs of simulator/fault-table.ts. */
  | {
      readonly kind: 'zoom-faults' | 'zoom-outage';
      readonly at: number;
      readonly until: number;
      readonly faults: readonly string[];
    }
  /** The account's quota of the day is small for a while: other apps use it up. */
  | { readonly kind: 'quota'; readonly at: number; readonly until: number; readonly perDay: number }
  /** There are no polls. */
  | { readonly kind: 'downtime'; readonly at: number; readonly until: number }
  /** The schedule invokes the poller once too often. */
  | { readonly kind: 'poll-again'; readonly at: number }
  /** An operator requests a day through the queue, which delivers the message several times. */
  | {
      readonly kind: 'queue';
      readonly at: number;
      readonly stream: StreamName;
      readonly day: number;
      readonly deliveries: number;
    }
  /** The clock of the collector process of that number is wrong. */
  | { readonly kind: 'skew'; readonly process: number; readonly ms: number }
  /** OCSF is switched on at this moment; before, only flat is written. */
  | { readonly kind: 'format-later'; readonly at: number }
  /** An administrator ends the connection at Zoom. */
  | { readonly kind: 'revoked'; readonly at: number }
  /** A deployment creates the alarms again, without their states. */
  | { readonly kind: 'alarms-remade'; readonly at: number };

export type FaultKind = Fault['kind'];

/** How far a clock may be off, in milliseconds. */
export const MOST_SKEW_MS = 5 * 60_000;
