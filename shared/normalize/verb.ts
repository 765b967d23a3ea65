/** The action as one of five words; `other` if Zoom's own word has no equivalent. */
export type Verb = 'create' | 'read' | 'update' | 'delete' | 'other';

const VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ['add', 'create'],
  ['create', 'create'],
  ['import', 'create'],
  ['view', 'read'],
  ['read', 'read'],
  ['export', 'read'],
  ['download', 'read'],
  ['update', 'update'],
  ['edit', 'update'],
  ['change', 'update'],
  ['modify', 'update'],
  ['delete', 'delete'],
  ['remove', 'delete'],
]);

/** The manner of an action is not part of its verb: "Batch Update" and "SCIM API - Update" are updates. */
const ACTION_PREFIX = /^(?:scim api - )?(?:batch )?/i;

/** Zoom's own word for an action, without the manner. */
export const actionToWord = (action: string): string => action.replace(ACTION_PREFIX, '').trim() || action;

/** The verb of an action. */
export const wordToVerb = (action: string): Verb => VERBS.get(action.toLowerCase()) ?? 'other';
