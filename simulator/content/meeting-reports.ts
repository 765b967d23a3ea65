import { dayOf } from '../calendar.ts';
import { type Answer, json, validationFailed } from '../response.ts';
import { type ContentRequest, personOf, zoomTime } from './content-request.ts';
import { readDateRange } from './date-range.ts';
import type { Meeting, Person } from './model.ts';

const WEBINAR_TYPES: readonly number[] = [5, 6, 9];

/** Uploads have no meeting: no report lists them. */
const UPLOADED = 99;

export const isWebinar = ({ type }: Meeting): boolean => WEBINAR_TYPES.includes(type);

export const endOf = ({ start, minutes }: Meeting): number => start + minutes * 60_000;

export const participantMinutes = ({ participants, minutes }: Meeting): number =>
  participants.reduce((sum, { from = 0, to = minutes }) => sum + Math.max(1, Math.ceil(to - from)), 0);

/** Meetings that have ended and are reported, newest first. */
const ended = ({ store, now }: ContentRequest, firstDay: string, lastDay: string): Meeting[] =>
  [...store.meetings.values()]
    .filter((meeting) => endOf(meeting) <= now && meeting.visibleFrom <= now && meeting.type !== UPLOADED)
    .filter(({ start }) => dayOf(start) >= firstDay && dayOf(start) <= lastDay)
    .sort((a, b) => b.start - a.start || (a.uuid < b.uuid ? -1 : 1));

/** `GET /report/history_meetings`: meetings and webinars of the whole account, also those of deleted people. */
export const listHistoryMeetings = (request: ContentRequest): Answer => {
  const { call, store, pager, twists, now, settings } = request;
  const range = readDateRange(call.query, now, { overAMonth: settings.overAMonth });
  if ('rejection' in range) return range.rejection;
  const page = pager.page(call, twists, {
    binding: [store.accountId, 'history', range.from, range.to],
    look: () => ended(request, range.firstDay, range.lastDay),
  });
  if ('rejection' in page) return page.rejection;
  return json(200, {
    page_size: page.size,
    next_page_token: page.token,
    history_meetings: page.items.map((meeting) =>
      historyRow(meeting, store.people.get(meeting.heldBy), store),
    ),
  });
};

const historyRow = (
  meeting: Meeting,
  host: Person | undefined,
  { groups, notes }: ContentRequest['store'],
): object => ({
  meeting_uuid: meeting.uuid,
  meeting_id: meeting.id,
  type: isWebinar(meeting) ? 'Webinar' : 'Meeting',
  host_display_name: host ? `${host.firstName} ${host.lastName}` : '',
  host_email: host?.email ?? '',
  start_time: zoomTime(meeting.start),
  end_time: zoomTime(endOf(meeting)),
  topic: meeting.topic,
  participants: meeting.participants.length,
  duration: Math.ceil(meeting.minutes),
  total_participant_minutes: participantMinutes(meeting),
  department: host?.dept ?? '',
  group: (host?.groupIds ?? []).map((id) => groups.get(id)?.name ?? ''),
  source: 'Zoom',
  unique_viewers: 0,
  max_concurrent_views: 0,
  create_time: zoomTime(meeting.start - 86_400_000),
  custom_fields: [],
  tracking_fields: [],
  feature_used: {
    screen_sharing: meeting.participants.length > 1,
    video_on: true,
    remote_control: false,
    closed_caption: meeting.files.some(({ fileType }) => fileType === 'CC'),
    language_interpretation: false,
    telephone_usage: false,
    in_meeting_chat: meeting.inMeetingChat,
    poll: meeting.polls.length > 0,
    join_by_room: false,
    waiting_room: false,
    live_transcription: meeting.files.some(({ fileType }) => fileType === 'TRANSCRIPT'),
    reaction: false,
    zoom_apps: false,
    annotation: false,
    raise_hand: false,
    virtual_background: false,
    whiteboard: false,
    immersive_scene: false,
    avatar: false,
    switch_to_mobile: false,
    file_sharing: false,
    meeting_summary:
      notes.summaries.has(meeting.uuid) || meeting.files.some(({ fileType }) => fileType === 'SUMMARY'),
    meeting_questions: meeting.qa.length > 0,
    record_to_computer: false,
    record_to_cloud: meeting.recorded ?? meeting.files.length > 0,
    live_translation: false,
    registration: false,
    smart_recording: false,
    multi_speaker_view: false,
    meeting_wallpaper: false,
  },
});

/**
 * `GET /report/users/{id}/meetings`: a month at most, six months back. `type=past`, the default, leaves out meetings with one participant;
 * `pastOne` lists only those.
 */
export const listUserMeetings = (request: ContentRequest): Answer => {
  const { call, store, pager, twists, now, settings } = request;
  const person = personOf(request);
  if ('rejection' in person) return person.rejection;
  const range = readDateRange(call.query, now, {
    overAMonth: settings.overAMonth,
    tooOld: settings.tooOld,
  });
  if ('rejection' in range) return range.rejection;
  const type = call.query.get('type') ?? 'past';
  if (type !== 'past' && type !== 'pastOne') return validationFailed('type', 'Invalid field.');

  const page = pager.page(call, twists, {
    binding: [store.accountId, 'user-meetings', person.id, type, range.from, range.to],
    look: () =>
      ended(request, range.firstDay, range.lastDay).filter(
        ({ heldBy, participants }) => heldBy === person.id && participants.length > 1 === (type === 'past'),
      ),
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
      uuid: meeting.uuid,
      id: meeting.id,
      type: meeting.type,
      topic: meeting.topic,
      user_name: `${person.firstName} ${person.lastName}`,
      user_email: person.email,
      start_time: zoomTime(meeting.start),
      end_time: zoomTime(endOf(meeting)),
      duration: Math.ceil(meeting.minutes),
      total_minutes: participantMinutes(meeting),
      participants_count: meeting.participants.length,
      source: 'Zoom',
      dept: person.dept,
      has_recording: meeting.files.length > 0,
      has_chat: meeting.inMeetingChat,
      has_screen_share: meeting.participants.length > 1,
      meeting_encryption_status: 1,
    })),
  });
};
