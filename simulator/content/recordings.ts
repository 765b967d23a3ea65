import { DAY_MS, dayOf, startOf } from '../calendar.ts';
import { type Answer, accountMissing, apiError, json, validationFailed } from '../response.ts';
import { type ContentRequest, decodeOnce, meetingMissing, personOf } from './content-request.ts';
import { readDateRange } from './date-range.ts';
import { inOrder } from './list-order.ts';
import { readMeetingSegment } from './meeting-uuid.ts';
import type { Meeting } from './model.ts';
import { participantAudioFiles, recordingObject, shownFiles } from './recording-objects.ts';

const TOKEN_SECONDS = { longest: 604_800, usual: 86_400 };

/** `GET /users/{id}/recordings`. */
export const listUserRecordings = (request: ContentRequest): Answer => {
  const person = personOf(request);
  if ('rejection' in person) return person.rejection;
  return listRecordings(request, person.id);
};

/** `GET /accounts/{accountId or me}/recordings`: adds `host_email`. */
export const listAccountRecordings = (request: ContentRequest): Answer => {
  const named = decodeOnce(request.part);
  if (named !== 'me' && named !== request.account.accountId) return accountMissing(named);
  return listRecordings(request, undefined);
};

/** A page counts meetings. Dates are of the start of the meeting, in UTC. The trash has no dates. */
const listRecordings = (request: ContentRequest, hostId: string | undefined): Answer => {
  const { call, store, settings, now, pager, twists, account } = request;
  const { query } = call;
  if (!account.state.cloudRecording) return noCloudRecording();
  const range = readDateRange(query, now, { overAMonth: settings.overAMonth });
  if ('rejection' in range) return range.rejection;
  const isTrash = query.get('trash') === 'true';
  const trashType = query.get('trash_type') ?? 'meeting_recordings';
  if (isTrash && !['meeting_recordings', 'recording_file'].includes(trashType)) {
    return validationFailed('trash_type', 'Invalid field.');
  }

  const meetingId = query.get('meeting_id');
  const isListed = (meeting: Meeting): boolean => {
    if (meeting.start > now || meeting.visibleFrom > now) return false;
    if (hostId !== undefined && meeting.hostId !== hostId) return false;
    if (meetingId !== null && String(meeting.id) !== meetingId) return false;
    const files = shownFiles(request, meeting, isTrash ? 'trashed' : 'listed');
    if (isTrash) {
      const isWhole = shownFiles(request, meeting, 'listed').length === 0;
      return files.length > 0 && isWhole === (trashType === 'meeting_recordings');
    }
    const day = dayOf(meeting.start);
    const isIn =
      settings.content.toInclusive || range.to === range.from ? day <= range.lastDay : day < range.lastDay;
    return files.some(({ participantAudio }) => !participantAudio) && day >= range.firstDay && isIn;
  };
  const page = pager.page(call, twists, {
    binding: [store.accountId, 'recordings', hostId, range.from, range.to, isTrash, trashType, meetingId],
    look: () =>
      inOrder([...store.meetings.values()].filter(isListed), settings.order, ({ start, uuid }) => [
        start,
        uuid,
      ]),
    insert: () => insertMeeting(request, hostId, range.lastDay),
  });
  if ('rejection' in page) return page.rejection;

  return json(200, {
    from: range.from,
    to: range.to,
    page_count: Math.max(1, Math.ceil(page.total / page.size)),
    page_size: page.size,
    total_records: page.total,
    next_page_token: page.token,
    meetings: page.items.map((meeting) => ({
      ...recordingObject(request, meeting, isTrash ? 'trashed' : 'listed'),
      ...(hostId === undefined && { host_email: store.people.get(meeting.hostId)?.email ?? '' }),
    })),
  });
};

/** `GET /meetings/{uuid or id}/recordings`: a number means the latest instance. */
export const readMeetingRecordings = (request: ContentRequest): Answer => {
  const { call, part, store, links, now, account } = request;
  if (!account.state.cloudRecording) return noCloudRecording();
  const named = readMeetingSegment(part);
  const meeting = named === undefined ? undefined : store.meeting(named);
  if (!meeting) return meetingMissing(named ?? decodeOnce(part));
  if (shownFiles(request, meeting, 'listed').length === 0) return recordingMissing();

  const seconds = Number(call.query.get('ttl') ?? TOKEN_SECONDS.usual);
  if (!(seconds >= 0 && seconds <= TOKEN_SECONDS.longest)) {
    return validationFailed('ttl', 'The value must be between 0 and 604800.');
  }
  const wantsToken = (call.query.get('include_fields') ?? '').split(',').includes('download_access_token');
  return json(200, {
    ...recordingObject(request, meeting, 'listed'),
    participant_audio_files: participantAudioFiles(request, meeting),
    ...(wantsToken && { download_access_token: links.accessToken(meeting.uuid, now + seconds * 1000) }),
  });
};

export const recordingMissing = (): Answer =>
  apiError(404, 3301, 'There is no recording for this meeting, or it does not exist.');

const noCloudRecording = (): Answer =>
  apiError(400, 200, 'Cloud recording is not enabled for this account. No permission.');

/** A recording that appears while a list is read: the newest of the list, so that it moves all others. */
const insertMeeting = ({ store, now }: ContentRequest, hostId: string | undefined, lastDay: string): void => {
  const host = hostId ?? store.people.keys().next().value;
  if (host === undefined) return;
  const start = new Date(Math.min(now, startOf(lastDay) + DAY_MS - 1000));
  store.addMeeting({
    hostId: host,
    topic: 'Inserted',
    start,
    minutes: 1,
    files: [{ fileType: 'MP4', bytes: 2000 }],
  });
};
