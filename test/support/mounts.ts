import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { Finished } from './command.ts';

const BIN = join(import.meta.dirname, '../../bin/zoom-log-source');

/** Root needs only a new mount namespace; other users also need a new user namespace. */
const NAMESPACE = process.getuid?.() === 0 ? ['-m'] : ['-rm'];

/** Why this machine does not allow mounting; undefined if it does. */
const failure = (): string | undefined => {
  const tried = spawnSync('unshare', [...NAMESPACE, 'sh', '-c', 'mount -t tmpfs -o size=64k tmpfs /tmp'], {
    encoding: 'utf8',
  });
  if (tried.status === 0) return undefined;
  return `This machine mounts no file system for a test: ${tried.error?.message ?? tried.stderr.trim()}`;
};

/** A test that mounts file systems. If the kernel refuses, a test named NOT RUN replaces it. */
export const itWithMounts = (name: string, test: () => Promise<void>): void => {
  const refused = failure();
  if (refused === undefined) {
    it(name, test, 60_000);
    return;
  }
  it(`NOT RUN: ${name}`, () => {
    process.stderr.write(`\n"${name}" is NOT RUN. ${refused}\n`);
    expect(refused).not.toBe('');
  });
};

/** Runs a shell script in a new mount namespace, where `$BIN` is the command line. */
export const inMounts = (script: string, environment: Readonly<Record<string, string>>): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const child = spawn('unshare', [...NAMESPACE, 'sh', '-c', script], {
      env: { PATH: process.env['PATH'] ?? '', BIN, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...output }));
  });
