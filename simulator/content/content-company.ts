import type { ArchivedMeetingInput } from './archive-model.ts';
import type { ChatSessionInput } from './chat-model.ts';
import type { SummaryInput, TranscriptInput } from './note-model.ts';
import type { GroupInput, MeetingInput, PersonInput } from './model.ts';

/** People, groups, meetings, chats, archives and notes of one Zoom account. */
export interface ContentCompany {
  readonly people?: readonly PersonInput[] | undefined;
  readonly groups?: readonly GroupInput[] | undefined;
  readonly meetings?: readonly MeetingInput[] | undefined;
  readonly chatSessions?: readonly ChatSessionInput[] | undefined;
  readonly archivedMeetings?: readonly ArchivedMeetingInput[] | undefined;
  /** Each of a meeting of the company. */
  readonly summaries?: readonly (SummaryInput & { readonly uuid: string })[] | undefined;
  readonly transcripts?: readonly (TranscriptInput & { readonly uuid: string })[] | undefined;
}
