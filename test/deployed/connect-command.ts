import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { DEFAULT_ACCOUNT } from '../../simulator/index.ts';
import type { Finished } from '../support/command.ts';

const BIN = join(import.meta.dirname, '../../bin/zoom-log-source');

export interface Connect {
  /** The consent address, as soon as the command has printed it. */
  readonly authorizeUrl: Promise<string>;
  readonly finished: Promise<Finished>;
}

/** The operator runs `connect` and waits. */
export const spawnConnect = (
  source: string,
  sourcesFile: string,
  environment: Readonly<Record<string, string>>,
): Connect => {
  const child = spawn(BIN, ['connect', source, '--config', sourcesFile], {
    env: {
      PATH: process.env['PATH'] ?? '',
      ZOOM_ACCOUNT_ID: DEFAULT_ACCOUNT.accountId,
      ZOOM_CLIENT_ID: DEFAULT_ACCOUNT.clientId,
      ZOOM_CLIENT_SECRET: DEFAULT_ACCOUNT.clientSecret,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code) => resolve({ code, ...output }));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const authorizeUrl = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
      const url = /^http\S+/m.exec(output.stdout)?.[0];
      if (url) resolve(url);
    });
    void finished.then(({ code, stdout, stderr }) =>
      reject(new Error(`connect ended with ${String(code)}: ${stdout}${stderr}`)),
    );
  });
  authorizeUrl.catch(() => undefined); // avoids an unhandled rejection if the caller does not wait for the address
  return { authorizeUrl, finished };
};
