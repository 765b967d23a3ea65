import type { ConfigurationError } from '../shared/errors.ts';
import type { ExitCode } from './context.ts';

/** Failures of a folder that came up while a right call was carried out. */
const NOT_THE_CALLS = new Set(['folder-full', 'folder-gone']);

/** How a call ended that a person must act on: mostly it was wrong, but a disk that is full is no mistake of the call. */
export const exitCodeOf = ({ reason }: ConfigurationError): ExitCode => (NOT_THE_CALLS.has(reason) ? 1 : 2);
