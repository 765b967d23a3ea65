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

/** A host's meetings with more than one participant, and those with one: Zoom has a list of each. */
const TYPES_OF_HOST = ['past', 'pastOne'] as const;

const unitsOfHosts = (subject: ListingSubject): Unit[] => {
  const days = daysBetween(subject.range.from, subject.range.to);
  return subject.hosts.people.flatMap(({ id, email }) =>
    id === undefined
      ? []
      : days.flatMap((day) => TYPES_OF_HOST.map((type) => unitOfHost(subject, { id, email }, day, type))),
  );
};

const unitOfHost = (
  subject: ListingSubject,
  { id, email }: { readonly id: string; readonly email: string },
  day: Day,
  type: (typeof TYPES_OF_HOST)[number],
): Unit => ({
  name: `host:${id}:${day}:${type}`,
  list: async (signal) => {
    const { context } = subject;
    const request: ListRequest = {
      path: `/report/users/${encodeURIComponent(id)}/meetings`,
      query: { from: day, to: addDays(day, 1), type },
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
});

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
    const host = hostOf(row);
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

/** The host's address: the lists of the account and of a host have it under different names. */
const hostOf = (row: RawRow): string => textAt(row, 'host_email') || textAt(row, 'user_email');

const dayOfMeeting = (row: RawRow, otherwise: Day): Day => {
  const start = parseEventTime(fieldsOf(row)?.['start_time']);
  return start ? dayOf(start) : otherwise;
};

const isMeeting = (row: RawRow): boolean => valueAt(row, 'kind') === 'meeting';

/**
 * Meetings and webinars that were held, with their participants, polls and questions as rows of the same slice. Listed for the whole
 * account, because that report has the meetings of everyone, deleted people included; else host by host, where those of deleted people
 * are missing.
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
    host_email:
      valueAt(row, 'row.host_email') ?? (isMeeting(row) ? valueAt(row, 'row.user_email') : undefined),
    start_time: valueAt(row, 'row.start_time'),
    end_time: valueAt(row, 'row.end_time'),
    participant_name: valueAt(row, 'row.name'),
    participant_email: isMeeting(row) ? undefined : valueAt(row, 'row.user_email'),
    join_time: valueAt(row, 'row.join_time'),
    leave_time: valueAt(row, 'row.leave_time'),
  }),
};
