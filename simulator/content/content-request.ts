import { apiError, type Answer } from '../response.ts';
import type { Account } from '../account.ts';
import type { Call } from '../call.ts';
import type { Settings } from '../options.ts';
import type { ContentStore } from './content-store.ts';
import type { Links } from './links.ts';
import type { Person } from './model.ts';
import type { ContentTwist, Pager } from './pager.ts';

/** A request that passed the checks of identity, permission and limits. */
export interface ContentRequest {
  readonly call: Call;
  /** The first variable part of the path, still encoded; empty if there is none. */
  readonly part: string;
  readonly account: Account;
  readonly store: ContentStore;
  /** The token belongs to a person: `me` is that person. */
  readonly ofPerson: boolean;
  readonly now: number;
  readonly settings: Settings;
  readonly pager: Pager;
  readonly links: Links;
  readonly twists: ReadonlySet<ContentTwist>;
}

/** The person of a path: by id, by address, or `me`. Zoom says the same of deleted people and of those of other accounts. */
export const personOf = ({
  part,
  store,
  account,
  ofPerson,
}: ContentRequest): Person | { readonly rejection: Answer } => {
  const named = decodeOnce(part);
  const isMe = named === 'me' && ofPerson;
  return store.person(isMe ? account.adminEmail : named) ?? { rejection: userMissing(named) };
};

export const userMissing = (named: string): Answer => apiError(404, 1001, `User does not exist: ${named}.`);

export const meetingMissing = (named: string): Answer =>
  apiError(404, 3001, `Meeting does not exist: ${named}.`);

export const decodeOnce = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** Zoom writes times without a fraction: `2026-11-20T09:00:00Z`. */
export const zoomTime = (instant: number): string => new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z');
