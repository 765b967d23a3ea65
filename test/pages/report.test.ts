import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import type { SimulatedRow } from '../../simulator/index.ts';
import { zoomLogSource } from '../support/command.ts';
import { day } from '../support/builders/collector.ts';
import { deliverDemo, TODAY } from '../support/fixtures/demo-archive.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { collectRows } from '../shared/report/read-report.ts';
import { hasChromium, openBrowser } from './chromium.ts';

const SHOTS = join(import.meta.dirname, '../../.artifacts/pages');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const DEVICES = { screen: { width: 1280, height: 900 }, phone: { width: 390, height: 800 } };

const HOSTILE = `</td></table><script>document.title='broken'</script><img src=https://example.com/x onerror=alert(1)>" onmouseover="x`;

const operation = (time: string, detail: string): SimulatedRow => ({
  stream: 'operation',
  row: {
    time: `2026-11-18T${time}Z`,
    operator: HOSTILE,
    category_type: 'User',
    action: 'Update',
    operation_detail: detail,
  },
});

const HOSTILE_ROWS: readonly SimulatedRow[] = [
  operation('10:00:00', `Edit Group ${HOSTILE}  - Meeting passcode: from Locked to Unlocked`),
  operation('10:01:00', `${HOSTILE}  - Require two-factor sign-in: from On to Off`),
  operation('10:02:00', `Update User ${HOSTILE}  - User Role: from Member to Admin ${HOSTILE}`),
  operation('10:03:00', `Edit Group Sales  - Minimum length: from 16 to 6 - ${HOSTILE}: from On to Off`),
  {
    stream: 'activity',
    row: {
      time: '2026-11-18T11:00:00Z',
      email: HOSTILE,
      type: 'Sign in',
      ip_address: '198.51.100.7',
      client_type: HOSTILE,
      version: HOSTILE,
    },
  },
];

/** Writes the page of a folder as the command does. */
const writePage = async (out: string): Promise<string> => {
  const file = join(temporaryFolder(), 'report.html');
  const now = `${TODAY}T09:00:00Z`;
  const { code, stderr } = await zoomLogSource([
    ...['report', '--out', out, '--html', file, '--from', '2026-11-13', '--now', now],
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return file;
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

let demoPage: string;
let hostilePage: string;
beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  demoPage = await writePage((await deliverDemo()).out);
  hostilePage = await writePage(await collectRows(HOSTILE_ROWS, day('2026-11-18'), day('2026-11-18')));
});

describeInChromium((colorScheme) => {
  let browser: BrowserContext;
  let page: Page;
  let messages: string[];
  let requested: string[];
  beforeAll(async () => {
    browser = await openBrowser(colorScheme);
  });
  afterAll(() => browser.close());

  const open = async (file: string): Promise<void> => {
    page = await browser.newPage();
    messages = [];
    requested = [];
    page.on('console', (message) => messages.push(message.text()));
    page.on('pageerror', (error) => messages.push(error.message));
    page.on('request', (request) => requested.push(request.url()));
    await page.goto(pathToFileURL(file).href);
  };

  describe.each(['demo', 'hostile'] as const)('the report of a %s account', (account) => {
    beforeAll(() => open(account === 'demo' ? demoPage : hostilePage));
    afterAll(() => page.close());

    it('loads only itself, within its policy', () => {
      expect(requested).toHaveLength(1);
      expect(messages).toEqual([]);
    });

    it('has no element of a row: no script, no picture, no handler', async () => {
      const foreign = await page.evaluate<number>(
        `document.querySelectorAll('script, img, iframe, object, link, form, input, [onerror], [onmouseover]').length`,
      );

      expect(foreign).toBe(0);
      expect(await page.title()).toBe('Zoom security report, 2026-11-13 to 2026-11-20');
    });

    it('has headings in order, and no findings of axe on a screen and a phone', async () => {
      await page.evaluate(AXE);
      for (const size of Object.values(DEVICES)) {
        await page.setViewportSize(size);
        const { violations, passes } = await page.evaluate<AxeResults>('axe.run()');

        expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) }))).toEqual([]);
        expect(passes.map(({ id }) => id)).toEqual(
          expect.arrayContaining(['color-contrast', 'heading-order', 'page-has-heading-one', 'role-img-alt']),
        );
      }
    });

    it('fits a screen and a phone', async () => {
      for (const [device, size] of Object.entries(DEVICES)) {
        await page.setViewportSize(size);
        const path = join(SHOTS, `report-${account}-${colorScheme}-${device}.png`);
        await page.screenshot({ path, fullPage: true });

        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(size.width);
      }
    });
  });

  describe('the report of the demo', () => {
    beforeAll(() => open(demoPage));
    afterAll(() => page.close());

    it('draws its charts in the colours of the scheme, each with its numbers as a table', async () => {
      const drawn = await page.evaluate<{ charts: number; tables: number; fills: string[] }>(`({
        charts: document.querySelectorAll('figure svg').length,
        tables: document.querySelectorAll('figure details table').length,
        fills: [...new Set([...document.querySelectorAll('figure svg path[fill="var(--s1)"]')].map((path) => getComputedStyle(path).fill))],
      })`);

      expect(drawn.charts).toBe(5);
      expect(drawn.tables).toBe(5);
      expect(drawn.fills).toEqual([colorScheme === 'light' ? 'rgb(47, 111, 208)' : 'rgb(110, 163, 247)']);
    });

    it('opens the numbers of a chart by the keyboard', async () => {
      const details = page.locator('figure details').first();
      await details.locator('summary').focus();
      await page.keyboard.press('Enter');

      expect(await details.locator('table').isVisible()).toBe(true);
    });

    it('prints on white, whatever the screen is', async () => {
      await page.emulateMedia({ media: 'print', colorScheme });

      const ink = await page.evaluate('getComputedStyle(document.body).color');
      const path = join(SHOTS, `report-${colorScheme}.pdf`);
      await page.pdf({ path, format: 'A4' });

      expect(ink).toBe('rgb(22, 26, 32)');
      expect(await page.locator('details').first().isVisible()).toBe(false);
      expect(statSync(path).size).toBeGreaterThan(20_000);
    });
  });
});
