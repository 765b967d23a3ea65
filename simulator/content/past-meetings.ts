import { hash } from 'node:crypto';
import { DAY_MS } from '../calendar.ts';
import { type Answer, apiError, json } from '../response.ts';
import { type ContentRequest, decodeOnce, meetingMissing, zoomTime } from './content-request.ts';
import { readMeetingSegment } from './meeting-uuid.ts';
import { endOf, participantMinutes } from './meeting-reports.ts';
import type { Meeting, ParticipantInput, QuestionInput } from './model.ts';

/** Details of a meeting can be read for a year, its instances and participants for 15 months. */
const YEAR_DAYS = 365;
const FIFTEEN_MONTHS_DAYS = 456;

/** The ended meeting of a path: by uuid, or the latest instance of a number. */
const pastMeeting = (
  { part, store, now }: ContentRequest,
  days: number,
): Meeting | { readonly rejection: Answer } => {
  const named = readMeetingSegment(part);
  const meeting = named === undefined ? undefined : store.meeting(named);
  if (!meeting || endOf(meeting) > now) return { rejection: meetingMissing(named ?? decodeOnce(part)) };
  return now - meeting.start > days * DAY_MS
    ? { rejection: apiError(400, 12702, 'Can not access a meeting a year ago.') }
    : meeting;
};

/** `GET /past_meetings/{uuid}`. */
export const readPastMeeting = (request: ContentRequest): Answer => {
  const meeting = pastMeeting(request, YEAR_DAYS);
  if ('rejection' in meeting) return meeting.rejection;
  const host = request.store.people.get(meeting.heldBy);
  return json(200, {
    uuid: meeting.uuid,
    id: meeting.id,
    host_id: meeting.heldBy,
    type: meeting.type,
    topic: meeting.topic,
    user_name: host ? `${host.firstName} ${host.lastName}` : '',
    user_email: host?.email ?? '',
    start_time: zoomTime(meeting.start),
    end_time: zoomTime(endOf(meeting)),
    duration: Math.ceil(meeting.minutes),
    total_minutes: participantMinutes(meeting),
    participants_count: meeting.participants.length,
    dept: host?.dept ?? '',
    source: 'Zoom',
  });
};

/** `GET /past_meetings/{uuid}/participants`: guests have neither an id nor an address. */
export const listPastParticipants = (request: ContentRequest): Answer => {
  const { call, store, pager, twists } = request;
  const meeting = pastMeeting(request, FIFTEEN_MONTHS_DAYS);
  if ('rejection' in meeting) return meeting.rejection;
  const page = pager.page(call, twists, {
    binding: [store.accountId, 'participants', meeting.uuid],
    look: () => meeting.participants,
  });
  if ('rejection' in page) return page.rejection;
  return json(200, {
    page_count: Math.max(1, Math.ceil(page.total / page.size)),
    page_size: page.size,
    total_records: page.total,
    next_page_token: page.token,
    participants: page.items.map((participant) => participantRow(meeting, participant)),
  });
};

const participantRow = (
  { uuid, start, minutes }: Meeting,
  { name, email = '', personId = '', from = 0, to = minutes }: ParticipantInput,
): object => ({
  id: personId,
  name,
  user_id: String(
    16_777_216 + (Number.parseInt(hash('sha256', `${uuid}${name}`).slice(0, 6), 16) % 1_000_000),
  ),
  registrant_id: '',
  user_email: email,
  join_time: zoomTime(start + from * 60_000),
  leave_time: zoomTime(start + to * 60_000),
  duration: Math.round((to - from) * 60),
  failover: false,
  status: 'in_meeting',
  internal_user: personId !== '',
});

/** `GET /past_meetings/{uuid}/polls`. */
export const readPastPolls = (request: ContentRequest): Answer => {
  const meeting = pastMeeting(request, YEAR_DAYS);
  return 'rejection' in meeting ? meeting.rejection : json(200, questionsOf(meeting, meeting.polls));
};

/** `GET /past_meetings/{uuid}/qa`: of webinars. */
export const readPastQa = (request: ContentRequest): Answer => {
  const meeting = pastMeeting(request, YEAR_DAYS);
  return 'rejection' in meeting ? meeting.rejection : json(200, questionsOf(meeting, meeting.qa));
};

const questionsOf = ({ uuid, id, start, minutes }: Meeting, questions: readonly QuestionInput[]): object => ({
  id,
  uuid,
  start_time: zoomTime(start),
  questions: [...new Set(questions.map(({ email }) => email))].map((email) => {
    const own = questions.filter((one) => one.email === email);
    return {
      name: own[0]?.name ?? '',
      email,
      question_details: own.map(({ question, reply }, index) => ({
        question,
        answer: reply,
        polling_id: hash('sha256', `poll ${uuid}`, 'base64url').slice(0, 22),
        date_time: zoomTime(start + Math.min(minutes, index + 1) * 60_000),
      })),
    };
  }),
});

/** `GET /past_meetings/{id}/instances`: neither pages nor an order. */
export const listPastInstances = (request: ContentRequest): Answer => {
  const { part, store, now } = request;
  const named = readMeetingSegment(part);
  const meeting = named === undefined ? undefined : store.meeting(named);
  if (!meeting) return meetingMissing(named ?? decodeOnce(part));
  const instances = [...store.meetings.values()]
    .filter((one) => one.id === meeting.id && endOf(one) <= now && one.visibleFrom <= now)
    .filter(({ start }) => now - start <= FIFTEEN_MONTHS_DAYS * DAY_MS)
    .sort((a, b) => (hash('sha256', a.uuid) < hash('sha256', b.uuid) ? -1 : 1));
  return json(200, {
    meetings: instances.map(({ uuid, start }) => ({ uuid, start_time: zoomTime(start) })),
  });
};
