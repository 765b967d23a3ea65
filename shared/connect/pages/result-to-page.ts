import type { SourceConfig } from '../../model/source-config.ts';
import { STREAMS } from '../../model/stream.ts';
import type { CallbackResult } from '../callback-result.ts';
import { connectAgain, type Page } from './page.ts';
import { html } from './html.ts';
import { streamChecksToHtml } from './stream-check-to-html.ts';
import { type ZoomLinks, zoomLinks } from './zoom-links.ts';

type Result<O extends CallbackResult['outcome']> = Extract<CallbackResult, { outcome: O }>;

/** What a person sees of a callback: what happened, and what to do now. */
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
        lead: 'Zoom says that the app was not allowed. Nothing was changed.',
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
            <dt>Zoom calls it</dt>
            <dd><code>${result.error}</code></dd>
          </dl>
          <h2>What to do</h2>
          <p>See in ${links.apps} whether the app is complete and active, then connect again:</p>
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
          <p>This page is only reached through Zoom’s consent page. Begin there:</p>
          ${connectAgain(source.name)}`,
      };
    case 'stale':
      return {
        status: 400,
        tone: 'fix',
        badge: 'Nothing changed',
        heading: 'This link is no longer good',
        lead: 'It was used before, is older than ten minutes, or was replaced by a newer one.',
        body: html`<p>
            If a page said just now that the connection is made, it still is: this is what loading that page
            again shows.
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
        lead: `Without that, nobody could tell whether “${source.name}” would collect from the right account. Nothing was stored.`,
        body: html`<h2>What to do</h2>
          <ol>
            <li>
              Open the app in ${links.apps}, go to Scopes, and add <code>user:read:user:admin</code> (an app
              with classic scopes: <code>user:read:admin</code>).
            </li>
            <li>See in ${links.roles} that the administrator who consents may view users.</li>
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
        lead: 'The consent was given, but Zoom did not let us use it. Nothing was stored.',
        body: html`<h2>What Zoom said</h2>
          <p>${result.message}</p>
          <h2>When that is mended, connect again</h2>
          ${connectAgain(source.name)}`,
      };
    case 'zoom-failing':
      return {
        status: 502,
        tone: 'fix',
        badge: 'Not connected',
        heading: 'Zoom did not answer',
        lead: 'Zoom was asked for the connection and gave no answer that we could use. Nothing was stored.',
        body: html`<h2>Connect again in a few minutes</h2>
          ${connectAgain(source.name)}
          <p>
            If it goes on, see <a href="https://status.zoom.us" rel="noreferrer noopener">status.zoom.us</a>.
          </p>`,
      };
  }
};

const PROBLEMS = {
  missing: 'A part of it that Zoom adds is missing.',
  repeated: 'A part of it stands there twice.',
  oversized: 'It is far longer than what Zoom sends.',
  odd: 'A part of it is nothing that Zoom sends.',
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
      <dd>${authorizedBy ?? 'Zoom does not say'}</dd>
    </dl>
    ${streamChecksToHtml(streams, source, links)}`;
  const blocked = streams.filter((check) => !check.readable && check.reason !== 'unknown');
  if (blocked.length === 0) {
    const begins = pollRequested
      ? 'The first collection has begun.'
      : 'The first collection begins with the next scheduled poll, within minutes.';
    return {
      status: 200,
      tone: 'good',
      badge: 'Connected',
      heading: `“${source}” is connected`,
      lead: `Its Zoom audit logs now come to your storage. ${begins} You can close this window.`,
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
    lead: `${isAll ? 'No events come yet.' : 'The rest comes to your storage from now on.'} Here is the switch to flip.`,
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
      ? `The configuration of “${source}” names another account, so this consent was not used. “${source}” was left as it was.`
      : `“${source}” is tied to the account that it was first connected to, so that the events of two companies never mix. It was left as it was.`,
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
            If <code>accountId</code> in <code>sources.json</code> is wrong, an operator corrects it there and
            deploys.
          </p>`
        : html`<p>You want both? Give the other account a source of its own in <code>sources.json</code>.</p>
            <p>
              If the first connection was to the wrong account and nothing was collected, an operator undoes
              it:
              <code>bin/zoom-log-source disconnect ${source} --forget-account</code>
            </p>`
    }
    ${revocationNote(revoked, links)}`,
});

const revocationNote = (revoked: boolean, links: ZoomLinks) =>
  revoked
    ? html`<p>The consent that you just gave was ended at Zoom.</p>`
    : html`<p>
        The consent that you just gave could not be ended at Zoom. Remove the app yourself:
        ${links.installedApps}.
      </p>`;
