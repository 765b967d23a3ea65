import { messageOf } from '../errors.ts';

/**
 * Why a line could not be written; undefined if it was. What the line tells of has happened and must not fail for its sake,
 * but somebody is to hear of it.
 */
export const messageOnFailure = (recording: Promise<unknown>): Promise<string | undefined> =>
  recording.then(() => undefined, messageOf);
