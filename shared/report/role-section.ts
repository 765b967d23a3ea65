import { type Html, html } from '../connect/pages/html.ts';
import { plural } from '../model/format-count.ts';
import type { Report } from './report.ts';
import { statusNote } from './status-note.ts';
import type { RoleChange } from './role-figures.ts';
import { type Column, sourceColumn, table } from './table.ts';
import { instant, shown } from './text.ts';

/** Who was given which role: privileged ones first. */
export const roleSection = ({
  roles: { changes, privileged },
  streams,
}: Pick<Report, 'roles' | 'streams'>): Html =>
  html`<section aria-labelledby="roles">
    <h2 id="roles">Role grants</h2>
    ${
      changes.total === 0
        ? html`<p>No role was given or taken in this period.</p>`
        : html`<p>
              ${plural(changes.total, 'change')} of a role. ${plural(privileged, 'grant')} of an owner or
              administrator role, listed first.
            </p>
            ${table('Role grants', [...COLUMNS, ...sourceColumn({ streams })], changes.rows, changes.total - changes.rows.length)}`
    }
  </section>`;

const COLUMNS: readonly Column<RoleChange>[] = [
  { title: 'When (UTC)', cell: ({ time }) => instant(time) },
  {
    title: 'Person',
    cell: ({ person, status }) => html`${shown(person)}${statusNote(status)}`,
    kind: 'wide',
  },
  { title: 'Old role', cell: ({ oldRole }) => shown(oldRole) },
  {
    title: 'New role',
    cell: ({ newRole, isPrivileged }) =>
      isPrivileged
        ? html`<b>${shown(newRole)}</b> <span class="level high">privileged</span>`
        : shown(newRole),
  },
  {
    title: 'By',
    cell: ({ actor }) => shown(actor === '' ? 'unknown' : actor),
    kind: 'wide',
  },
];
