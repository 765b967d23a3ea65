import { type Verb, wordNameOf, wordOf } from './head-words.ts';

export type { Verb } from './head-words.ts';

/** The manner of an action is not part of its verb: "Batch Update" and "SCIM API - Update" are updates. */
const ACTION_PREFIX = /^(?:scim api - )?(?:batch )?/i;

/** Zoom's own word for an action, without the manner. */
export const actionToWord = (action: string): string => action.replace(ACTION_PREFIX, '').trim() || action;

/** The verb of an action. */
export const wordToVerb = (action: string): Verb => {
  const name = wordNameOf(action);
  return name === undefined ? 'other' : wordOf(name).verb;
};
