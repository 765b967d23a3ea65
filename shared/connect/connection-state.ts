import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RandomBytes } from './ports.ts';

/** 192 unpredictable bits, and 64 that mark the state as ours: together 43 characters of base64url. */
const RANDOM_BYTES = 24;
const MARK_BYTES = 8;
const STATE = /^[\w-]{43}$/;

/** The key of a source's states: its name, and the id of its secret, which outsiders do not know. */
export interface StateMark {
  readonly source: string;
  readonly secretId: string;
}

/** A state for one connection. */
export const createState = (mark: StateMark, randomBytes: RandomBytes): string => {
  const random = randomBytes(RANDOM_BYTES);
  return Buffer.concat([random, markOf(mark, random)]).toString('base64url');
};

/**
 * Whether a state has the form and the mark of one that we issue. It needs no call, so that refusing outsiders costs nothing.
 * It is no proof: only a state that the secret contains is valid.
 */
export const isIssuedState = (mark: StateMark, state: string): boolean => {
  if (!STATE.test(state)) return false;
  const bytes = Buffer.from(state, 'base64url');
  const random = bytes.subarray(0, RANDOM_BYTES);
  return (
    bytes.toString('base64url') === state &&
    timingSafeEqual(bytes.subarray(RANDOM_BYTES), markOf(mark, random))
  );
};

const markOf = ({ source, secretId }: StateMark, random: Buffer): Buffer =>
  createHmac('sha256', `${secretId}\n${source}`).update(random).digest().subarray(0, MARK_BYTES);
