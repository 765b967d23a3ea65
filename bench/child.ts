import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** As bin/zoom-log-source starts it. */
const NODE_FLAGS = ['--max-semi-space-size=4'];

type Child = ChildProcessByStdio<null, Readable, null>;

/** Starts a file of `bench/` as a process of its own, with one argument and some variables beside ours. */
const start = (file: string, argument: unknown, environment: Readonly<Record<string, string>>): Child =>
  spawn(process.execPath, [...NODE_FLAGS, join(import.meta.dirname, file), JSON.stringify(argument)], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** The argument that the parent gave. */
export const childArgument = (): unknown => JSON.parse(process.argv[2] ?? 'null');

/** Runs a file to its end and gives what its last line says; the lines before go to `heard`. Throws if it fails. */
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

/** A process that goes on until it is disposed of, and what its first line said. */
export interface Serving<T> extends AsyncDisposable {
  readonly said: T;
}

/** Starts a file that serves, and waits for its first line. Throws if it ends before. */
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
