import type { ObjectStore } from '../collect/ports.ts';
import { ConfigurationError } from '../errors.ts';
import type { Permission } from '../model/permission.ts';
import { fieldsOf } from '../model/raw-row.ts';
import type { ContentContext } from './content-context.ts';
import { findEarlierPerson } from './earlier-people.ts';
import { readWholeList } from './read-list.ts';
import type { Person } from './streams/definition.ts';
import { type Census, keyOfPerson } from './streams/person.ts';

const PAGE_SIZE = 300;

const GROUPS: Permission = {
  scope: { granular: 'group:read:list_groups:admin', classic: 'group:read:admin' },
  rolePrivilege: 'User Management > Groups (view)',
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
