import { mkdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { pageToHtml } from '../../shared/connect/pages/frame.ts';
import { SECURITY_HEADERS } from '../../shared/connect/pages/security-headers.ts';
import { hasChromium, openBrowser } from './chromium.ts';
import { SPECIMENS } from './specimens.ts';

const SHOTS = join(import.meta.dirname, '../../.artifacts/pages');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const DEVICES = { screen: { width: 1000, height: 760 }, phone: { width: 390, height: 800 } };

let server: Server;
let origin: string;
beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  server = createServer((request, response) => {
    const specimen = SPECIMENS[request.url?.slice(1) ?? ''];
    if (!specimen) {
      response.writeHead(404).end();
      return;
    }
    const headers = { ...SECURITY_HEADERS, 'content-type': 'text/html; charset=utf-8' };
    const body = pageToHtml(specimen.page, 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef');
    response.writeHead(specimen.page.status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** The browser reports every status from 400 on as an error of the console. */
const isStatusLine = (text: string): boolean =>
  text.startsWith('Failed to load resource: the server responded with a status of');

interface Visit {
  readonly page: Page;
  /** Messages of the console, and blocked requests. */
  readonly said: string[];
  readonly requested: string[];
}

const visit = async (browser: BrowserContext, name: string): Promise<Visit> => {
  const page = await browser.newPage();
  const said: string[] = [];
  const requested: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  page.on('requestfailed', (request) => said.push(`blocked: ${request.url()}`));
  page.on('request', (request) => requested.push(request.url()));
  await page.goto(`${origin}/${name}`);
  return { page, said, requested };
};

/** Without a browser, one test named NOT RUN replaces the suite; with CI=true it fails. */
const describeInChromium = (suite: (colorScheme: 'light' | 'dark') => void): void => {
  if (hasChromium()) {
    describe.each(['light', 'dark'] as const)('in Chromium, %s', (colorScheme) => {
      suite(colorScheme);
    });
    return;
  }
  it('NOT RUN: Chromium is missing', () => {
    expect(process.env['CI']).not.toBe('true');
  });
};

describeInChromium((colorScheme) => {
  let browser: BrowserContext;
  beforeAll(async () => {
    browser = await openBrowser(colorScheme);
  });
  afterAll(() => browser.close());

  describe.each(Object.entries(SPECIMENS))('the page %s', (name, { page: specimen, shows }) => {
    let visited: Visit;
    beforeAll(async () => {
      visited = await visit(browser, name);
    });
    afterAll(() => visited.page.close());

    it('shows the required texts, and makes no other request', async () => {
      const { page, said, requested } = visited;

      const text = await page.locator('main').innerText();

      for (const shown of shows) expect(text).toMatch(shown);
      expect(await page.title()).toContain(specimen.heading);
      expect(await page.evaluate('getComputedStyle(document.body).fontFamily')).toMatch(/system-ui/);
      expect(requested).toEqual([`${origin}/${name}`]);
      expect(said.filter((line) => !isStatusLine(line))).toEqual([]);
    });

    it('fits a screen and a phone', async () => {
      const { page } = visited;

      for (const [device, size] of Object.entries(DEVICES)) {
        await page.setViewportSize(size);
        const path = join(SHOTS, `${name}-${colorScheme}-${device}.png`);
        await page.screenshot({ path, fullPage: true });

        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(size.width);
      }
    });

    it('is reached by the keyboard, link by link, and shows where it is', async () => {
      const { page } = visited;
      const links = await page.evaluate<string[]>('[...document.links].map((link) => link.outerHTML)');

      const reached: string[] = [];
      while (reached.length < links.length) {
        await page.keyboard.press('Tab');
        reached.push(await page.evaluate<string>('document.activeElement.outerHTML'));
        expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
      }

      expect(reached).toEqual(links);
    });

    it('has no findings of axe', async () => {
      const { page } = visited;

      await page.evaluate(AXE);
      const { violations, passes } = await page.evaluate<AxeResults>('axe.run()');

      expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) }))).toEqual([]);
      expect(passes.map(({ id }) => id)).toContain('color-contrast');
    });
  });
});
