import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { handleCallback } from '../../../shared/connect/handle-callback.ts';
import { pageToHtml } from '../../../shared/connect/pages/frame.ts';
import { html } from '../../../shared/connect/pages/html.ts';
import { resultToPage } from '../../../shared/connect/pages/result-to-page.ts';
import { SECURITY_HEADERS } from '../../../shared/connect/pages/security-headers.ts';
import { aBench, begin, SOURCE } from '../../support/connecting.ts';
import { never } from '../../support/zoom.ts';

/** Text with markup that would affect a browser, and that no page contains itself. */
const hostile = fc
  .tuple(
    fc.string(),
    fc.constantFrom('<script>', '"><img src=x>', "' onload='", '</style>', '<!--', '&lt;'),
    fc.string(),
  )
  .map(([before, middle, after]) => `${before}zq7${middle}zq7${after}`);

const SOURCE_CONFIG = { name: SOURCE, host: 'zoom.us' } as const;

describe('the tag html', () => {
  it('escapes everything except its own markup, in text and in quoted attributes', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { markup } = html`<p title="${text}">${text}${[text, html`<b>${text}</b>`]}</p>`;
        const ours = markup.replaceAll(/<\/?(?:p|b)(?: title="[^"<>]*")?>/g, '');
        expect(ours).not.toMatch(/[<>"']/);
      }),
    );
  });

  it('omits undefined values', () => {
    expect(html`<p>${undefined}${false}${0}</p>`.markup).toBe('<p>0</p>');
  });
});

describe('a page', () => {
  it('shows no query value as markup', async () => {
    const bench = await aBench();
    await begin(bench);

    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('code', 'state', 'error', 'error_description', 'anything'),
        hostile,
        async (name, value) => {
          const query = new URLSearchParams({ code: 'a', state: 'b', [name]: value }).toString();
          const request = { method: 'GET', path: `/oauth/callback/${SOURCE}`, query, reference: 'r' };
          const { body, status } = await handleCallback(request, () => bench.connecting, never);
          expect(status).toBeGreaterThanOrEqual(400);
          expect(body).not.toContain(value);
        },
      ),
    );
  });

  it('shows no text of Zoom as markup', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const pages = [
          resultToPage({ outcome: 'refused', reason: 'any', message: text }, SOURCE_CONFIG),
          resultToPage(
            {
              outcome: 'another-account',
              by: 'first-connection',
              authorizedBy: text,
              pinned: text,
              offered: text,
              revoked: true,
            },
            SOURCE_CONFIG,
          ),
          resultToPage(
            {
              outcome: 'connected',
              auth: 'oauth',
              authorizedBy: text,
              accountId: text,
              streams: [{ stream: 'operation', readable: false, reason: 'any', message: text }],
              pollRequested: true,
            },
            SOURCE_CONFIG,
          ),
        ];
        for (const page of pages) expect(pageToHtml(page, text)).not.toContain(text);
      }),
    );
  });

  it('has a policy that allows its style by digest, and nothing else', async () => {
    const bench = await aBench();
    const request = { method: 'GET', path: '/', query: '', reference: 'r' };

    const { body, headers } = await handleCallback(request, () => bench.connecting, never);

    const style = /<style>([\s\S]*)<\/style>/.exec(body)?.[1] ?? '';
    const digest = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/),
    });
  });

  it('has no script, no handler, no style attribute, and loads nothing', () => {
    const body = pageToHtml(resultToPage({ outcome: 'declined', awaited: true }, SOURCE_CONFIG), 'r');

    expect(body).not.toMatch(/<script|<link|<img|<iframe|<form|\son\w+=|\sstyle=|url\(|@import|\ssrc=/i);
    expect(Object.keys(SECURITY_HEADERS)).toEqual(
      Object.keys(SECURITY_HEADERS).map((name) => name.toLowerCase()),
    );
  });
});
