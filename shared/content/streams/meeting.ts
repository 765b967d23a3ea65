import { addDays, type Day, dayOf, daysBetween } from '../../model/day.ts';
import { parseEventTime } from '../../model/event-time.ts';
import { type RawRow, toListedRow } from '../../model/listed-row.ts';
import type { Permission } from '../../model/permission.ts';
import { fieldsOf, textAt, valueAt } from '../../model/raw-row.ts';
import type { ContentContext } from '../content-context.ts';
import type { ListRequest } from '../listings.ts';
import { readWholeList, type WholeList } from '../read-list.ts';
import { LATE_HOURS, type ContentStreamDefinition, type ListingSubject } from './definition.ts';
import { readDetails, REQUESTS_PER_MEETING } from './meeting-details.ts';
import type { RoutedRow, Unit, UnitListing } from './unit.ts';

const PAGE_SIZE = 300;

const HISTORY: Permission = {
  scope: { granular: 'report:read:list_history_meetings:admin', classic: 'report:read:admin' },
  rolePrivilege: 'User Activity Reports > Usage Reports (view)',
};

const OF_HOST: Permission = {
  scope: { granular: 'report:read:user:admin', classic: 'report:read:admin' },
  rolePrivilege: 'User Activity Reports > Usage Reports (view)',
};

const unitsOfAccount = (subject: ListingSubject): Unit[] => {
  const { context, range } = subject;
  return daysBetween(range.from, range.to).map((day) => ({
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
      return detailed(subject, list, 'meeting_uuid', day, signal);
    },
  }));
};

const unitsOfHosts = (subject: ListingSubject): Unit[] => {
  const { context, range, hosts } = subject;
  const days = daysBetween(range.from, range.to);
  return hosts.people.flatMap(({ id, email }) =>
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
            return detailed(subject, list, 'uuid', day, signal);
          },
        })),
  );
};

const readList = (
  { listings, clock, beforeRequest }: ContentContext,
  request: ListRequest,
  uuidField: string,
  signal: AbortSignal,
): Promise<WholeList> =>
  readWholeList(
    listings,
    request,
    (row, index) => textAt(row, uuidField) || `row ${index}`,
    clock,
    signal,
    beforeRequest(request.label),
  );

const detailed = async (
  { context, hosts, purpose }: ListingSubject,
  list: WholeList,
  uuidField: string,
  day: Day,
  signal: AbortSignal,
): Promise<UnitListing> => {
  const emails = new Set(hosts.people.map(({ email }) => email));
  const meetings = list.rows.filter(({ row }) => {
    const isOfDay = dayOfMeeting(row, day) === day;
    const host = textAt(row, 'host_email') || textAt(row, 'user_email');
    return isOfDay && (hosts.isEveryone || emails.has(host.toLowerCase()));
  });
  const rows: RoutedRow[] = meetings.map((listed) => ({
    day,
    row: toListedRow({ kind: 'meeting', meeting_uuid: textAt(listed.row, uuidField), row: listed.row }),
  }));
  for (const { row } of meetings) {
    const uuid = textAt(row, uuidField);
    if (uuid === '' || purpose === 'count') continue;
    for (const { kind, found } of await readDetails(context, uuid, day, signal)) {
      rows.push({ day, row: toListedRow({ kind, meeting_uuid: uuid, row: found.row }) });
    }
  }
  const unreadable = meetings.filter(({ row }) => textAt(row, uuidField) === '').length;
  return { rows, unreadable, list: { ...list, count: list.rows.length } };
};

const dayOfMeeting = (row: RawRow, otherwise: Day): Day => {
  const start = parseEventTime(fieldsOf(row)?.['start_time']);
  return start ? dayOf(start) : otherwise;
};

/**
 * Meetings and webinars that were held, with their participants, polls and questions as rows of the same slice. Listed for the whole
 * account, because that report has the meetings of everyone, deleted people included; else host by host, where meetings with one
 * participant are missing.
 */
export const MEETING: ContentStreamDefinition = {
  title: 'meetings',
  identity: {
    fields: ['kind', 'meeting_uuid', 'row'],
    volatile: [],
    time: ['row.start_time', 'row.join_time'],
  },
  isOfListingDay: false,
  listing: {
    isChosen: (types) => types.includes('meetings'),
    windowDays: 28,
    order: 'newest-first',
    oldestDay: undefined,
    usesDailyQuota: true,
    ways: [unitsOfAccount, unitsOfHosts],
    requestsPerSubject: REQUESTS_PER_MEETING,
    listedAgainAfterDays: [],
  },
  closing: { lateHours: LATE_HOURS, confirmedAfterDays: 7 },
  subjects: { field: 'meetings', noun: 'meeting', of: (row) => valueAt(row, 'meeting_uuid') },
  files: undefined,
  toFlat: (_slice, row) => ({
    kind: valueAt(row, 'kind'),
    meeting_uuid: valueAt(row, 'meeting_uuid'),
    meeting_id: valueAt(row, 'row.meeting_id'),
    topic: valueAt(row, 'row.topic'),
    host_email: valueAt(row, 'row.host_email'),
    start_time: valueAt(row, 'row.start_time'),
    end_time: valueAt(row, 'row.end_time'),
    participant_name: valueAt(row, 'row.name'),
    participant_email: valueAt(row, 'row.user_email'),
    join_time: valueAt(row, 'row.join_time'),
    leave_time: valueAt(row, 'row.leave_time'),
  }),
};
