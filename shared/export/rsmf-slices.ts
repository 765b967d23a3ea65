import type { ChatConversation, ChatMessage } from './chat-messages.ts';

/** The most that one file may hold. */
export interface RsmfLimits {
  readonly events: number;
  /** Of the zip. Base64 adds 37 %, and Relativity supports files of less than 2 GB. */
  readonly zipBytes: number;
}

/** What Relativity publishes: 10,000 events, and less than 2 GB. */
export const RSMF_LIMITS: RsmfLimits = { events: 10_000, zipBytes: 1_400_000_000 };

/** The messages of one file: one conversation, one day, and a part of it if the day is over the limits. */
export interface RsmfSlice {
  /** From 1. */
  readonly part: number;
  readonly messages: readonly ChatMessage[];
  /** Parents of replies, from other days or other parts. */
  readonly context: readonly ChatMessage[];
}

/** The cost of a message in the zip, without its attachments: names, times and ids beside its texts. */
const EVENT_BYTES = 2000;

/**
 * Cuts the messages of a day into files within limits, in order of time. `attachedBytes` is the size of a message's attachments that
 * go into the zip, and `parentOf` finds the message that one replies to, in this day or another.
 */
export const toSlices = (
  { messages }: ChatConversation,
  limits: RsmfLimits,
  attachedBytes: (message: ChatMessage) => number,
  parentOf: (message: ChatMessage) => ChatMessage | undefined,
): RsmfSlice[] => {
  const slices: RsmfSlice[] = [];
  let open = emptySlice();
  const close = (): void => {
    if (open.messages.size === 0) return;
    slices.push({
      part: slices.length + 1,
      messages: [...open.messages.values()],
      context: [...open.context.values()].filter(({ id }) => !open.messages.has(id)),
    });
    open = emptySlice();
  };
  for (const message of messages) {
    const parent = parentOf(message);
    const bytes = sizeOf(message) + attachedBytes(message) + (parent ? sizeOf(parent) : 0);
    const events = open.messages.size + open.context.size + (parent ? 2 : 1);
    if (open.messages.size > 0 && (events > limits.events || open.bytes + bytes > limits.zipBytes)) close();
    if (parent && !open.messages.has(parent.id)) open.context.set(parent.id, parent);
    open.messages.set(message.id, message);
    open.bytes += bytes;
  }
  close();
  return slices;
};

const emptySlice = () => ({
  messages: new Map<string, ChatMessage>(),
  context: new Map<string, ChatMessage>(),
  bytes: 0,
});

const sizeOf = ({ text = '', edits, deletion, reactions }: ChatMessage): number =>
  EVENT_BYTES +
  3 *
    [text, deletion?.text ?? '', ...edits.map((edit) => edit.text)].reduce(
      (sum, one) => sum + one.length,
      0,
    ) +
  100 * reactions.reduce((sum, { userIds }) => sum + 1 + userIds.length, 0);
