import { spawn } from 'node:child_process';

const OPENERS: Partial<Record<NodeJS.Platform, readonly [command: string, ...args: string[]]>> = {
  darwin: ['open'],
  linux: ['xdg-open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens an address in the browser, if there is one. Uses no shell and does not wait. */
export const openInBrowser = (url: URL): void => {
  const [command, ...args] = OPENERS[process.platform] ?? [];
  if (command === undefined) return;
  spawn(command, [...args, url.href], { stdio: 'ignore', detached: true })
    .on('error', () => undefined) // the address was printed as well
    .unref();
};
