import { spawnSync } from 'node:child_process';

/** A Python that can make virtual environments, or why there is none. */
export type Python =
  | { readonly command: string; readonly version: string; readonly missing?: never }
  | { readonly missing: string };

const PROBE = [
  'import ensurepip, venv, sys',
  'assert sys.version_info >= (3, 10), "it is older than 3.10"',
  'print(sys.version.split()[0])',
].join('\n');

/** Looks for Python 3.10 or later with venv and pip on the PATH. */
export const findPython = (): Python => {
  const reasons: string[] = [];
  for (const command of ['python3', 'python']) {
    const { status, stdout, stderr } = spawnSync(command, ['-c', PROBE], { encoding: 'utf8' });
    if (status === 0) return { command, version: stdout.trim() };
    reasons.push(`${command}: ${status === null ? 'not found' : (stderr.trim().split('\n').at(-1) ?? '')}`);
  }
  return { missing: `Python 3.10 or later, with venv and pip, is needed (${reasons.join('; ')})` };
};
