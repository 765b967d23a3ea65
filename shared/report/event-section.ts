import { type Html, html } from '../connect/pages/html.ts';
import { plural } from '../model/format-count.ts';
import type { Report } from './report.ts';
import { timeChart } from './time-chart.ts';

/** Events over time, by area and by control. */
export const eventSection = ({
  events: { byArea, byControl, withoutControls },
  period,
}: Pick<Report, 'events' | 'period'>): Html =>
  html`<section aria-labelledby="events">
    <h2 id="events">Events over time</h2>
    <h3>By area</h3>
    ${
      byArea.length === 0
        ? html`<p>No event in this period.</p>`
        : timeChart({ title: 'Events by area over time', counts: byArea, period })
    }
    <h3>By control</h3>
    ${
      withoutControls > 0 &&
      html`<p>
        ${plural(withoutControls, 'operation')} of an older mapping version have no controls and no
        directions.
        <code>replay</code> brings them to the present one.
      </p>`
    }
    ${
      byControl.length === 0
        ? html`<p>No change of a protection or permission in this period.</p>`
        : html`<p>Operations that changed a protection or permission. One counts once for each.</p>
            ${timeChart({ title: 'Operations by control over time', counts: byControl, period })}`
    }
  </section>`;
