import { addDays, type Day, daysBetween } from '../../model/day.ts';
import type { ListedRow, RawRow } from '../../model/listed-row.ts';
import type { Permission } from '../../model/permission.ts';
import { fieldsOf } from '../../model/raw-row.ts';
import type { ContentContext } from '../content-context.ts';
import { uuidInPath, type ListRequest } from '../listings.ts';
import { readWholeList } from '../read-list.ts';
import type { ListedFile } from '../listed-file.ts';
import { fileOfRow, isUnreadable, type RecordingList, recordingRowsOf } from '../recording-rows.ts';
import type { DayRange } from '../windows.ts';
import type { ListingSubject } from './definition.ts';
import type { RoutedRow, Unit, UnitListing } from './unit.ts';

/** Zoom's largest page size, in meetings. */
const PAGE_SIZE = 300;

/** No such person, or one of another account. The person may have been deleted since the census. */
const NO_SUCH_PERSON = [1001, 1010];

/** No such recording, or no such meeting. */
const NOT_FOUND = 3301;
const NO_SUCH_RECORDING = [NOT_FOUND, 3001];

const OF_HOST: Permission = {
  scope: {
    granular: 'cloud_recording:read:list_user_recordings:admin',
    classic: 'recording:read:admin',
  },
  rolePrivilege: 'Account Management > Recording Management (view)',
};

const OF_ACCOUNT: Permission = {
  scope: {
    granular: 'cloud_recording:read:list_account_recordings:admin',
    classic: 'account:read:admin',
  },
  rolePrivilege: 'Account Management > Recording Management (view)',
};

const OF_MEETING: Permission = {
  scope: {
    granular: 'cloud_recording:read:list_recording_files:admin',
    classic: 'recording:read:admin',
  },
  rolePrivilege: 'Account Management > Recording Management (view)',
};

/** The recordings of each host over a range of at most 28 days, and the trash of each. Without the list of people there are none. */
export const recordingsOfHosts = ({ context, range, hosts }: ListingSubject): Unit[] | undefined => {
  if (hosts.people.length === 0 && hosts.isEveryone) return undefined;
  return hosts.people.flatMap(({ id, email }): Unit[] => {
    if (id === undefined) return [];
    const path = `/users/${encodeURIComponent(id)}/recordings`;
    const of = `of ${email || id}`;
    return [
      {
        name: `host:${id}`,
        list: (signal) => listRange(context, { path, permission: OF_HOST, of, range, signal }),
      },
      ...TRASHES.map((trashType): Unit => ({
        name: `trash:${trashType}:${id}`,
        list: (signal) =>
          listMeetings(
            context,
            {
              ...common(context, path, OF_HOST),
              query: { trash: 'true', trash_type: trashType },
              what: `the trash ${of} (source ${context.source})`,
            },
            'trash',
            range,
            signal,
          ),
      })),
    ];
  });
};

/** Whole meetings, and single files of meetings, in the trash. `from` and `to` do not apply to either. */
const TRASHES = ['meeting_recordings', 'recording_file'] as const;

/**
 * The recordings of the whole account, day by day, for an app that may not list people. Undefined if only some people are chosen: the
 * files of others must not be fetched. Whether this list has the recordings of deactivated people is not known: the lists of hosts are
 * preferred.
 */
export const recordingsOfAccount = ({ context, range, hosts }: ListingSubject): Unit[] | undefined => {
  if (!hosts.isEveryone) return undefined;
  return daysBetween(range.from, range.to).map((day) => ({
    name: `account:${day}`,
    list: (signal) =>
      listRange(context, {
        path: '/accounts/me/recordings',
        permission: OF_ACCOUNT,
        of: 'of the account',
        range: { from: day, to: day },
        signal,
      }),
  }));
};

/** The files of one meeting, with the audio of single participants, which lists leave out. Undefined if Zoom has none. */
export const readMeeting = (
  context: ContentContext,
  uuid: string,
  day: Day,
  signal: AbortSignal,
): Promise<RoutedRow[] | undefined> => askForMeeting(context, uuid, day, signal, NO_SUCH_RECORDING);

/** Whether Zoom shows a file among those of its meeting, which leave out what is in the trash. */
export const isRecordingThere = async (
  context: ContentContext,
  { uuid, item }: ListedFile,
  day: Day,
  signal: AbortSignal,
): Promise<boolean> => {
  const rows = await readMeeting(context, uuid, day, signal);
  return rows?.some(({ row }) => fileOfRow(row.row)?.item === item) ?? false;
};

/**
 * Whether Zoom answers for a file that the recording does not exist (code 3301). That its meeting does not exist (3001) is a failure
 * here: it is also the answer for a wrong or badly encoded uuid.
 */
export const isRecordingNotFound = async (
  context: ContentContext,
  { uuid }: ListedFile,
  day: Day,
  signal: AbortSignal,
): Promise<boolean> => (await askForMeeting(context, uuid, day, signal, [NOT_FOUND])) === undefined;

const askForMeeting = async (
  { source, listings, beforeRequest }: ContentContext,
  uuid: string,
  day: Day,
  signal: AbortSignal,
  absentCodes: readonly number[],
): Promise<RoutedRow[] | undefined> => {
  const found = await listings.one(
    {
      path: `/meetings/${uuidInPath(uuid)}/recordings`,
      query: {},
      label: 'light',
      permission: OF_MEETING,
      source,
      what: `the recording files of a meeting of ${day} (source ${source})`,
      absentCodes,
    },
    signal,
    beforeRequest('light'),
  );
  return found && recordingRowsOf(found, 'detail', day);
};

interface RangeListing {
  readonly path: string;
  readonly permission: Permission;
  readonly of: string;
  readonly range: DayRange;
  readonly signal: AbortSignal;
}

const listRange = (
  context: ContentContext,
  { path, permission, of, range, signal }: RangeListing,
): Promise<UnitListing> =>
  listMeetings(
    context,
    {
      ...common(context, path, permission),
      // Whether `to` is inclusive is not documented: the range ends a day later, and rows of that day belong to another.
      query: { from: range.from, to: addDays(range.to, 1) },
      what: `the recordings ${of} from ${range.from} to ${range.to} (source ${context.source})`,
    },
    'recordings',
    range,
    signal,
  );

const common = (
  { source }: ContentContext,
  path: string,
  permission: Permission,
): Omit<ListRequest, 'query' | 'what'> => ({
  path,
  permission,
  source,
  rowsField: 'meetings',
  pageSize: PAGE_SIZE,
  label: 'medium',
  absentCodes: NO_SUCH_PERSON,
});

const listMeetings = async (
  { listings, clock, beforeRequest }: ContentContext,
  request: ListRequest,
  kind: RecordingList,
  { from, to }: DayRange,
  signal: AbortSignal,
): Promise<UnitListing> => {
  const list = await readWholeList(listings, request, keyOfMeeting, clock, signal, beforeRequest('medium'));
  const rows = list.rows.flatMap((row: ListedRow) => recordingRowsOf(row, kind, from));
  const ofRange = rows.filter(({ day }) => day >= from && day <= to);
  return {
    rows: ofRange,
    unreadable: ofRange.filter(({ row }) => isUnreadable(row.row)).length,
    list: { ...list, count: list.rows.length },
  };
};

const keyOfMeeting = (row: RawRow, index: number): string => {
  const { uuid } = fieldsOf(row) ?? {};
  return typeof uuid === 'string' && uuid !== '' ? uuid : `row ${index}`;
};
