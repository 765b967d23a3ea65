import { DAY_MS, dayOf, startOf } from '../calendar.ts';
import { type Answer, apiError, json, validationFailed } from '../response.ts';
import type { ChatMessage, ChatSession } from './chat-model.ts';
import { CHAT_PAGE, messageObject, sessionObject } from './chat-objects.ts';
import { editsUntil, hasReaction, isDeleted, isVisible, textOf } from './chat-state.ts';
import { type ContentRequest, decodeOnce } from './content-request.ts';
import { type DateRange, readDateRange } from './date-range.ts';
import { inOrder } from './list-order.ts';

/** `from` and `to` are required, in contrast to the lists of recordings. */
const readRange = ({ call, now, settings }: ContentRequest): DateRange | { readonly rejection: Answer } => {
  const missing = ['from', 'to'].find((name) => !call.query.get(name));
  if (missing !== undefined) return { rejection: validationFailed(missing, 'This field is required.') };
  return readDateRange(call.query, now, settings);
};

const isIn = ({ firstDay, lastDay }: DateRange, instant: number): boolean =>
  dayOf(instant) >= firstDay && dayOf(instant) <= lastDay;

/** A change of a message, as `edited_messages` or `deleted_messages` has it. */
interface ListedChange {
  readonly message: ChatMessage;
  readonly text: string;
  readonly actionAt: number;
}

interface Changes {
  readonly edited: readonly ListedChange[];
  readonly deleted: readonly ListedChange[];
}

/** The changes listed under a range. Without all modifications, only the last one of each message. */
const changesIn = (
  { now, settings, twists }: ContentRequest,
  messages: readonly ChatMessage[],
  range: DateRange,
  all: boolean,
): Changes => {
  const { chatRevisions, editDay, editText } = settings.content;
  if (!chatRevisions) return { edited: [], deleted: [] };
  const isByEdit = editDay === 'edit' || twists.has('edits-by-day-of-edit');
  const isListed = ({ message, actionAt }: ListedChange) => isIn(range, isByEdit ? actionAt : message.at);
  const edited = messages.flatMap((message) => {
    const edits = editsUntil(message, now).map(({ at, text, before }) => ({
      message,
      text: editText === 'old' ? before : text,
      actionAt: at,
    }));
    if (all) return edits;
    return isDeleted(message, now) ? [] : edits.slice(-1);
  });
  const deleted = messages
    .filter((message) => isDeleted(message, now))
    .map((message) => ({ message, text: textOf(message, now), actionAt: message.deletedAt }));
  return { edited: edited.filter(isListed), deleted: deleted.filter(isListed) };
};

/** `GET /report/chat/sessions`: the sessions in which something was sent, or listed as changed, on one of the days. */
export const listChatSessions = (request: ContentRequest): Answer => {
  const { call, store, now, settings, pager, twists } = request;
  const range = readRange(request);
  if ('rejection' in range) return range.rejection;
  const isOneSided = ({ type, messages }: ChatSession): boolean =>
    type === '1:1' && new Set(messages.map(({ sender }) => sender)).size < 2;
  const isListed = (session: ChatSession): boolean => {
    if (session.isUnlisted || (twists.has('without-one-sided') && isOneSided(session))) return false;
    const visible = session.messages.filter((message) => isVisible(message, now));
    const { edited, deleted } = changesIn(request, visible, range, true);
    return (
      edited.length + deleted.length > 0 ||
      visible.some((message) => !isDeleted(message, now) && isIn(range, message.at))
    );
  };

  const page = pager.page(call, twists, {
    ...CHAT_PAGE,
    binding: [store.accountId, 'chat-sessions', range.from, range.to],
    look: () =>
      inOrder([...store.chat.sessions.values()].filter(isListed), settings.order, (session) => [
        lastMessageAt(session, now),
        session.id,
      ]),
    insert: () => insertSession(request, range),
  });
  if ('rejection' in page) return page.rejection;
  return json(200, {
    from: range.from,
    to: range.to,
    page_size: page.size,
    next_page_token: page.token,
    sessions: page.items.map((session) => sessionObject(session, lastMessageAt(session, now))),
  });
};

/**
 * `GET /report/chat/sessions/{id}`: pages count messages. Edits and deletions come outside the paging, with every page or the first
 * one.
 */
export const listSessionMessages = (request: ContentRequest): Answer => {
  const { call, part, store, now, settings, pager, twists } = request;
  const { query } = call;
  const session = store.chat.sessions.get(decodeOnce(part));
  if (!session) return apiError(404, 5301, `Chat session does not exist: ${decodeOnce(part)}.`);
  const range = readRange(request);
  if ('rejection' in range) return range.rejection;
  const isFirst = !query.get('next_page_token');
  if (twists.has('thread-reply') && isFirst) insertReply(request, session, range);
  if (twists.has('reaction-change')) changeReaction(request, session, range);

  const fields = (query.get('include_fields') ?? '').split(',');
  const [withEdits, withDeletions] = [
    fields.includes('edited_messages'),
    fields.includes('deleted_messages'),
  ];
  const withBots = query.get('include_bot_message') === 'true' && !twists.has('without-bots');
  const reactions = query.get('include_reactions') === 'true';
  const all = query.get('query_all_modifications') === 'true';
  const visible = () =>
    session.messages.filter((message) => isVisible(message, now) && (withBots || !message.isBot));
  const page = pager.page(call, twists, {
    ...CHAT_PAGE,
    binding: [
      session.id,
      'messages',
      range.from,
      range.to,
      withEdits,
      withDeletions,
      withBots,
      reactions,
      all,
    ],
    look: () =>
      inOrder(
        visible().filter((message) => !isDeleted(message, now) && isIn(range, message.at)),
        settings.order,
        ({ at, id }) => [at, id],
      ),
    insert: () => insertMessage(request, session, range),
  });
  if ('rejection' in page) return page.rejection;

  const isFirstOnly = settings.content.editPages === 'first' || twists.has('edits-with-first-page');
  const { edited, deleted } =
    isFirst || !isFirstOnly ? changesIn(request, visible(), range, all) : { edited: [], deleted: [] };
  const entryOf = ({ message, text, actionAt }: ListedChange) =>
    messageObject(request, session, message, { text, actionAt, reactions: false });
  return json(200, {
    from: range.from,
    to: range.to,
    page_size: page.size,
    next_page_token: page.token,
    messages: page.items.map((message) =>
      messageObject(request, session, message, { text: textOf(message, now), reactions }),
    ),
    ...(withEdits && { edited_messages: edited.map(entryOf) }),
    ...(withDeletions && { deleted_messages: deleted.map(entryOf) }),
  });
};

const lastMessageAt = ({ messages }: ChatSession, now: number): number =>
  Math.max(0, ...messages.filter((message) => isVisible(message, now)).map(({ at }) => at));

/** The last instant of the range that is not in the future. */
const lastInstant = ({ now }: ContentRequest, { lastDay }: DateRange): number =>
  Math.min(now, startOf(lastDay) + DAY_MS - 1);

const insertMessage = (request: ContentRequest, { id, members }: ChatSession, range: DateRange) =>
  request.store.chat.post(id, {
    sender: members[0] ?? '',
    text: 'Inserted',
    at: new Date(lastInstant(request, range)),
  });

const insertSession = (request: ContentRequest, range: DateRange): void => {
  const { chat, people } = request.store;
  const members = [...people.values()].slice(0, 2).map(({ email }) => email);
  insertMessage(request, chat.addSession({ type: 'Group', name: 'Inserted', members }), range);
};

/** A reply to the oldest message of the session, if that lies on another day. */
const insertReply = (request: ContentRequest, session: ChatSession, range: DateRange): void => {
  const at = lastInstant(request, range);
  const [parent] = session.messages
    .filter((message) => isVisible(message, request.now) && dayOf(message.at) !== dayOf(at))
    .sort((a, b) => a.at - b.at);
  if (!parent) return;
  request.store.chat.post(session.id, {
    sender: session.members[0] ?? '',
    text: 'A reply to another day',
    at: new Date(at),
    replyTo: parent.id,
  });
};

/** A member reacts to the first message of the range, or takes the reaction back. */
const changeReaction = ({ store, now }: ContentRequest, session: ChatSession, range: DateRange): void => {
  const message = session.messages.find(
    (one) => isVisible(one, now) && !isDeleted(one, now) && isIn(range, one.at),
  );
  if (!message) return;
  const reaction = { emoji: '👀', by: session.members[0] ?? '' };
  store.chat.react(message.id, reaction, { removed: hasReaction(message, reaction, now) });
};
