import { ConfigurationError } from '../../errors.ts';
import { addDays, type Day, dayOf } from '../../model/day.ts';
import { parseEventTime } from '../../model/event-time.ts';
import { type ListedRow, type RawRow, toListedRow } from '../../model/listed-row.ts';
import type { Permission } from '../../model/permission.ts';
import { fieldsOf } from '../../model/raw-row.ts';
import type { ContentContext } from '../content-context.ts';
import { type ListRequest, uuidInPath } from '../listings.ts';
import type { Person } from '../people.ts';
import { readWholeList, type WholeList } from '../read-list.ts';
import type { RoutedRow } from '../recording-rows.ts';
import type { Unit, UnitListing } from './unit.ts';

const PAGE_SIZE = 300;

/** No such meeting, no access to it, or one of more than a year ago. */
const NO_SUCH_MEETING = [3001, 1010, 12702];

const HISTORY: Permission = {
  scope: { granular: 'report:read:list_history_meetings:admin', classic: 'report:read:admin' },
  rolePrivilege: 'User Activity Reports > Usage Reports (view)',
};

const OF_HOST: Permission = {
  scope: { granular: 'report:read:user:admin', classic: 'report:read:admin' },
  rolePrivilege: 'User Activity Reports > Usage Reports (view)',
};

const DETAILS: Permission = {
  scope: { granular: 'meeting:read:list_past_participants:admin', classic: 'meeting:read:admin' },
  rolePrivilege: 'User Management > Meetings (view)',
};

/** The people whose meetings are collected, by e-mail and id; undefined for everyone. */
export interface ChosenHosts {
  readonly people: readonly Person[];
  readonly isEveryone: boolean;
}

/**
 * The meetings and webinars of each day, with their participants, polls and questions. Listed for the whole account: that report
 * has the meetings of everyone, deleted people included.
 */
export const meetingUnits = (
  context: ContentContext,
  days: readonly Day[],
  hosts: ChosenHosts,
  details: 'read' | 'left-out',
): Unit[] =>
  days.map((day) => ({
    name: `day:${day}`,
    list: async (signal) => {
      const request: ListRequest = {
        path: '/report/history_meetings',
        query: { from: day, to: addDays(day, 1) },
        rowsField: 'history_meetings',
        pageSize: PAGE_SIZE,
        label: 'heavy',
        permission: HISTORY,
        source: context.source,
        what: `the meetings of ${day} (source ${context.source})`,
      };
      const list = await readList(context, request, 'meeting_uuid', signal);
      return detailed(context, list, 'meeting_uuid', { day, hosts, details, signal });
    },
  }));

/** The same for one host after the other, for an app that may not read the account's report. Meetings with one participant are missing. */
export const meetingUnitsOfHosts = (
  context: ContentContext,
  days: readonly Day[],
  hosts: ChosenHosts,
  details: 'read' | 'left-out',
): Unit[] =>
  hosts.people.flatMap(({ id, email }) =>
    id === undefined
      ? []
      : days.map((day) => ({
          name: `host:${id}:${day}`,
          list: async (signal: AbortSignal) => {
            const request: ListRequest = {
              path: `/report/users/${encodeURIComponent(id)}/meetings`,
              query: { from: day, to: addDays(day, 1), type: 'past' },
              rowsField: 'meetings',
              pageSize: PAGE_SIZE,
              label: 'heavy',
              permission: OF_HOST,
              source: context.source,
              what: `the meetings of ${email || id} on ${day} (source ${context.source})`,
              absentCodes: [1001, 1010],
            };
            const list = await readList(context, request, 'uuid', signal);
            return detailed(context, list, 'uuid', { day, hosts, details, signal });
          },
        })),
  );

const readList = (
  { listings, clock, beforeRequest }: ContentContext,
  request: ListRequest,
  uuidField: string,
  signal: AbortSignal,
): Promise<WholeList> =>
  readWholeList(
    listings,
    request,
    (row, index) => textOf(row, uuidField) || `row ${index}`,
    clock,
    signal,
    beforeRequest(request.label),
  );

interface DetailOptions {
  readonly day: Day;
  readonly hosts: ChosenHosts;
  readonly details: 'read' | 'left-out';
  readonly signal: AbortSignal;
}

const detailed = async (
  context: ContentContext,
  list: WholeList,
  uuidField: string,
  { day, hosts, details, signal }: DetailOptions,
): Promise<UnitListing> => {
  const emails = new Set(hosts.people.map(({ email }) => email));
  const meetings = list.rows.filter(({ row }) => {
    const isOfDay = dayOfMeeting(row, day) === day;
    const host = textOf(row, 'host_email') || textOf(row, 'user_email');
    return isOfDay && (hosts.isEveryone || emails.has(host.toLowerCase()));
  });
  const rows: RoutedRow[] = meetings.map((listed) => ({
    day,
    row: toListedRow({ kind: 'meeting', meeting_uuid: textOf(listed.row, uuidField), row: listed.row }),
  }));
  for (const { row } of meetings) {
    const uuid = textOf(row, uuidField);
    if (uuid === '' || details === 'left-out') continue;
    for (const { kind, found } of await readDetails(context, uuid, day, signal)) {
      rows.push({ day, row: toListedRow({ kind, meeting_uuid: uuid, row: found.row }) });
    }
  }
  const unreadable = meetings.filter(({ row }) => textOf(row, uuidField) === '').length;
  return { rows, unreadable, list: { ...list, count: list.rows.length } };
};

/** Who took part in a meeting, its polls and its questions. A meeting of which Zoom has no details has none. */
const readDetails = async (
  context: ContentContext,
  uuid: string,
  day: Day,
  signal: AbortSignal,
): Promise<{ kind: 'participant' | 'poll' | 'qa'; found: ListedRow }[]> => {
  const { source, listings, beforeRequest } = context;
  const base = {
    query: {},
    label: 'medium',
    permission: DETAILS,
    source,
    absentCodes: NO_SUCH_MEETING,
  } as const;
  const path = `/past_meetings/${uuidInPath(uuid)}`;
  const participants = await readWholeList(
    listings,
    {
      ...base,
      path: `${path}/participants`,
      rowsField: 'participants',
      pageSize: PAGE_SIZE,
      what: `the participants of a meeting of ${day} (source ${source})`,
    },
    (row, index) => `${index} ${textOf(row, 'id')} ${textOf(row, 'join_time')}`,
    context.clock,
    signal,
    beforeRequest('medium'),
  );
  const details: { kind: 'participant' | 'poll' | 'qa'; found: ListedRow }[] = participants.rows.map(
    (found) => ({
      kind: 'participant',
      found,
    }),
  );
  for (const [kind, name] of [
    ['poll', 'polls'],
    ['qa', 'qa'],
  ] as const) {
    const found = await optional(
      listings.one(
        { ...base, path: `${path}/${name}`, what: `the ${name} of a meeting of ${day} (source ${source})` },
        signal,
        beforeRequest('medium'),
      ),
    );
    const questions = fieldsOf(found?.row)?.['questions'];
    if (found && Array.isArray(questions) && questions.length > 0) details.push({ kind, found });
  }
  return details;
};

/** Polls and questions need scopes of their own, which many apps do not have: a refusal leaves them out. */
const optional = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ConfigurationError && error.scope === 'stream') return undefined;
    throw error;
  }
};

const dayOfMeeting = (row: RawRow, otherwise: Day): Day => {
  const start = parseEventTime(fieldsOf(row)?.['start_time']);
  return start ? dayOf(start) : otherwise;
};

const textOf = (row: RawRow, field: string): string => {
  const value = fieldsOf(row)?.[field];
  return typeof value === 'string' ? value : '';
};
