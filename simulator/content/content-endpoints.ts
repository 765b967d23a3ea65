/** Zoom's rate label: only Heavy requests count against the daily quota. */
export type RateLabel = 'Light' | 'Medium' | 'Heavy';

/**
 * Where a fault of the content API can trigger: `content` any of its JSON endpoints, `list` a paged one, `next-list-page` one with a page
 * token, `recordings` a list of recordings, `recording` the recordings of one meeting, `person` an endpoint of one person, `chat-sessions`
 * and `chat-messages` the chat report, `chat-file` one file of a chat, `archives` archived meetings, `note` a summary or transcript,
 * `download` a `download_url`, `chat-download` that of a chat file, `file-host` where these redirect.
 */
export type ContentPlace =
  | 'content'
  | 'list'
  | 'next-list-page'
  | 'recordings'
  | 'recording'
  | 'person'
  | 'chat-sessions'
  | 'chat-messages'
  | 'chat-file'
  | 'archives'
  | 'note'
  | 'download'
  | 'chat-download'
  | 'file-host';

interface ContentEndpointRule {
  readonly path: RegExp;
  readonly label: RateLabel | undefined;
  /** Any of these scopes is sufficient, granular or classic. A refusal names the first. */
  readonly scopes: readonly string[];
  readonly places: readonly ContentPlace[];
}

const LIST: readonly ContentPlace[] = ['content', 'list'];
const ONE: readonly ContentPlace[] = ['content'];

const RECORDING_SCOPES = [
  'cloud_recording:read:list_recording_files:admin',
  'cloud_recording:read:list_user_recordings:admin',
  'cloud_recording:read:list_account_recordings:admin',
  'recording:read:admin',
];

const ARCHIVE_SCOPES = [
  'archiving:read:list_archived_files:admin',
  'archiving:read:archived_files:admin',
  'recording:read:admin',
];

/** The endpoints of the content API, all of them GET. Order matters: the first path that fits is the endpoint. */
export const CONTENT_ENDPOINTS = {
  users: {
    path: /^\/v2\/users$/,
    label: 'Medium',
    scopes: ['user:read:list_users:admin', 'user:read:admin'],
    places: LIST,
  },
  user: {
    path: /^\/v2\/users\/([^/]+)$/,
    label: 'Light',
    scopes: ['user:read:user:admin', 'user:read:admin'],
    places: ['content', 'person'],
  },
  'user-recordings': {
    path: /^\/v2\/users\/([^/]+)\/recordings$/,
    label: 'Medium',
    scopes: ['cloud_recording:read:list_user_recordings:admin', 'recording:read:admin'],
    places: ['content', 'list', 'recordings', 'person'],
  },
  groups: {
    path: /^\/v2\/groups$/,
    label: 'Medium',
    scopes: ['group:read:list_groups:admin', 'group:read:admin'],
    places: LIST,
  },
  'group-members': {
    path: /^\/v2\/groups\/([^/]+)\/members$/,
    label: 'Medium',
    scopes: ['group:read:list_members:admin', 'group:read:admin'],
    places: LIST,
  },
  'account-recordings': {
    path: /^\/v2\/accounts\/([^/]+)\/recordings$/,
    label: 'Medium',
    scopes: ['cloud_recording:read:list_account_recordings:admin', 'account:read:admin'],
    places: ['content', 'list', 'recordings'],
  },
  'meeting-recordings': {
    path: /^\/v2\/meetings\/([^/]+)\/recordings$/,
    label: 'Light',
    scopes: ['cloud_recording:read:list_recording_files:admin', 'recording:read:admin'],
    places: ['content', 'recording'],
  },
  'history-meetings': {
    path: /^\/v2\/report\/history_meetings$/,
    label: 'Heavy',
    scopes: ['report:read:list_history_meetings:admin', 'report:read:admin'],
    places: LIST,
  },
  'user-meetings': {
    path: /^\/v2\/report\/users\/([^/]+)\/meetings$/,
    label: 'Heavy',
    scopes: ['report:read:user:admin', 'report:read:admin'],
    places: ['content', 'list', 'person'],
  },
  'past-meeting': {
    path: /^\/v2\/past_meetings\/([^/]+)$/,
    label: 'Light',
    scopes: ['meeting:read:past_meeting:admin', 'meeting:read:admin'],
    places: ONE,
  },
  'past-participants': {
    path: /^\/v2\/past_meetings\/([^/]+)\/participants$/,
    label: 'Medium',
    scopes: ['meeting:read:list_past_participants:admin', 'meeting:read:admin'],
    places: LIST,
  },
  'past-polls': {
    path: /^\/v2\/past_meetings\/([^/]+)\/polls$/,
    label: 'Medium',
    scopes: ['meeting:read:list_past_polls:admin', 'meeting:read:admin'],
    places: ONE,
  },
  'past-qa': {
    path: /^\/v2\/past_meetings\/([^/]+)\/qa$/,
    label: 'Medium',
    scopes: ['meeting:read:past_qa:admin', 'meeting:read:admin'],
    places: ONE,
  },
  'past-instances': {
    path: /^\/v2\/past_meetings\/([^/]+)\/instances$/,
    label: 'Medium',
    scopes: ['meeting:read:list_past_instances:admin', 'meeting:read:admin'],
    places: ONE,
  },
  download: {
    path: /^\/rec\/download\/([^/]+)$/,
    label: undefined,
    scopes: RECORDING_SCOPES,
    places: ['download'],
  },
  'chat-sessions': {
    path: /^\/v2\/report\/chat\/sessions$/,
    label: 'Heavy',
    scopes: ['report:read:chat_sessions:admin', 'report_chat:read:admin'],
    places: ['content', 'list', 'chat-sessions'],
  },
  'chat-messages': {
    path: /^\/v2\/report\/chat\/sessions\/([^/]+)$/,
    label: 'Medium',
    scopes: ['report:read:chat_messages:admin', 'report_chat:read:admin'],
    places: ['content', 'list', 'chat-messages'],
  },
  'chat-file': {
    path: /^\/v2\/chat\/files\/([^/]+)$/,
    label: 'Medium',
    scopes: ['team_chat:read:file:admin', 'chat_message:read:admin'],
    places: ['content', 'chat-file'],
  },
  'user-messages': {
    path: /^\/v2\/chat\/users\/([^/]+)\/messages$/,
    label: 'Medium',
    scopes: ['team_chat:read:list_user_messages:admin', 'chat_message:read:admin'],
    places: ['content', 'list', 'person'],
  },
  archives: {
    path: /^\/v2\/archive_files$/,
    label: 'Medium',
    scopes: ['archiving:read:list_archived_files:admin', 'recording:read:admin'],
    places: ['content', 'list', 'archives'],
  },
  'archive-statistics': {
    path: /^\/v2\/archive_files\/statistics$/,
    label: 'Medium',
    scopes: ['archiving:read:archived_file_statistics:admin', 'recording:read:admin'],
    places: ONE,
  },
  'meeting-archive': {
    path: /^\/v2\/past_meetings\/([^/]+)\/archive_files$/,
    label: 'Light',
    scopes: ['archiving:read:archived_files:admin', 'recording:read:admin'],
    places: ['content', 'archives'],
  },
  summaries: {
    path: /^\/v2\/meetings\/meeting_summaries$/,
    label: 'Medium',
    scopes: ['meeting:read:list_summaries:admin', 'meeting_summary:read:admin'],
    places: LIST,
  },
  summary: {
    path: /^\/v2\/meetings\/([^/]+)\/meeting_summary$/,
    label: 'Light',
    scopes: ['meeting:read:summary:admin', 'meeting_summary:read:admin'],
    places: ['content', 'note'],
  },
  transcript: {
    path: /^\/v2\/meetings\/([^/]+)\/transcript$/,
    label: 'Medium',
    scopes: ['cloud_recording:read:meeting_transcript:admin', 'recording:read:admin'],
    places: ['content', 'note'],
  },
  'archive-download': {
    path: /^\/rec\/archive\/(?:attached\/)?download\/([^/]+)$/,
    label: undefined,
    scopes: ARCHIVE_SCOPES,
    places: ['download'],
  },
  'transcript-download': {
    path: /^\/rec\/transcript\/download\/([^/]+)$/,
    label: undefined,
    scopes: ['cloud_recording:read:meeting_transcript:admin', 'recording:read:admin'],
    places: ['download'],
  },
  'chat-download': {
    path: /^\/file\/download\/([^/]+)$/,
    label: undefined,
    scopes: [],
    places: ['download', 'chat-download'],
  },
  'file-host': { path: /^\/replay\/(.+)$/, label: undefined, scopes: [], places: ['file-host'] },
} as const satisfies Record<string, ContentEndpointRule>;

export type ContentEndpoint = keyof typeof CONTENT_ENDPOINTS;

/** The endpoints that serve files instead of JSON. */
export type FileEndpoint =
  'download' | 'archive-download' | 'transcript-download' | 'chat-download' | 'file-host';

export const CONTENT_ENDPOINT_NAMES = Object.keys(CONTENT_ENDPOINTS) as ContentEndpoint[];

export const isContentEndpoint = (name: string): name is ContentEndpoint =>
  Object.hasOwn(CONTENT_ENDPOINTS, name);

/** The granular scopes of the content API, as an app that may read all of it has them. */
export const CONTENT_SCOPES: readonly string[] = [
  ...new Set(CONTENT_ENDPOINT_NAMES.flatMap((name) => CONTENT_ENDPOINTS[name].scopes.slice(0, 1))),
];

/** The content endpoint of a request, or undefined. */
export const contentEndpointOf = (method: string, path: string): ContentEndpoint | undefined =>
  method === 'GET'
    ? CONTENT_ENDPOINT_NAMES.find((name) => CONTENT_ENDPOINTS[name].path.test(path))
    : undefined;

/** The variable parts of a path, still encoded. */
export const pathParts = (endpoint: ContentEndpoint, path: string): string[] =>
  (CONTENT_ENDPOINTS[endpoint].path.exec(path) ?? []).slice(1);
