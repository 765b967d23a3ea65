import { type Answer, apiError, json } from '../response.ts';
import { type ContentRequest, decodeOnce, meetingMissing, zoomTime } from './content-request.ts';
import { readInstantRange } from './instant-range.ts';
import { inOrder } from './list-order.ts';
import { endOf } from './meeting-reports.ts';
import { readMeetingSegment } from './meeting-uuid.ts';
import type { Meeting } from './model.ts';
import type { Summary, SummaryText } from './note-model.ts';

const MONTH_DAYS = 31;

/** `GET /meetings/meeting_summaries`: by the start of the meeting, without the texts. */
export const listSummaries = (request: ContentRequest): Answer => {
  const { call, store, now, settings, pager, twists } = request;
  const range = readInstantRange(call.query, MONTH_DAYS);
  if ('rejection' in range) return range.rejection;
  const page = pager.page(call, twists, {
    binding: [store.accountId, 'summaries', range.from, range.to],
    look: () =>
      inOrder(
        [...store.notes.summaries.values()].flatMap((summary) => {
          const meeting = store.meetings.get(summary.uuid);
          const isListed = summary.createdAt <= now && meeting && meeting.start >= range.from;
          return isListed && meeting.start <= range.to ? [{ summary, meeting }] : [];
        }),
        settings.order,
        ({ meeting }) => [meeting.start, meeting.uuid],
      ),
  });
  if ('rejection' in page) return page.rejection;
  return json(200, {
    from: zoomTime(range.from),
    to: zoomTime(range.to),
    page_size: page.size,
    next_page_token: page.token,
    summaries: page.items.map(({ summary, meeting }) => summaryHead(request, meeting, summary)),
  });
};

/** `GET /meetings/{uuid or id}/meeting_summary`: later edits are in `edited_summary`. */
export const readSummary = (request: ContentRequest): Answer => {
  const meeting = namedMeeting(request);
  if ('rejection' in meeting) return meeting.rejection;
  const summary = request.store.notes.summaries.get(meeting.uuid);
  if (!summary || summary.createdAt > request.now) return noteMissing();
  const edit = lastEdit(request, summary);
  return json(200, {
    ...summaryHead(request, meeting, summary),
    summary_title: summary.title,
    summary_content: summary.content,
    ...textFields(summary),
    ...(edit && { edited_summary: textFields(edit) }),
  });
};

/** `GET /meetings/{uuid or id}/transcript`: not for a meeting whose transcript is a file of its recording. */
export const readTranscript = (request: ContentRequest): Answer => {
  const { store, links, now } = request;
  const meeting = namedMeeting(request);
  if ('rejection' in meeting) return meeting.rejection;
  const transcript = store.notes.transcripts.get(meeting.uuid);
  const isOfRecording = meeting.files.some(
    (file) => file.fileType === 'TRANSCRIPT' && ['available', 'processing'].includes(store.stateOf(file)),
  );
  if (!transcript || isOfRecording || transcript.createdAt > now) return noteMissing();
  const { autoDeleteAt, restriction } = transcript;
  if (autoDeleteAt !== undefined && autoDeleteAt <= now) return noteMissing();
  return json(200, {
    meeting_id: meeting.uuid,
    account_id: store.accountId,
    meeting_topic: meeting.topic,
    host_id: meeting.hostId,
    transcript_created_time: zoomTime(transcript.createdAt),
    can_download: restriction === undefined,
    auto_delete: autoDeleteAt !== undefined,
    ...(autoDeleteAt !== undefined && { auto_delete_date: zoomTime(autoDeleteAt).slice(0, 10) }),
    download_url: links.transcriptUrl(transcript.key),
    ...(restriction !== undefined && { download_restriction_reason: restriction }),
  });
};

/** A meeting without a transcript or a summary. */
export const noteMissing = (): Answer =>
  apiError(404, 3322, 'The transcript or summary of this meeting does not exist.');

const namedMeeting = ({ part, store }: ContentRequest): Meeting | { readonly rejection: Answer } => {
  const named = readMeetingSegment(part);
  const meeting = named === undefined ? undefined : store.meeting(named);
  return meeting ?? { rejection: meetingMissing(named ?? decodeOnce(part)) };
};

const lastEdit = ({ now }: ContentRequest, { edits }: Summary) => edits.filter(({ at }) => at <= now).at(-1);

const summaryHead = (request: ContentRequest, meeting: Meeting, summary: Summary): object => ({
  meeting_host_id: meeting.hostId,
  meeting_host_email: request.store.people.get(meeting.hostId)?.email ?? '',
  meeting_uuid: meeting.uuid,
  meeting_id: meeting.id,
  meeting_topic: meeting.topic,
  meeting_start_time: zoomTime(meeting.start),
  meeting_end_time: zoomTime(endOf(meeting)),
  summary_start_time: zoomTime(meeting.start),
  summary_end_time: zoomTime(endOf(meeting)),
  summary_created_time: zoomTime(summary.createdAt),
  summary_last_modified_time: zoomTime(lastEdit(request, summary)?.at ?? summary.createdAt),
});

const textFields = ({ overview = '', details = [], nextSteps = [] }: SummaryText): object => ({
  summary_overview: overview,
  summary_details: details,
  next_steps: nextSteps,
});
