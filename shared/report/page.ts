import { createHash } from 'node:crypto';
import { Html, html } from '../connect/pages/html.ts';
import { ICONS, type Tone } from '../connect/pages/page.ts';
import { formatInstant } from '../health/format.ts';
import { formatCount, plural } from '../model/format-count.ts';
import { isComplete } from './calendar.ts';
import { calendarSection } from './calendar-section.ts';
import { eventSection } from './event-section.ts';
import { findingSection, isSevere } from './finding-section.ts';
import type { Report } from './report.ts';
import { roleSection } from './role-section.ts';
import { settingSection } from './setting-section.ts';
import { signInSection } from './sign-in-section.ts';
import { isWell, streamSection } from './stream-section.ts';
import { STYLE } from './style.ts';
import { shown } from './text.ts';

/** Exactly the text whose digest the policy contains. */
const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);

/** The page loads and runs nothing: it may only apply its own style sheet. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The whole report as one page, which needs no other file. */
export const reportToHtml = (report: Report): string => {
  const { period, place, now, version, warnings } = report;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>Zoom security report, ${period.from} to ${period.to}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <header>
          <h1>Zoom security report</h1>
          <p class="lead">
            <b>${period.from}</b> to <b>${period.to}</b> (UTC) ·
            <code>${shown(place)}</code>${sourcesOf(report)}
          </p>
        </header>
        <main>
          ${warnings.map((warning) => html`<p class="warning">${ICONS.fix}<span>${shown(warning)}</span></p>`)}
          <h2 class="hidden" id="summary">Summary</h2>
          <ul class="tiles" aria-labelledby="summary">
            ${tilesOf(report).map(
              ({ tone, figure, label, section }) =>
                html`<li class="${tone}">
                  <a href="#${section}">${ICONS[tone]}<b>${figure}</b><span>${label}</span></a>
                </li>`,
            )}
          </ul>
          ${findingSection(report)} ${settingSection(report)} ${roleSection(report)} ${signInSection(report)}
          ${eventSection(report)} ${calendarSection(report)} ${streamSection(report)}
        </main>
        <footer>
          <p>
            Made at ${formatInstant(now)} by zoom-log-source ${version} from delivered events. The page is
            self-contained and loads nothing.
          </p>
        </footer>
      </body>
    </html> `.markup;
};

const sourcesOf = ({ streams }: Report): string => {
  const sources = [...new Set(streams.map(({ source }) => source))];
  return sources.length > 3
    ? ` · ${plural(sources.length, 'source')}`
    : sources.map((name) => ` · ${shown(name)}`).join('');
};

/** A figure of the summary, linked to its section. */
interface Tile {
  readonly tone: Tone;
  readonly figure: string;
  readonly label: string;
  readonly section: string;
}

const tilesOf = (report: Report): readonly Tile[] => {
  const { findings, settings, roles, signIns, events, streams } = report;
  const severe = findings.filter(({ level }) => isSevere(level)).length;
  const unwell = streams.filter((stream) => !isWell(stream)).length;
  const newNetworks = signIns.daily.reduce((sum, { fromNewNetwork }) => sum + fromNewNetwork, 0);
  const total = events.byArea.reduce((sum, { count }) => sum + count, 0);
  return [
    {
      tone: severe > 0 ? 'bad' : 'good',
      figure: formatCount(severe),
      label: `severe of ${plural(findings.length, 'finding')}`,
      section: 'detections',
    },
    {
      tone: settings.stillWeak.total > 0 ? 'fix' : 'good',
      figure: formatCount(settings.stillWeak.total),
      label: 'settings still weak',
      section: 'settings',
    },
    {
      tone: roles.privileged > 0 ? 'fix' : 'good',
      figure: formatCount(roles.privileged),
      label: 'privileged roles given',
      section: 'roles',
    },
    {
      tone: 'calm',
      figure: formatCount(newNetworks),
      label: 'sign-ins from new networks',
      section: 'sign-ins',
    },
    { tone: 'calm', figure: formatCount(total), label: 'events', section: 'events' },
    completenessTile(report),
    {
      tone: unwell > 0 ? 'bad' : 'good',
      figure: formatCount(unwell),
      label: `of ${plural(streams.length, 'stream')} need attention`,
      section: 'streams',
    },
  ];
};

/** A day is complete if each log of each source was read whole. */
const completenessTile = ({ calendar }: Report): Tile => {
  const logs = calendar.filter(({ stream }) => stream === 'operation' || stream === 'activity');
  const days = logs[0]?.days ?? [];
  const complete = days.filter((_, index) =>
    logs.every(({ days: ofLog }) => isComplete(ofLog[index]?.state ?? 'none')),
  );
  const hasGap = logs.some(({ days: ofLog }) => ofLog.some(({ state }) => state === 'gap'));
  return {
    tone: hasGap ? 'bad' : complete.length < days.length ? 'calm' : 'good',
    figure: `${formatCount(complete.length)} / ${formatCount(days.length)}`,
    label: 'days complete in all logs',
    section: 'calendar',
  };
};
