import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RandomBytes } from './ports.ts';

/** 192 bits that nobody can guess, and 64 that mark the state as one of ours: together 43 characters of base64url. */
const RANDOM_BYTES = 24;
const MARK_BYTES = 8;
const STATE = /^[\w-]{43}$/;

/** What marks the states of a source: its name, and the id of its secret, which strangers do not know. */
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
 * Whether a state has the form and the mark of one that we issue. It costs no call, so that strangers are refused for nothing. It
 * proves nothing: what proves a state is that the secret holds it.
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
