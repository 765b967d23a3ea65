import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

const ROOT = join(import.meta.dirname, '../..');

export interface Invoked {
  /** What each event came to: what the handler gave, or what it threw. */
  readonly results: readonly { value?: unknown; error?: { name: string; message: string } }[];
  /** The lines of the log, parsed. */
  readonly lines: readonly Record<string, unknown>[];
  /** All that was written, to be searched for secrets. */
  readonly output: string;
}

/** Calls a function as Lambda does: in a separate process, which keeps its state from one event to the next. */
export const invoke = async (
  name: 'poller' | 'oauth-callback' | 'compactor',
  environment: Readonly<Record<string, string>>,
  events: readonly unknown[],
  remainingMs = 60_000,
): Promise<Invoked> => {
  const runner = join(import.meta.dirname, 'run-handler.ts');
  const child = spawn(
    '/bin/sh', // warnings go to another descriptor than the rest: as in CloudWatch, one log has them in order
    [
      '-c',
      'exec "$@" 2>&1',
      'sh',
      process.execPath,
      runner,
      join(ROOT, `lambdas/${name}.ts`),
      String(remainingMs),
    ],
    {
      env: { PATH: process.env['PATH'] ?? '', POWERTOOLS_LOG_LEVEL: 'DEBUG', ...environment },
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    },
  );
  child.stdin.end(JSON.stringify(events));
  const [output, results] = await Promise.all([text(child.stdout), text(child.stdio[3] as Readable)]);
  if (results === '') throw new Error(`The function did not start: ${output}`);
  const lines = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { results: JSON.parse(results) as Invoked['results'], lines, output };
};
