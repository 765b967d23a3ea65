import { STREAMS } from '../../model/stream.ts';
import type { StreamCheck } from '../check-streams.ts';
import { connectAgain, ICONS } from './page.ts';
import { type Html, html, type Part } from './html.ts';
import type { ZoomLinks } from './zoom-links.ts';

type Unreadable = Extract<StreamCheck, { readable: false }>;

/** Each stream: readable, or the exact setting to change. */
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
  'role-too-weak': 'Role lacks privileges',
  'plan-too-small': 'Plan not sufficient',
  unknown: 'Not checked yet',
};

const remedy = ({ stream, reason, message }: Unreadable, source: string, links: ZoomLinks): Part => {
  const { scope, rolePrivilege } = STREAMS[stream];
  switch (reason) {
    case 'scope-missing':
      return html`<p>The app lacks the scope for this report.</p>
        <ol>
          <li>
            Open the app in ${links.apps}, go to Scopes, and add <code>${scope.granular}</code> (an app with
            classic scopes: <code>${scope.classic}</code>).
          </li>
          <li>Connect again. A new scope takes effect with the next consent:${connectAgain(source)}</li>
        </ol>
        <p>
          If the app already has it, the role of the administrator who consented does not allow it. See
          ${links.roles}.
        </p>`;
    case 'role-too-weak':
      return html`<p>The app has the scope, but the administrator who consented may not see this report.</p>
        <ol>
          <li>In ${links.roles}, open the role of that administrator.</li>
          <li>Enable <strong>${rolePrivilege}</strong> and <strong>Usage Reports (view)</strong>.</li>
        </ol>
        <p>You do not need to connect again. The next poll succeeds.</p>`;
    case 'plan-too-small':
      return html`<p>
        Zoom offers its reports from the Pro plan on. This account has a smaller one: see ${links.billing}.
        After the change you do not need to connect again.
      </p>`;
    case 'unknown':
      return html`<p>Zoom gave no clear response. No action is needed: the next poll checks again.</p>`;
    default:
      return html`<p>${message}</p>`;
  }
};

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
