import { fileKey } from '../../contract/object-keys.ts';
import { oldestDayKept } from '../../model/day.ts';
import { toDate } from '../../model/epoch-time.ts';
import { textAt, valueAt } from '../../model/raw-row.ts';
import { chatFilesOf, emailAt, listAt, membersOfFiles } from '../chat-rows.ts';
import { relistChatFile, sessionsOfDay } from './chat-lists.ts';
import { type ContentStreamDefinition, LATE_HOURS } from './definition.ts';

/**
 * Team Chat: the messages of every session with their edits, deletions, reactions and files. A row belongs to the UTC day of its
 * message. Zoom's report has six months, so the oldest day is listed first, and each day again until the last month of these.
 */
export const CHAT_MESSAGE: ContentStreamDefinition = {
  title: 'chat messages',
  identity: {
    fields: [
      'custom_emoji_reactions',
      'kind',
      'message.action_timestamp',
      'message.bot_message',
      'message.date_time',
      'message.files',
      'message.forward_id',
      'message.id',
      'message.message',
      'message.receiver',
      'message.reply_main_message_id',
      'message.reply_main_message_timestamp',
      'message.rich_text',
      'message.sender',
      'message.sender_member_id',
      'message.timestamp',
      'message_id',
      'ordinal',
      'reactions',
      'session',
      'session_id',
      'text',
    ],
    volatile: ['message.files[].download_url', 'session.last_message_sent_time'],
    time: ['message.timestamp', 'message.date_time', 'timestamp'],
  },
  isOfListingDay: false,
  listing: {
    isChosen: (types) => types.includes('messages'),
    windowDays: 1,
    order: 'oldest-first',
    oldestDay: oldestDayKept,
    usesDailyQuota: true,
    ways: [sessionsOfDay],
    requestsPerSubject: 0,
    listedAgainAfterDays: [3, 7, 30, 90, 170],
  },
  // Confirmed by the listing seven days after the day.
  closing: { lateHours: LATE_HOURS, confirmedAfterDays: 4 },
  subjects: {
    field: 'messages',
    noun: 'message',
    of: (row) => (valueAt(row, 'kind') === 'message' ? valueAt(row, 'message.id') : undefined),
  },
  files: {
    of: chatFilesOf,
    describeOwner: ({ topic }) =>
      topic === '' ? 'a chat message' : `a message of the chat "${topic.slice(0, 60)}"`,
    relist: relistChatFile,
    isRelistedFirst: true,
    isOfHost: false,
    peopleOf: membersOfFiles,
    // What a message was sent with stays at its address for a time after the message is deleted.
    isStillThere: undefined,
    isNotFound: undefined,
    details: undefined,
  },
  toFlat: (slice, row) => {
    const kind = valueAt(row, 'kind');
    const files = chatFilesOf(row);
    return {
      kind,
      message_id: valueAt(row, 'message.id') ?? valueAt(row, 'message_id'),
      text: valueAt(row, 'message.message'),
      session_id: valueAt(row, 'session_id') ?? valueAt(row, 'session.id'),
      session_name: valueAt(row, 'session_name') ?? valueAt(row, 'session.name'),
      session_type: valueAt(row, 'session_type') ?? valueAt(row, 'session.type'),
      sender_email: emailAt(row, 'message.sender') || undefined,
      sender_name: textAt(row, 'message.sender_display_name') || undefined,
      reply_to: valueAt(row, 'message.reply_main_message_id'),
      action_time: toDate(valueAt(row, 'message.action_timestamp'))?.toISOString(),
      ...(kind === 'reaction' && {
        reactions: [...listAt(row, 'reactions'), ...listAt(row, 'custom_emoji_reactions')],
      }),
      in_scope_by: valueAt(row, 'in_scope_by'),
      ...(files.length > 0 && {
        files: files.map(({ item, version, fileId, fileName, extension }) => ({
          file_id: fileId,
          name: fileName,
          key: fileKey(slice, item, version, extension),
        })),
      }),
    };
  },
};
