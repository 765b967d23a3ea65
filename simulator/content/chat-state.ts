import type { ChatEdit, ChatMessage, ReactionInput } from './chat-model.ts';

/** Sent, and shown by the report. */
export const isVisible = ({ at, visibleFrom }: ChatMessage, now: number): boolean =>
  at <= now && visibleFrom <= now;

export const isDeleted = ({ deletedAt }: ChatMessage, now: number): boolean => deletedAt <= now;

/** An edit with the text before it and after it. */
export interface ChangedText extends ChatEdit {
  readonly before: string;
}

/** The edits until an instant, and until the deletion, oldest first. */
export const editsUntil = ({ text, edits, deletedAt }: ChatMessage, now: number): ChangedText[] =>
  edits
    .filter(({ at }) => at <= now && at < deletedAt)
    .map((edit, index) => ({ ...edit, before: edits[index - 1]?.text ?? text }));

/** The present text; of a deleted message, the last one. */
export const textOf = (message: ChatMessage, now: number): string =>
  editsUntil(message, now).at(-1)?.text ?? message.text;

/** One emoji under a message, with the addresses of those who chose it. */
export interface Reaction {
  readonly emoji: string;
  readonly custom: boolean;
  readonly by: readonly string[];
}

/** The reactions at an instant, in the order in which each emoji first came. */
export const reactionsAt = ({ reactions }: ChatMessage, now: number): Reaction[] => {
  const present = new Map<string, { emoji: string; custom: boolean; by: Set<string> }>();
  for (const { emoji, by, custom = false, at, removed } of reactions) {
    if (at > now) continue;
    const key = JSON.stringify([emoji, custom]);
    const members = present.get(key) ?? { emoji, custom, by: new Set<string>() };
    present.set(key, members);
    if (removed) members.by.delete(by);
    else members.by.add(by);
  }
  return [...present.values()]
    .filter(({ by }) => by.size > 0)
    .map(({ by, ...reaction }) => ({ ...reaction, by: [...by] }));
};

export const hasReaction = (
  message: ChatMessage,
  { emoji, by, custom = false }: ReactionInput,
  now: number,
) =>
  reactionsAt(message, now).some(
    (one) => one.emoji === emoji && one.custom === custom && one.by.includes(by),
  );
