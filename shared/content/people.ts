import type { ObjectStore } from '../collect/ports.ts';
import { ConfigurationError } from '../errors.ts';
import type { Day } from '../model/day.ts';
import { dayOf } from '../model/day.ts';
import { type ListedRow, toListedRow } from '../model/listed-row.ts';
import type { Permission } from '../model/permission.ts';
import { fieldsOf, type RawRow } from '../model/raw-row.ts';
import type { ContentContext } from './content-context.ts';
import { findEarlierPerson } from './earlier-people.ts';
import { readWholeList, type WholeList } from './read-list.ts';
import type { RoutedRow } from './recording-rows.ts';

/** The statuses of people: one list each. Tools that ask for active people alone lose the recordings of all others. */
const STATUSES = ['active', 'inactive', 'pending'] as const;

const PAGE_SIZE = 300;

const PEOPLE: Permission = {
  scope: { granular: 'user:read:list_users:admin', classic: 'user:read:admin' },
  rolePrivilege: 'User Management > Users (view)',
};

const GROUPS: Permission = {
  scope: { granular: 'group:read:list_groups:admin', classic: 'group:read:admin' },
  rolePrivilege: 'User Management > Groups (view)',
};

/** Someone with an account. */
export interface Person {
  /** Zoom's id; undefined for a pending person, who has none and can have no content. */
  readonly id: string | undefined;
  /** In lower case. */
  readonly email: string;
  readonly groupIds: readonly string[];
}

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

const keyOfPerson = (row: RawRow, index: number): string => {
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

/** The dependencies of choosing people. `store` has earlier lists of people; undefined before the first run. */
export type PeopleContext = Pick<
  ContentContext,
  'source' | 'listings' | 'clock' | 'beforeRequest' | 'choice'
> & {
  readonly store: ObjectStore | undefined;
};

/** The people of a census whose content is collected. Throws ConfigurationError for an unknown person or group. */
export const choosePeople = async (
  context: PeopleContext,
  census: Pick<Census, 'people'>,
  signal: AbortSignal,
): Promise<Person[]> => {
  const { include, exclude } = context.choice.people;
  const isExcluded = await named(context, exclude, census);
  if (include === 'all') return census.people.filter((person) => !isExcluded(person));

  const isNamed = await named(context, include.emails, census);
  const members = await membersOf(context, include.groups, signal);
  return census.people.filter(
    (person) =>
      !isExcluded(person) && (isNamed(person) || (person.id !== undefined && members.has(person.id))),
  );
};

/**
 * Whether a person is one of those with some addresses. An address that the account has no more is looked up in earlier lists: its
 * person may have another by now, or have left.
 */
const named = async (
  { store, source }: Pick<PeopleContext, 'store' | 'source'>,
  addresses: readonly string[],
  { people }: Pick<Census, 'people'>,
): Promise<(person: Person) => boolean> => {
  const known = new Set(people.map(({ email }) => email));
  const emails = new Set(addresses.map((email) => email.toLowerCase()));
  const ids = new Set<string | undefined>();
  const unknown: string[] = [];
  for (const email of emails) {
    if (known.has(email)) continue;
    const earlier = store && (await findEarlierPerson(store, source, email));
    if (!earlier) unknown.push(email);
    else if (earlier.id !== undefined) ids.add(earlier.id);
  }
  assertNone(unknown);
  return ({ id, email }) => emails.has(email) || ids.has(id);
};

const assertNone = (unknown: readonly string[]): void => {
  if (unknown.length === 0) return;
  throw new ConfigurationError(
    'unknown-person',
    `The Zoom account has no one with the e-mail address ${unknown.join(', ')}, in any status. Check the address in Zoom's admin ` +
      `portal under User Management > Users. A deleted person cannot be chosen by address: collect everyone, or the person to whom ` +
      `the recordings were transferred.`,
  );
};

/** The ids of the members of groups, by the names of the groups. */
const membersOf = async (
  { source, listings, clock, beforeRequest }: PeopleContext,
  names: readonly string[],
  signal: AbortSignal,
): Promise<Set<string>> => {
  const members = new Set<string>();
  if (names.length === 0) return members;
  const request = { query: {}, pageSize: PAGE_SIZE, label: 'medium', permission: GROUPS, source } as const;
  const groups = await readWholeList(
    listings,
    { ...request, path: '/groups', rowsField: 'groups', what: `the groups (source ${source})` },
    keyOfPerson,
    clock,
    signal,
    beforeRequest('medium'),
  );
  const idOf = new Map(
    groups.rows.flatMap(({ row }) => {
      const { id, name } = fieldsOf(row) ?? {};
      return typeof id === 'string' && typeof name === 'string' ? [[name, id] as const] : [];
    }),
  );
  const unknown = names.filter((name) => !idOf.has(name));
  if (unknown.length > 0) {
    throw new ConfigurationError(
      'unknown-group',
      `The Zoom account has no group named ${unknown.map((name) => `"${name}"`).join(', ')}. ` +
        `Its groups are: ${[...idOf.keys()].map((name) => `"${name}"`).join(', ') || 'none'}.`,
    );
  }
  for (const name of names) {
    const list = await readWholeList(
      listings,
      {
        ...request,
        path: `/groups/${encodeURIComponent(idOf.get(name) ?? '')}/members`,
        rowsField: 'members',
        what: `the members of the group "${name}" (source ${source})`,
      },
      keyOfPerson,
      clock,
      signal,
      beforeRequest('medium'),
    );
    for (const { row } of list.rows) {
      const { id } = fieldsOf(row) ?? {};
      if (typeof id === 'string') members.add(id);
    }
  }
  return members;
};
