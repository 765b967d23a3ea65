import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';

/** Debian's; another one by the variable CHROMIUM. */
const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Options that disable background requests and messages. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Whether Chromium exists. With CI=true it is required. */
export const hasChromium = (): boolean => {
  if (existsSync(EXECUTABLE)) return true;
  const notice = `The pages were not looked at: there is no Chromium at ${EXECUTABLE}. Install it (apt-get install chromium), or name another in CHROMIUM.`;
  if (process.env['CI'] === 'true') throw new Error(notice);
  process.stderr.write(`${notice}\n`);
  return false;
};

/** A browser with a new profile, which is deleted when it closes. */
export const openBrowser = async (colorScheme: 'light' | 'dark'): Promise<BrowserContext> => {
  const profile = mkdtempSync(join(tmpdir(), 'zoom-log-source-chromium-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: EXECUTABLE,
    headless: true,
    args: FLAGS,
    colorScheme,
    viewport: { width: 1000, height: 760 },
  });
  browser.on('close', () => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));
  return browser;
};
