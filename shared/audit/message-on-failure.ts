import { messageOf } from '../errors.ts';

/**
 * Why a line could not be written; undefined if it was. The action itself has happened and must not fail, but the error is
 * reported.
 */
export const messageOnFailure = (recording: Promise<unknown>): Promise<string | undefined> =>
  recording.then(() => undefined, messageOf);
