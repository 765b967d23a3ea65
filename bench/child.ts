import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** The options of bin/zoom-log-source. */
const NODE_FLAGS = ['--max-semi-space-size=4'];

type Child = ChildProcessByStdio<null, Readable, null>;

/** Starts a file of `bench/` as a separate process, with one argument and additional variables. */
const start = (file: string, argument: unknown, environment: Readonly<Record<string, string>>): Child =>
  spawn(process.execPath, [...NODE_FLAGS, join(import.meta.dirname, file), JSON.stringify(argument)], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** The argument from the parent. */
export const childArgument = (): unknown => JSON.parse(process.argv[2] ?? 'null');

/** Runs a file to its end and returns its last line, parsed; passes the earlier lines on. Throws if it fails. */
export const runChild = async <T>(
  file: string,
  argument: unknown,
  environment: Readonly<Record<string, string>> = {},
  handleMessage: (line: string) => void = () => undefined,
): Promise<T> => {
  const child = start(file, argument, environment);
  const ended = once(child, 'close');
  let last: string | undefined;
  for await (const line of createInterface(child.stdout)) {
    if (last !== undefined) handleMessage(last);
    last = line;
  }
  const [code] = (await ended) as [number | null];
  if (code !== 0 || last === undefined) throw new Error(`${file} ended with ${code ?? 'a signal'}.`);
  return JSON.parse(last) as T;
};

/** A process that runs until it is disposed, and its parsed first line. */
export interface Serving<T> extends AsyncDisposable {
  readonly said: T;
}

/** Starts a server file and waits for its first line. Throws if it ends before. */
export const serveChild = async <T>(file: string, argument: unknown): Promise<Serving<T>> => {
  const child = start(file, argument, {});
  const ended = once(child, 'close');
  const first = await createInterface(child.stdout)[Symbol.asyncIterator]().next();
  if (first.done) throw new Error(`${file} ended before it was ready.`);
  return {
    said: JSON.parse(first.value) as T,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended;
    },
  };
};
