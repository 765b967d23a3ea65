import { type Day, dayOf } from '../../model/day.ts';
import { type ListedRow, toListedRow } from '../../model/listed-row.ts';
import type { Permission } from '../../model/permission.ts';
import { fieldsOf, type RawRow, valueAt } from '../../model/raw-row.ts';
import type { ContentContext } from '../content-context.ts';
import { readWholeList, type WholeList } from '../read-list.ts';
import type { ContentStreamDefinition, Person } from './definition.ts';
import type { RoutedRow } from './unit.ts';

/** Everyone with an account. Its rows belong to the day on which they were listed. */
export const PERSON: ContentStreamDefinition = {
  title: 'people',
  identity: {
    fields: [
      'created_at',
      'dept',
      'display_name',
      'email',
      'first_name',
      'group_ids',
      'id',
      'last_name',
      'role_id',
      'status',
      'type',
      'user_created_at',
    ],
    volatile: [],
    time: [],
  },
  isOfListingDay: true,
  listing: 'census',
  closing: { lateHours: 0, confirmedAfterDays: undefined },
  subjects: undefined,
  files: undefined,
  toFlat: (_slice, row) => ({
    person_id: valueAt(row, 'id'),
    email: valueAt(row, 'email'),
    display_name: valueAt(row, 'display_name'),
    first_name: valueAt(row, 'first_name'),
    last_name: valueAt(row, 'last_name'),
    status: valueAt(row, 'status'),
    type: valueAt(row, 'type'),
    dept: valueAt(row, 'dept'),
    group_ids: valueAt(row, 'group_ids'),
  }),
};

/** The statuses of people: one list each. Tools that ask for active people alone lose the recordings of all others. */
const STATUSES = ['active', 'inactive', 'pending'] as const;

const PAGE_SIZE = 300;

const PEOPLE: Permission = {
  scope: { granular: 'user:read:list_users:admin', classic: 'user:read:admin' },
  rolePrivilege: 'User Management > Users (view)',
};

/** All people of the account at one time. */
export interface Census {
  readonly people: readonly Person[];
  readonly beganAt: Date;
  readonly endedAt: Date;
  /** The lists that were read: one for each status. */
  readonly units: number;
  /** Whether all lists were proven whole. */
  readonly isProven: boolean;
  readonly rows: readonly RoutedRow[];
}

/** Takes the census: everyone of every status. Throws as the listings do. */
export const takeCensus = async (
  { source, listings, clock, beforeRequest }: ContentContext,
  signal: AbortSignal,
): Promise<Census> => {
  const beganAt = clock.now();
  const lists: { status: string; list: WholeList }[] = [];
  for (const status of STATUSES) {
    const list = await readWholeList(
      listings,
      {
        path: '/users',
        query: { status },
        rowsField: 'users',
        pageSize: PAGE_SIZE,
        label: 'medium',
        permission: PEOPLE,
        source,
        what: `the people with status "${status}" (source ${source})`,
      },
      keyOfPerson,
      clock,
      signal,
      beforeRequest('medium'),
    );
    lists.push({ status, list });
  }
  const endedAt = clock.now();
  const day = dayOf(endedAt);
  return {
    people: lists.flatMap(({ list }) => list.rows.flatMap(({ row }) => toPerson(row) ?? [])),
    beganAt,
    endedAt,
    units: lists.length,
    isProven: lists.every(({ list }) => list.isProven),
    rows: lists.flatMap(({ status, list }) => list.rows.map((row) => toRow(row, status, day))),
  };
};

/** A person's row: as Zoom sent it, with the status of the list if the row itself has none. */
const toRow = (listed: ListedRow, status: string, day: Day): RoutedRow => {
  const fields = fieldsOf(listed.row);
  const row = !fields || fields['status'] !== undefined ? listed : toListedRow({ ...fields, status });
  return { day, row };
};

/** The key of a person or a group in a list: its id, else its address. */
export const keyOfPerson = (row: RawRow, index: number): string => {
  const { id, email } = fieldsOf(row) ?? {};
  if (typeof id === 'string' && id !== '') return `id ${id}`;
  return typeof email === 'string' ? `email ${email}` : `row ${index}`;
};

const toPerson = (row: RawRow): Person | undefined => {
  const { id, email, group_ids: groupIds } = fieldsOf(row) ?? {};
  const hasId = typeof id === 'string' && id !== '';
  if (!hasId && typeof email !== 'string') return undefined;
  return {
    id: hasId ? id : undefined,
    email: typeof email === 'string' ? email.toLowerCase() : '',
    groupIds: Array.isArray(groupIds) ? groupIds.filter((group) => typeof group === 'string') : [],
  };
};
