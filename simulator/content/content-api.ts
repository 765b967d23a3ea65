import type { Account } from '../account.ts';
import type { Answer } from '../response.ts';
import type { Call } from '../call.ts';
import { scopeMissing } from '../response.ts';
import { createSeededRandom } from '../seeded-random.ts';
import { type Grants, livingScopes } from '../grants.ts';
import { adminRefusal, identify } from '../permission.ts';
import { defaultScopes, type Settings } from '../options.ts';
import type { RateLimits } from '../rate-limits.ts';
import { listArchives, readArchiveStatistics, readMeetingArchive } from './archives.ts';
import { listUserMessages, readChatFile } from './chat-of-user.ts';
import { listChatSessions, listSessionMessages } from './chat-report.ts';
import {
  CONTENT_ENDPOINTS,
  type ContentEndpoint,
  type FileEndpoint,
  pathParts,
} from './content-endpoints.ts';
import { type ContentControl, createContentControl } from './content-control.ts';
import type { ContentRequest } from './content-request.ts';
import { type ContentStore, createContentStore } from './content-store.ts';
import { createDownloadCounter } from './download-counts.ts';
import { createDownloads } from './downloads.ts';
import { createFileHost } from './file-host.ts';
import { createLinks } from './links.ts';
import { listHistoryMeetings, listUserMeetings } from './meeting-reports.ts';
import { listSummaries, readSummary, readTranscript } from './notes.ts';
import { createChatDownloads, createTokenDownloads } from './other-downloads.ts';
import type { ContentTwist } from './pager.ts';
import { createPager } from './pager.ts';
import {
  listPastInstances,
  listPastParticipants,
  readPastMeeting,
  readPastPolls,
  readPastQa,
} from './past-meetings.ts';
import { listGroupMembers, listGroups, listUsers, readUser } from './people.ts';
import { listAccountRecordings, listUserRecordings, readMeetingRecordings } from './recordings.ts';

const HANDLERS: Record<Exclude<ContentEndpoint, FileEndpoint>, (request: ContentRequest) => Answer> = {
  users: listUsers,
  user: readUser,
  groups: listGroups,
  'group-members': listGroupMembers,
  'user-recordings': listUserRecordings,
  'account-recordings': listAccountRecordings,
  'meeting-recordings': readMeetingRecordings,
  'history-meetings': listHistoryMeetings,
  'user-meetings': listUserMeetings,
  'past-meeting': readPastMeeting,
  'past-participants': listPastParticipants,
  'past-polls': readPastPolls,
  'past-qa': readPastQa,
  'past-instances': listPastInstances,
  'chat-sessions': listChatSessions,
  'chat-messages': listSessionMessages,
  'chat-file': readChatFile,
  'user-messages': listUserMessages,
  archives: listArchives,
  'archive-statistics': readArchiveStatistics,
  'meeting-archive': readMeetingArchive,
  summaries: listSummaries,
  summary: readSummary,
  transcript: readTranscript,
};

/** Zoom's content API: people, meetings, recordings, chats, archives, notes and their files. */
export interface ContentApi {
  respond(endpoint: ContentEndpoint, call: Call, twists: ReadonlySet<ContentTwist>): Answer;
  /** The content of an account. An account that was made without content and without chosen scopes gets the content scopes. */
  control(account: Account): ContentControl;
}

interface ContentApiOptions {
  readonly settings: Settings;
  readonly accounts: readonly Account[];
  readonly grants: Grants;
  readonly limits: RateLimits;
  readonly now: () => number;
  readonly origin: () => string;
}

export const createContentApi = ({
  settings,
  accounts,
  grants,
  limits,
  now,
  origin,
}: ContentApiOptions): ContentApi => {
  const { seed, content } = settings;
  const stores = new Map(
    accounts.map((account, index): [Account, ContentStore] => [
      account,
      createContentStore(settings.accounts[index]?.content ?? {}, {
        accountId: account.accountId,
        seed,
        now,
        trashDays: content.trashDays,
        archiveDays: content.archiveDays,
      }),
    ]),
  );
  const controlled = new Set<Account>();
  const counter = createDownloadCounter();
  const links = createLinks({ seed, origin, fileHost: content.fileHost });
  const pager = createPager(settings, now, createSeededRandom(seed, 'content-pages'));
  const downloadOptions = { stores, grants, links, now, settings: content };
  const downloads = createDownloads(downloadOptions);
  const tokenDownloads = createTokenDownloads(downloadOptions);
  const chatDownloads = createChatDownloads(downloadOptions);
  const fileHost = createFileHost({ stores: [...stores.values()], links, counter, now });

  const api = (
    endpoint: Exclude<ContentEndpoint, FileEndpoint>,
    call: Call,
    twists: ReadonlySet<ContentTwist>,
  ): Answer => {
    const permitted = identify(grants, call.bearer);
    if ('rejection' in permitted) return permitted.rejection;
    const { account, kind } = permitted.grant;
    const { scopes, label } = CONTENT_ENDPOINTS[endpoint];
    const living = livingScopes(permitted.grant);
    if (!scopes.some((scope) => living.includes(scope))) return scopeMissing(scopes[0]);
    const rejection = adminRefusal(account) ?? limits.spend(account, label);
    if (rejection) return rejection;

    const response = HANDLERS[endpoint]({
      call,
      part: pathParts(endpoint, call.path)[0] ?? '',
      account,
      store: storeOf(account),
      ofPerson: kind === 'code',
      now: now(),
      settings,
      pager,
      links,
      twists,
    });
    return { ...response, headers: { ...response.headers, ...limits.headers(account, label) } };
  };

  const storeOf = (account: Account): ContentStore => {
    const store = stores.get(account);
    if (!store) throw new RangeError(`The account ${account.accountId} is unknown.`);
    return store;
  };

  return {
    respond: (endpoint, call, twists) => {
      const [part = ''] = pathParts(endpoint, call.path);
      if (endpoint === 'download') return downloads(call, part);
      if (endpoint === 'archive-download' || endpoint === 'transcript-download') {
        return tokenDownloads(endpoint, call, part);
      }
      if (endpoint === 'chat-download') return chatDownloads(call);
      if (endpoint === 'file-host')
        return fileHost(twists.has('ignore-range') ? { ...call, range: undefined } : call);
      return api(endpoint, call, twists);
    },
    control: (account) => {
      const given = settings.accounts[accounts.indexOf(account)]?.content;
      if (given === undefined && !account.chosenScopes && !controlled.has(account)) {
        account.state = {
          ...account.state,
          scopes: [...new Set([...account.state.scopes, ...defaultScopes(true)])],
        };
      }
      controlled.add(account);
      return createContentControl(storeOf(account), counter, now);
    },
  };
};
