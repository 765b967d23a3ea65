import { STREAMS } from '../../model/stream.ts';
import type { StreamCheck } from '../check-streams.ts';
import { connectAgain, ICONS } from './page.ts';
import { type Html, html, type Part } from './html.ts';
import type { ZoomLinks } from './zoom-links.ts';

type Unreadable = Extract<StreamCheck, { readable: false }>;

/** Each stream: readable, or the exact switch to flip. */
export const streamChecksToHtml = (checks: readonly StreamCheck[], source: string, links: ZoomLinks): Html =>
  html`<h2 id="streams">What can be read</h2>
    <ul class="streams" aria-labelledby="streams">
      ${checks.map((check) => checkToHtml(check, source, links))}
    </ul> `;

const checkToHtml = (check: StreamCheck, source: string, links: ZoomLinks): Html => {
  const tone = check.readable ? 'good' : check.reason === 'unknown' ? 'calm' : 'bad';
  return html`<li>
    <div class="stream">
      <h3>${capitalized(STREAMS[check.stream].title)}</h3>
      <p class="badge ${tone}">${ICONS[tone]}${labelOf(check)}</p>
    </div>
    ${!check.readable && remedy(check, source, links)}
  </li> `;
};

const labelOf = (check: StreamCheck): string => {
  if (check.readable) return 'Readable';
  return LABELS[check.reason] ?? 'Not readable';
};

const LABELS: Readonly<Record<string, string>> = {
  'scope-missing': 'Scope missing',
  'role-too-weak': 'Role too weak',
  'plan-too-small': 'Plan too small',
  unknown: 'Not checked yet',
};

const remedy = ({ stream, reason, message }: Unreadable, source: string, links: ZoomLinks): Part => {
  const { scope, rolePrivilege } = STREAMS[stream];
  switch (reason) {
    case 'scope-missing':
      return html`<p>The app may not ask for this report.</p>
        <ol>
          <li>
            Open the app in ${links.apps}, go to Scopes, and add <code>${scope.granular}</code> (an app with
            classic scopes: <code>${scope.classic}</code>).
          </li>
          <li>Connect again, for a new scope counts from the next consent on:${connectAgain(source)}</li>
        </ol>
        <p>
          The app has it? Then the role of the administrator who consented does not allow it: see
          ${links.roles}.
        </p>`;
    case 'role-too-weak':
      return html`<p>The app may ask, but the administrator who consented may not see this report.</p>
        <ol>
          <li>In ${links.roles}, open the role of that administrator.</li>
          <li>Switch on <strong>${rolePrivilege}</strong> and <strong>Usage Reports (view)</strong>.</li>
        </ol>
        <p>Nothing needs to be connected again: the next poll finds the way open.</p>`;
    case 'plan-too-small':
      return html`<p>
        Zoom gives its reports from the Pro plan on; this account has a smaller one. See ${links.billing}.
        Once that is changed, nothing needs to be connected again.
      </p>`;
    case 'unknown':
      return html`<p>
        Zoom gave no clear answer just now. There is nothing to do: the next poll asks again.
      </p>`;
    default:
      return html`<p>${message}</p>`;
  }
};

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
