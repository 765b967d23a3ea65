export { clientEnvironment } from './client-environment.ts';
export type { SimulatedClock } from './clock.ts';
export { type CompanyOptions, generateCompany, type Lateness } from './company/generate-company.ts';
export {
  type CommunicationOptions,
  generateCommunications,
  ODD_TEXTS,
} from './company/generate-communications.ts';
export { type ContentCompanyOptions, generateContentCompany } from './company/generate-content.ts';
export { type Fault, FAULTS, type FaultGroup, type FaultName, faultsOfGroup } from './fault-table.ts';
export { checkFaultSpec, type Faults } from './faults.ts';
export type { ContentControl } from './content/content-control.ts';
export { CHAT_FAULTS, type ChatFaultName } from './content/chat-faults.ts';
export type { ArchivedMeetingInput, ArchiveFileInput, AttachedFileInput } from './content/archive-model.ts';
export type {
  ChatFileInput,
  ChatMessageInput,
  ChatSessionInput,
  ReactionInput,
} from './content/chat-model.ts';
export type { SummaryInput, SummaryText, TranscriptInput } from './content/note-model.ts';
export type {
  ChatTruth,
  TrueArchiveFile,
  TrueChatFile,
  TrueDeletion,
  TrueEdit,
  TrueMessage,
  TrueReactionChange,
  TrueSession,
  TrueSummary,
  TrueTranscript,
} from './content/chat-truth.ts';
export { CONTENT_FAULTS, type ContentFaultName } from './content/content-faults.ts';
export type { ContentCompany } from './content/content-company.ts';
export { CONTENT_SCOPES } from './content/content-endpoints.ts';
export type {
  ContentTruth,
  DownloadCount,
  TrueFile,
  TrueMeeting,
  TruePerson,
} from './content/content-truth.ts';
export { encodeUuid } from './content/meeting-uuid.ts';
export type {
  FileInput,
  GroupInput,
  MeetingInput,
  ParticipantInput,
  PersonInput,
  RecordingsOfDeleted,
} from './content/model.ts';
export { loadRows } from './load-rows.ts';
export { type AccountState, DEFAULT_ACCOUNT, type SimulatorOptions } from './options.ts';
export type { SimulatedRow, StreamName } from './row-store.ts';
export type { Traffic } from './traffic.ts';
export type { RowFilter, Simulator } from './simulator.ts';
export { startSimulator } from './start-simulator.ts';
