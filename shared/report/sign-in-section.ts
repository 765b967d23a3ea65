import { type Html, html } from '../connect/pages/html.ts';
import { formatCount } from '../model/format-count.ts';
import type { Report } from './report.ts';
import type { SignInNetwork } from './sign-in-figures.ts';
import { type Column, table } from './table.ts';
import { instant, shown } from './text.ts';
import { timeChart } from './time-chart.ts';

const NAMES: Readonly<Record<string, string>> = {
  known: 'from a network used before',
  new: 'from a new network',
};

/** Sign-ins over time, and the networks that they came from. */
export const signInSection = ({
  signIns: { daily, networks },
  period,
}: Pick<Report, 'signIns' | 'period'>): Html =>
  html`<section aria-labelledby="sign-ins">
    <h2 id="sign-ins">Sign-in networks</h2>
    ${
      daily.length === 0
        ? html`<p>No sign-in in this period.</p>`
        : html`<p>
              A network is a /24 of IPv4, or a /48 of IPv6. It is new if the person had signed in before, but
              never from there.
            </p>
            ${timeChart({
              title: 'Sign-ins over time, from networks used before and from new ones',
              counts: daily.flatMap(({ day, known, fromNewNetwork }) => [
                { day, kind: 'known', count: known },
                { day, kind: 'new', count: fromNewNetwork },
              ]),
              period,
              nameOf: (kind) => NAMES[kind] ?? kind,
              colors: { known: '--s1', new: '--s3' },
            })}
            <h3>Networks, those with the most new people first</h3>
            ${table('Sign-in networks', COLUMNS, networks.rows, networks.total - networks.rows.length)}`
    }
  </section>`;

const COLUMNS: readonly Column<SignInNetwork>[] = [
  { title: 'Network', cell: ({ network }) => html`<code>${shown(network)}</code>`, kind: 'short' },
  { title: 'Sign-ins', cell: ({ signIns }) => formatCount(signIns), kind: 'number' },
  { title: 'People', cell: ({ people }) => formatCount(people), kind: 'number' },
  { title: 'New people', cell: ({ newPeople }) => formatCount(newPeople), kind: 'number' },
  { title: 'Last sign-in (UTC)', cell: ({ lastSignIn }) => instant(lastSignIn) },
];
