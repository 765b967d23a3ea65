import type { SourceConfig } from '../../model/source-config.ts';
import { STREAMS } from '../../model/stream.ts';
import type { CallbackResult } from '../callback-result.ts';
import { connectAgain, type Page } from './page.ts';
import { html } from './html.ts';
import { streamChecksToHtml } from './stream-check-to-html.ts';
import { type ZoomLinks, zoomLinks } from './zoom-links.ts';

type Result<O extends CallbackResult['outcome']> = Extract<CallbackResult, { outcome: O }>;

/** The page for a callback: what happened, and what to do now. */
export const resultToPage = (result: CallbackResult, source: Pick<SourceConfig, 'name' | 'host'>): Page => {
  const links = zoomLinks(source);
  switch (result.outcome) {
    case 'connected':
      return connected(result, source.name, links);
    case 'declined':
      return {
        status: 403,
        tone: 'calm',
        badge: 'Not connected',
        heading: 'Consent was declined',
        lead: 'The app was not allowed on Zoom’s consent page. Nothing was changed.',
        body: html`<h2>If that was a mistake</h2>
          <p>This link has been used. Start again for a new one:</p>
          ${connectAgain(source.name)}`,
      };
    case 'zoom-error':
      return {
        status: 400,
        tone: 'bad',
        badge: 'Not connected',
        heading: 'Zoom reported an error',
        lead: 'Zoom sent you back without a consent. Nothing was changed.',
        body: html`<dl>
            <dt>Error code</dt>
            <dd><code>${result.error}</code></dd>
          </dl>
          <h2>What to do</h2>
          <p>Check in ${links.apps} that the app is complete and active. Then connect again:</p>
          ${connectAgain(source.name)}`,
      };
    case 'malformed':
      return {
        status: 400,
        tone: 'bad',
        badge: 'Not connected',
        heading: 'This address is not complete',
        lead: `${PROBLEMS[result.problem]} Nothing was changed.`,
        body: html`<h2>What to do</h2>
          <p>This page can only be reached through Zoom’s consent page. Start again:</p>
          ${connectAgain(source.name)}`,
      };
    case 'stale':
      return {
        status: 400,
        tone: 'fix',
        badge: 'Nothing changed',
        heading: 'This link has expired',
        lead: 'It was already used, is older than ten minutes, or was replaced by a newer one.',
        body: html`<p>
            If a page has just said that the source is connected, it still is. Reloading that page shows this
            message.
          </p>
          <h2>Otherwise, connect again</h2>
          ${connectAgain(source.name)}`,
      };
    case 'another-account':
      return anotherAccount(result, source.name, links);
    case 'unidentified':
      return {
        status: 403,
        tone: 'bad',
        badge: 'Not connected',
        heading: 'Zoom did not say whose account this is',
        lead: `Without the account, “${source.name}” might collect from the wrong one. Nothing was stored.`,
        body: html`<h2>What to do</h2>
          <ol>
            <li>
              Open the app in ${links.apps}, go to Scopes, and add <code>user:read:user:admin</code> (an app
              with classic scopes: <code>user:read:admin</code>).
            </li>
            <li>Check in ${links.roles} that the administrator who consents may view users.</li>
            <li>Connect again:${connectAgain(source.name)}</li>
          </ol>
          ${revocationNote(result.revoked, links)}`,
      };
    case 'refused':
      return {
        status: 400,
        tone: 'bad',
        badge: 'Not connected',
        heading: 'Zoom refused the connection',
        lead: 'The consent was given, but Zoom rejected its use. Nothing was stored.',
        body: html`<h2>Message from Zoom</h2>
          <p>${result.message}</p>
          <h2>Once fixed, connect again</h2>
          ${connectAgain(source.name)}`,
      };
    case 'zoom-failing':
      return {
        status: 502,
        tone: 'fix',
        badge: 'Not connected',
        heading: 'Zoom did not respond',
        lead: 'Zoom sent no usable response to the request. Nothing was stored.',
        body: html`<h2>Connect again in a few minutes</h2>
          ${connectAgain(source.name)}
          <p>
            If it continues, see
            <a href="https://status.zoom.us" rel="noreferrer noopener">status.zoom.us</a>.
          </p>`,
      };
  }
};

const PROBLEMS = {
  missing: 'A parameter that Zoom adds is missing.',
  repeated: 'A parameter appears twice.',
  oversized: 'It is far longer than any that Zoom sends.',
  odd: 'A parameter has a value that Zoom never sends.',
} as const;

const connected = (
  { accountId, authorizedBy, streams, pollRequested }: Result<'connected'>,
  source: string,
  links: ZoomLinks,
): Page => {
  const body = html`<dl>
      <dt>Zoom account</dt>
      <dd><code>${accountId}</code></dd>
      <dt>Authorized by</dt>
      <dd>${authorizedBy ?? 'Not provided by Zoom'}</dd>
    </dl>
    ${streamChecksToHtml(streams, source, links)}`;
  const blocked = streams.filter((check) => !check.readable && check.reason !== 'unknown');
  if (blocked.length === 0) {
    const begins = pollRequested
      ? 'The first collection has started.'
      : 'The first collection starts with the next scheduled poll, within minutes.';
    return {
      status: 200,
      tone: 'good',
      badge: 'Connected',
      heading: `“${source}” is connected`,
      lead: `Its Zoom audit logs are now collected into your storage. ${begins} You can close this window.`,
      body,
    };
  }
  const isAll = blocked.length === streams.length;
  const titles = blocked.map(({ stream }) => STREAMS[stream].title).join(' and the ');
  return {
    status: 200,
    tone: 'fix',
    badge: 'Connected, with something to fix',
    heading: `“${source}” is connected, but can’t read ${isAll ? 'anything yet' : `the ${titles}`}`,
    lead: `${isAll ? 'No events are collected yet.' : 'The rest is collected from now on.'} The settings to change are below.`,
    body,
  };
};

const anotherAccount = (
  { pinned, by, offered, authorizedBy, revoked }: Result<'another-account'>,
  source: string,
  links: ZoomLinks,
): Page => ({
  status: 403,
  tone: 'bad',
  badge: 'Refused',
  heading: 'That is another Zoom account',
  lead:
    by === 'configuration'
      ? `The configuration of “${source}” names another account, so this consent was not used. “${source}” was left unchanged.`
      : `“${source}” is linked to the account of its first connection, so that events of two companies never mix. It was left unchanged.`,
  body: html`<dl>
      <dt>“${source}” collects from</dt>
      <dd><code>${pinned}</code></dd>
      <dt>You consented for</dt>
      <dd><code>${offered}</code>${authorizedBy === undefined ? '' : ` as ${authorizedBy}`}</dd>
    </dl>
    <h2>What to do</h2>
    <ol>
      <li>Sign in to Zoom as an administrator of the right account.</li>
      <li>Connect again:${connectAgain(source)}</li>
    </ol>
    ${
      by === 'configuration'
        ? html`<p>
            If <code>accountId</code> in <code>sources.json</code> is wrong, ask an operator to correct it
            there and to deploy.
          </p>`
        : html`<p>
              To collect from both, add a second source for the other account in <code>sources.json</code>.
            </p>
            <p>
              If the first connection was to the wrong account and nothing was collected, an operator can undo
              it:
              <code>bin/zoom-log-source disconnect ${source} --forget-account</code>
            </p>`
    }
    ${revocationNote(revoked, links)}`,
});

const revocationNote = (revoked: boolean, links: ZoomLinks) =>
  revoked
    ? html`<p>The consent that you just gave was revoked at Zoom.</p>`
    : html`<p>
        The consent that you just gave could not be revoked at Zoom. Remove the app yourself:
        ${links.installedApps}.
      </p>`;
