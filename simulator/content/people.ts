import { type Answer, apiError, json, validationFailed } from '../response.ts';
import { hash } from 'node:crypto';
import { type ContentRequest, decodeOnce, personOf, zoomTime } from './content-request.ts';
import type { Person } from './model.ts';

const STATUSES: readonly string[] = ['active', 'inactive', 'pending'];

/** `GET /users`: the people of one status, `active` by default. */
export const listUsers = (request: ContentRequest): Answer => {
  const { call, store, pager, twists, now } = request;
  const status = call.query.get('status') ?? 'active';
  if (!STATUSES.includes(status)) return validationFailed('status', 'Invalid field.');

  const page = pager.page(call, twists, {
    binding: [store.accountId, 'users', status],
    look: () => [...store.people.values()].filter((one) => one.status === status && one.visibleFrom <= now),
    numbered: true,
    insert: () => store.addPerson(newcomer(store.people.size)),
  });
  if ('rejection' in page) return page.rejection;
  return json(200, {
    page_count: Math.max(1, Math.ceil(page.total / page.size)),
    page_number: page.number,
    page_size: page.size,
    total_records: page.total,
    next_page_token: page.token,
    users: page.items.map(userRow),
  });
};

/** `GET /users/{id or email}`: deactivated people as well. */
export const readUser = (request: ContentRequest): Answer => {
  const person = personOf(request);
  if ('rejection' in person) return person.rejection;
  return json(200, {
    ...userRow(person),
    account_id: request.store.accountId,
    role_name: ROLE_NAMES[person.roleId] ?? 'Member',
    cms_user_id: '',
    job_title: '',
    location: '',
    personal_meeting_url: `https://us02web.zoom.us/j/${pmiOf(person)}`,
  });
};

/** `GET /groups`. */
export const listGroups = ({ call, store, pager, twists }: ContentRequest): Answer => {
  const page = pager.page(call, twists, {
    binding: [store.accountId, 'groups'],
    look: () => [...store.groups.values()],
  });
  if ('rejection' in page) return page.rejection;
  return json(200, {
    total_records: page.total,
    next_page_token: page.token,
    groups: page.items.map(({ id, name }) => ({
      id,
      name,
      total_members: [...store.people.values()].filter((person) => isMember(person, id)).length,
    })),
  });
};

/** `GET /groups/{id}/members`. */
export const listGroupMembers = ({ call, part, store, pager, twists, now }: ContentRequest): Answer => {
  const groupId = decodeOnce(part);
  if (!store.groups.has(groupId)) return apiError(404, 4130, `Group does not exist: ${groupId}.`);
  const page = pager.page(call, twists, {
    binding: [store.accountId, 'group-members', groupId],
    look: () =>
      [...store.people.values()].filter((person) => isMember(person, groupId) && person.visibleFrom <= now),
    numbered: true,
  });
  if ('rejection' in page) return page.rejection;
  return json(200, {
    page_count: Math.max(1, Math.ceil(page.total / page.size)),
    page_number: page.number,
    page_size: page.size,
    total_records: page.total,
    next_page_token: page.token,
    members: page.items.map(({ id, email, firstName, lastName, type }) => ({
      id,
      email,
      first_name: firstName,
      last_name: lastName,
      type,
    })),
  });
};

const ROLE_NAMES: Record<string, string> = { 0: 'Owner', 1: 'Admin', 2: 'Member' };

const isMember = ({ groupIds, status }: Person, groupId: string): boolean =>
  groupIds.includes(groupId) && (status === 'active' || status === 'inactive');

const pmiOf = ({ id }: Person): number =>
  3_000_000_000 + (Number.parseInt(hash('sha256', id).slice(0, 8), 16) % 6_000_000_000);

/** Pending people have neither an id nor a last login. */
const userRow = (person: Person): object => ({
  ...(person.status !== 'pending' && { id: person.id }),
  first_name: person.firstName,
  last_name: person.lastName,
  display_name: `${person.firstName} ${person.lastName}`,
  email: person.email,
  type: person.type,
  ...(person.status !== 'pending' && { pmi: pmiOf(person) }),
  timezone: person.timezone,
  verified: person.status === 'pending' ? 0 : 1,
  dept: person.dept,
  created_at: zoomTime(person.createdAt),
  ...(person.status !== 'pending' && {
    last_login_time: zoomTime(person.lastLoginAt),
    last_client_version: '6.2.5.46792(win)',
  }),
  language: 'en-US',
  role_id: person.roleId,
  ...(person.groupIds.length > 0 && { group_ids: person.groupIds }),
  status: person.status,
  user_created_at: zoomTime(person.createdAt),
});

const newcomer = (serial: number) => ({
  email: `newcomer.${serial}@quillmere.example`,
  firstName: 'New',
  lastName: `Comer ${serial}`,
});
