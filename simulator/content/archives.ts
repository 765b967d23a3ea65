import { type Answer, json, validationFailed } from '../response.ts';
import type { ArchivedMeeting, ArchiveFile, AttachedFile } from './archive-model.ts';
import { type ContentRequest, decodeOnce, meetingMissing, zoomTime } from './content-request.ts';
import { digestOf } from './file-bytes.ts';
import { type InstantRange, readInstantRange } from './instant-range.ts';
import { inOrder } from './list-order.ts';
import { readMeetingSegment } from './meeting-uuid.ts';

const MOST_DAYS = 7;
const MOST_GROUPS = 7;

interface ArchiveChoice extends InstantRange {
  readonly byArrival: boolean;
  readonly groupIds: readonly string[];
}

const readChoice = ({ query }: ContentRequest['call']): ArchiveChoice | { readonly rejection: Answer } => {
  const range = readInstantRange(query, MOST_DAYS);
  if ('rejection' in range) return range;
  const type = query.get('query_date_type') ?? 'meeting_start_time';
  if (type !== 'meeting_start_time' && type !== 'archive_complete_time') {
    return { rejection: validationFailed('query_date_type', 'Invalid field.') };
  }
  const groupIds = (query.get('group_ids') ?? '').split(',').filter((id) => id !== '');
  if (groupIds.length > MOST_GROUPS) return { rejection: validationFailed('group_ids', 'At most 7 groups.') };
  return { ...range, byArrival: type === 'archive_complete_time', groupIds };
};

/** The archived meetings of a request. By arrival those that are complete, in the order of their completion. */
const chosenMeetings = (
  { store, now, settings }: ContentRequest,
  { from, to, byArrival, groupIds }: ArchiveChoice,
): ArchivedMeeting[] => {
  const instantOf = ({ start, completeAt }: ArchivedMeeting) => (byArrival ? completeAt : start);
  const meetings = [...store.archive.meetings.values()].filter(
    (meeting) =>
      store.archive.isShown(meeting) &&
      instantOf(meeting) >= from &&
      instantOf(meeting) <= Math.min(to, now) &&
      (groupIds.length === 0 || groupIds.includes(meeting.groupId ?? '')),
  );
  const order = byArrival ? 'oldest-first' : settings.order;
  return inOrder(meetings, order, (meeting) => [instantOf(meeting), meeting.uuid]);
};

/** `GET /archive_files`: pages count meetings. */
export const listArchives = (request: ContentRequest): Answer => {
  const { call, store, pager, twists } = request;
  const choice = readChoice(call);
  if ('rejection' in choice) return choice.rejection;
  const page = pager.page(call, twists, {
    binding: [store.accountId, 'archives', choice],
    look: () => chosenMeetings(request, choice),
  });
  if ('rejection' in page) return page.rejection;
  return json(200, {
    from: zoomTime(choice.from),
    to: zoomTime(choice.to),
    page_size: page.size,
    total_records: page.total,
    next_page_token: page.token,
    meetings: page.items.map((meeting) => archiveObject(request, meeting)),
  });
};

/** `GET /archive_files/statistics`: how many files there are, by extension and by status. */
export const readArchiveStatistics = (request: ContentRequest): Answer => {
  const { archive } = request.store;
  const choice = readChoice(request.call);
  if ('rejection' in choice) return choice.rejection;
  const files = chosenMeetings(request, choice).flatMap((meeting) =>
    archive.shownFiles(meeting).map((file) => ({
      extension: file.extension,
      status: archive.fileStatusOf(meeting, file),
    })),
  );
  const withExtension = (name: string) => files.filter(({ extension }) => extension === name).length;
  const withStatus = (name: string) => files.filter(({ status }) => status === name).length;
  return json(200, {
    from: zoomTime(choice.from),
    to: zoomTime(choice.to),
    total_records: files.length,
    statistic_by_file_extension: {
      mp4_file_count: withExtension('MP4'),
      m4a_file_count: withExtension('M4A'),
      txt_file_count: withExtension('TXT'),
      json_file_count: withExtension('JSON'),
      vtt_file_count: withExtension('VTT'),
    },
    statistic_by_file_status: {
      processing_file_count: withStatus('processing'),
      completed_file_count: withStatus('completed'),
      failed_file_count: withStatus('failed'),
    },
  });
};

/** `GET /past_meetings/{uuid or id}/archive_files`: a number means the latest instance. */
export const readMeetingArchive = (request: ContentRequest): Answer => {
  const { part, store } = request;
  const named = readMeetingSegment(part);
  const meeting = [...store.archive.meetings.values()]
    .filter(({ uuid, id }) => uuid === named || String(id) === named)
    .filter((meeting) => store.archive.isShown(meeting))
    .reduce<ArchivedMeeting | undefined>(
      (last, one) => (last && last.start >= one.start ? last : one),
      undefined,
    );
  return meeting ? json(200, archiveObject(request, meeting)) : meetingMissing(named ?? decodeOnce(part));
};

const archiveObject = (request: ContentRequest, meeting: ArchivedMeeting): object => {
  const { archive } = request.store;
  const status = archive.statusOf(meeting);
  return {
    uuid: meeting.uuid,
    id: meeting.id,
    host_id: meeting.hostId,
    topic: meeting.topic,
    type: meeting.type,
    start_time: zoomTime(meeting.start),
    timezone: 'UTC',
    duration: Math.floor(meeting.seconds / 60),
    duration_in_second: meeting.seconds,
    account_name: 'Quillmere',
    meeting_type: meeting.meetingType,
    is_breakout_room: meeting.parentUuid !== undefined,
    ...(meeting.parentUuid !== undefined && { parent_meeting_id: meeting.parentUuid }),
    complete_time: status === 'processing' ? '' : zoomTime(meeting.completeAt),
    status,
    ...(meeting.groupId !== undefined && { group_id: meeting.groupId }),
    recording_count: archive.shownFiles(meeting).length,
    total_size: archive.shownFiles(meeting).reduce((sum, { version }) => sum + version.bytes, 0),
    archive_files: archive.shownFiles(meeting).map((file) => fileObject(request, meeting, file)),
    physical_files: meeting.attachedFiles.map((file) => attachedObject(request, file)),
  };
};

/** A file that is not complete has neither a size nor a fingerprint, and its address leads nowhere. */
const fileObject = (
  { links, store }: ContentRequest,
  meeting: ArchivedMeeting,
  file: ArchiveFile,
): object => {
  const status = store.archive.fileStatusOf(meeting, file);
  const isComplete = status === 'completed';
  return {
    id: file.id,
    file_type: file.fileType,
    file_extension: file.extension,
    file_size: isComplete ? (file.listedBytes ?? file.version.bytes) : 0,
    download_url: links.archiveUrl(file.key, 'archive'),
    recording_type: file.recordingType,
    status,
    individual: file.individual,
    participant_email: file.participantEmail,
    participant_join_time: zoomTime(file.joinTime),
    participant_leave_time: zoomTime(file.leaveTime),
    ...(isComplete && { encryption_fingerprint: file.fingerprint ?? digestOf(file.version) }),
    ...(file.numberOfMessages !== undefined && { number_of_messages: file.numberOfMessages }),
    storage_location: 'US',
    auto_delete: true,
  };
};

const attachedObject = ({ links }: ContentRequest, { key, id, name, version }: AttachedFile): object => ({
  file_id: id,
  file_name: name,
  file_size: version.bytes,
  download_url: links.archiveUrl(key, 'archive/attached'),
});
