import { UpstreamError } from '../../errors.ts';
import { addDays, type Day, oldestDayKept } from '../../model/day.ts';
import { type ListedRow, type RawRow, toListedRow } from '../../model/listed-row.ts';
import type { Permission } from '../../model/permission.ts';
import { textAt } from '../../model/raw-row.ts';
import { CHANGES, dayOfMessage, inScopeBy, keyOfMessage, listAt, timeOfMessage } from '../chat-rows.ts';
import type { ContentContext } from '../content-context.ts';
import type { ListedFile } from '../listed-file.ts';
import type { ListRequest } from '../listings.ts';
import { readWholeList, type WholeList } from '../read-list.ts';
import { ReactionHistory } from './chat-reactions.ts';
import type { ListingSubject, RelistedFile } from './definition.ts';
import type { RoutedRow, Unit, UnitListing } from './unit.ts';

/** Zoom's largest page size is not documented; this one works. */
const PAGE_SIZE = 50;

const ROLE = 'User Activity Reports > Chat History (view)';

const SESSIONS: Permission = {
  scope: { granular: 'report:read:chat_sessions:admin', classic: 'report_chat:read:admin' },
  rolePrivilege: ROLE,
};

const MESSAGES: Permission = {
  scope: { granular: 'report:read:chat_messages:admin', classic: 'report_chat:read:admin' },
  rolePrivilege: ROLE,
};

const FILE: Permission = {
  scope: { granular: 'team_chat:read:file:admin', classic: 'chat_message:read:admin' },
  rolePrivilege: ROLE,
};

/**
 * The list of the sessions of a day, and each of these sessions: a sender may be chosen who is no member any more, so that all of them
 * are read. A list of sessions that Zoom failed to give is a unit that fails.
 */
export const sessionsOfDay = async (subject: ListingSubject): Promise<Unit[]> => {
  const { context, range, signal } = subject;
  const day = range.from;
  const name = `sessions:${day}`;
  try {
    const list = await listSessions(context, day, signal);
    const readable = list.rows.filter(({ row }) => textAt(row, 'id') !== '');
    const unreadable = list.rows.filter(({ row }) => textAt(row, 'id') === '');
    const rows = unreadable.map(({ row }) => ({ day, row: toListedRow({ kind: 'session', session: row }) }));
    const reactions = new ReactionHistory(subject.rowsOf);
    const ofList: UnitListing = {
      rows,
      unreadable: unreadable.length,
      list: { ...list, count: list.rows.length },
    };
    return [
      { name, list: () => Promise.resolve(ofList) },
      ...readable.map((session) => ({
        name: `session:${textAt(session.row, 'id')}`,
        list: (unitSignal: AbortSignal) => listMessages(subject, session, reactions, unitSignal),
      })),
    ];
  } catch (error) {
    if (error instanceof UpstreamError) return [{ name, list: () => Promise.reject(error) }];
    throw error;
  }
};

/**
 * The days of a request for a UTC day. In which time zone Zoom counts the days of chat is not documented: those before and after it are
 * shared with other requests, and each message belongs to the day of its own time.
 */
const daysAround = (day: Day, now: Date): { readonly from: Day; readonly to: Day } => {
  const [before, oldest] = [addDays(day, -1), oldestDayKept(now)];
  return { from: before < oldest ? oldest : before, to: addDays(day, 1) };
};

const listSessions = (
  { source, listings, clock, beforeRequest }: ContentContext,
  day: Day,
  signal: AbortSignal,
): Promise<WholeList> =>
  readWholeList(
    listings,
    {
      path: '/report/chat/sessions',
      query: { ...daysAround(day, clock.now()) },
      rowsField: 'sessions',
      pageSize: PAGE_SIZE,
      label: 'heavy',
      permission: SESSIONS,
      source,
      what: `the chat sessions of ${day} (source ${source})`,
    },
    (row, index) => textAt(row, 'id') || `row ${index}`,
    clock,
    signal,
    beforeRequest('heavy'),
  );

const listMessages = async (
  { context, range: { from: day }, hosts }: ListingSubject,
  { row: session }: ListedRow,
  reactions: ReactionHistory,
  signal: AbortSignal,
): Promise<UnitListing> => {
  const { source, listings, clock, choice, beforeRequest } = context;
  const sessionId = textAt(session, 'id');
  const request: ListRequest = {
    path: `/report/chat/sessions/${encodeURIComponent(sessionId)}`,
    query: {
      ...daysAround(day, clock.now()),
      include_fields: Object.keys(CHANGES).join(','),
      include_reactions: 'true',
      query_all_modifications: 'true',
      ...(choice.bots === true && { include_bot_message: 'true' }),
    },
    rowsField: 'messages',
    besideFields: Object.keys(CHANGES),
    pageSize: PAGE_SIZE,
    label: 'medium',
    permission: MESSAGES,
    source,
    what: `the chat messages of a session on ${day} (source ${source})`,
  };
  const list = await readWholeList(listings, request, keyOfMessage, clock, signal, beforeRequest('medium'));

  const chosen = hosts.isEveryone ? undefined : new Set(hosts.people.map(({ email }) => email));
  const common = {
    session_id: sessionId,
    session_name: textAt(session, 'name'),
    session_type: textAt(session, 'type'),
  };
  const rows: RoutedRow[] = [];
  let unreadable = 0;
  const add = (kind: string, listed: ListedRow, fields: object): void => {
    const of = dayOfMessage(listed.row, day);
    const by = chosen && inScopeBy(session, listed.row, chosen);
    if (by?.length === 0) return;
    rows.push({
      day: of,
      row: toListedRow({ kind, ...common, ...fields, ...(by && { in_scope_by: by }) }),
    });
  };
  for (const listed of list.rows) {
    if (dayOfMessage(listed.row, day) !== day) continue;
    if (textAt(listed.row, 'id') === '') unreadable += 1;
    add('message', listed, messageFields(listed));
    const ordinal = await reactions.changeOf(day, sessionId, listed.row);
    if (ordinal !== undefined) add('reaction', listed, reactionFields(listed.row, ordinal));
  }
  for (const [field, kind] of Object.entries(CHANGES)) {
    for (const listed of list.beside.get(field) ?? []) {
      // A change may be listed on its own day: those of earlier messages are kept.
      if (dayOfMessage(listed.row, day) > day) continue;
      if (textAt(listed.row, 'id') === '') unreadable += 1;
      add(kind, listed, messageFields(listed));
    }
  }
  const asSession = toListedRow({ kind: 'session', session });
  const days = [...new Set(rows.map((row) => row.day))];
  return {
    rows: [...days.map((of) => ({ day: of, row: asSession })), ...rows],
    unreadable,
    list: { ...list, count: list.rows.length },
  };
};

/** A message as Zoom sent it; one that repeats a field name also as its text. */
const messageFields = ({ row, json, repeatsName }: ListedRow): object => ({
  message: row,
  ...(repeatsName && { text: json }),
});

const reactionFields = (message: RawRow, ordinal: number): object => ({
  message_id: textAt(message, 'id'),
  timestamp: timeOfMessage(message)?.getTime() ?? null,
  ordinal,
  reactions: listAt(message, 'reactions'),
  custom_emoji_reactions: listAt(message, 'custom_emoji_reactions'),
});

/** A chat file with its address of now and Zoom's checksum. Undefined if Zoom does not give them. */
export const relistChatFile = async (
  { source, listings, beforeRequest }: ContentContext,
  file: ListedFile,
  day: Day,
  signal: AbortSignal,
): Promise<RelistedFile | undefined> => {
  if (file.fileId === undefined) return undefined;
  try {
    const found = await listings.one(
      {
        path: `/chat/files/${encodeURIComponent(file.fileId)}`,
        query: {},
        label: 'medium',
        permission: FILE,
        source,
        what: `a chat file of ${day} (source ${source})`,
      },
      signal,
      beforeRequest('medium'),
    );
    const digest = textAt(found?.row, 'digest').toLowerCase();
    const downloadUrl = textAt(found?.row, 'download_url') || file.downloadUrl;
    return {
      file: { ...file, downloadUrl, ...(/^[0-9a-f]{64}$/.test(digest) && { digest }) },
      rows: [],
    };
  } catch (error) {
    // The address of the list may serve.
    if (error instanceof UpstreamError) return undefined;
    throw error;
  }
};
