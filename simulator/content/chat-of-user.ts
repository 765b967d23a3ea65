import { DAY_MS, dayOf, parseDay, startOf } from '../calendar.ts';
import { type Answer, apiError, json, validationFailed } from '../response.ts';
import type { ChatMessage, ChatSession } from './chat-model.ts';
import { CHAT_PAGE, chatFileUrl, filesOf, reactionFields, threadOf } from './chat-objects.ts';
import { editsUntil, isDeleted, isVisible, textOf } from './chat-state.ts';
import { type ContentRequest, decodeOnce, personOf, zoomTime } from './content-request.ts';
import { digestOf } from './file-bytes.ts';
import { type InstantRange, readInstantRange } from './instant-range.ts';
import { inOrder } from './list-order.ts';

const MONTH_DAYS = 31;

/** One day (`date`, today by default), or `from` and `to` as date-times. */
const readRange = ({ call, now }: ContentRequest): InstantRange | { readonly rejection: Answer } => {
  const { query } = call;
  if (query.has('from') || query.has('to')) return readInstantRange(query, MONTH_DAYS);
  const day = parseDay(query.get('date') ?? dayOf(now));
  if (day === undefined) {
    return { rejection: validationFailed('date', 'Invalid field. Use the format yyyy-mm-dd.') };
  }
  return { from: startOf(day), to: startOf(day) + DAY_MS - 1 };
};

/** `GET /chat/users/{id}/messages`: of one person and one peer (`to_contact`) or channel (`to_channel`), also where the report lacks it. */
export const listUserMessages = (request: ContentRequest): Answer => {
  const { call, store, now, settings, pager, twists } = request;
  const person = personOf(request);
  if ('rejection' in person) return person.rejection;
  const { query } = call;
  const [contact, channel] = [query.get('to_contact'), query.get('to_channel')];
  if (!contact && !channel) return validationFailed('to_contact', 'A contact or a channel is required.');
  const range = readRange(request);
  if ('rejection' in range) return range.rejection;

  const peer = contact ? (store.person(contact)?.email ?? contact) : undefined;
  const isChosen = ({ type, channelId, members, externalMembers }: ChatSession): boolean => {
    if (!members.includes(person.email)) return false;
    if (peer === undefined) return channelId === channel;
    return type === '1:1' && [...members, ...externalMembers].includes(peer);
  };
  const withChanges = query.get('include_deleted_and_edited_message') === 'true';
  const isListed = (message: ChatMessage): boolean =>
    isVisible(message, now) &&
    message.at >= range.from &&
    message.at <= range.to &&
    ((withChanges && settings.content.chatRevisions) || !isDeleted(message, now));

  const page = pager.page(call, twists, {
    ...CHAT_PAGE,
    defaultSize: 10,
    binding: [store.accountId, 'user-messages', person.id, peer, channel, range.from, range.to, withChanges],
    look: () =>
      inOrder(
        [...store.chat.sessions.values()]
          .filter(isChosen)
          .flatMap(({ messages }) => messages.filter(isListed)),
        settings.order,
        ({ at, id }) => [at, id],
      ),
  });
  if ('rejection' in page) return page.rejection;
  return json(200, {
    date: dayOf(range.from),
    page_size: page.size,
    next_page_token: page.token,
    messages: page.items.map((message) => ({
      id: message.id,
      message: textOf(message, now),
      sender: message.sender,
      sender_display_name: message.senderName,
      date_time: zoomTime(message.at),
      timestamp: message.at,
      ...(withChanges && statusOf(message, now)),
      ...threadOf(message),
      ...filesOf(request, message),
      ...reactionFields(request, message),
    })),
  });
};

const statusOf = (message: ChatMessage, now: number): object => {
  if (isDeleted(message, now)) return { status: 'Deleted' };
  return editsUntil(message, now).length > 0 ? { status: 'Edited' } : {};
};

/** `GET /chat/files/{fileId}`: the only place with a checksum of a chat file. */
export const readChatFile = (request: ContentRequest): Answer => {
  const id = decodeOnce(request.part);
  const file = request.store.chat.file(id);
  if (!file) return apiError(404, 5401, `File does not exist: ${id}.`);
  const { name, version } = file;
  const url = chatFileUrl(request, file);
  return json(200, {
    file_id: file.id,
    file_name: name,
    length: version.bytes,
    digest: file.digest ?? digestOf(version),
    created_time: zoomTime(version.since),
    modified_time: zoomTime(version.since),
    download_url: url,
    public_url: url,
  });
};
