import type { ConfigurationError } from '../shared/errors.ts';
import type { ExitCode } from './context.ts';

/** Failures of a folder during a correct call. */
const NOT_THE_CALLS = new Set(['folder-full', 'folder-gone']);

/** The exit code of a failure that needs an operator. Most are wrong calls (2), but a full disk is not (1). */
export const exitCodeOf = ({ reason }: ConfigurationError): ExitCode => (NOT_THE_CALLS.has(reason) ? 1 : 2);
