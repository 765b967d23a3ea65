import { hash } from 'node:crypto';
import type { ChatConversation, ChatMessage, ChatSender, ChatSession } from './chat-messages.ts';
import { loneSurrogates, type TextReplacements } from './text-replacements.ts';
import { cutText, wellFormed } from '../model/well-formed.ts';

/** The version of the format that is written. */
export const RSMF_VERSION = '2.0.0';

/** The name of the manifest in the zip. */
export const MANIFEST_NAME = 'rsmf_manifest.json';

interface CustomField {
  readonly name: string;
  readonly value: string;
}

export interface RsmfParticipant {
  readonly id: string;
  readonly display: string;
  readonly email?: string;
}

export interface RsmfAttachment {
  /** The name of the file in the zip. */
  readonly id: string;
  readonly display: string;
  readonly size: number;
}

export interface RsmfEvent {
  readonly type: 'message';
  readonly id: string;
  readonly participant: string;
  readonly conversation: string;
  readonly timestamp?: string;
  readonly parent?: string;
  readonly body?: string;
  readonly deleted?: true;
  readonly direction?: 'incoming' | 'outgoing';
  readonly reactions?: readonly { value: string; count: number; participants?: readonly string[] }[];
  readonly attachments?: readonly RsmfAttachment[];
  readonly edits?: readonly { participant: string; timestamp?: string; previous: string }[];
  readonly custom?: readonly CustomField[];
}

export interface RsmfManifest {
  readonly version: string;
  readonly eventcollectionid: string;
  readonly participants: readonly RsmfParticipant[];
  readonly conversations: readonly {
    readonly id: string;
    readonly platform: string;
    readonly type: 'direct' | 'channel';
    readonly display: string;
    readonly participants: readonly string[];
    readonly custodian?: string;
  }[];
  readonly events: readonly RsmfEvent[];
}

/** The people of a conversation, each with one id. */
export class Participants {
  readonly #byId = new Map<string, RsmfParticipant>();
  readonly #byMemberId = new Map<string, string>();
  readonly #emailOf: (userId: string) => string | undefined;

  /** `emailOf` finds the address of a Zoom user id, as far as lists of people have it. */
  constructor({ session, messages }: ChatConversation, emailOf: (userId: string) => string | undefined) {
    this.#emailOf = emailOf;
    for (const email of session.members) this.#add(email, { email, name: '' });
    for (const { sender } of messages) this.addSender(sender);
  }

  addSender(sender: ChatSender): string {
    const id = senderId(sender);
    this.#add(id, sender);
    if (sender.memberId !== '') this.#byMemberId.set(sender.memberId, id);
    return id;
  }

  /** The participant with a Zoom id, who may have done nothing but react. */
  ofUser(userId: string): string {
    const email = this.#emailOf(userId);
    const id = this.#byMemberId.get(userId) ?? email ?? `member:${userId}`;
    this.#add(id, { email: email ?? '', name: '' });
    return id;
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  get all(): RsmfParticipant[] {
    return [...this.#byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** A name that a message gives replaces an address that stands for it. */
  #add(id: string, { email, name }: Pick<ChatSender, 'email' | 'name'>): void {
    const known = this.#byId.get(id);
    if (known && (name === '' || known.display !== known.id)) return;
    this.#byId.set(id, { id, display: name || id, ...(ADDRESS.test(email) && { email }) });
  }
}

const ADDRESS = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;

const senderId = ({ email, memberId, name }: ChatSender): string => {
  if (email !== '') return email;
  if (memberId !== '') return `member:${memberId}`;
  return name === '' ? 'unknown' : `name:${name}`;
};

/** What an event needs beside its message. */
export interface EventFacts {
  readonly participants: Participants;
  readonly custodian: string | undefined;
  readonly attachments: readonly RsmfAttachment[];
  /** What became of attachments that are not in the file. */
  readonly missing: readonly string[];
  readonly replaced: TextReplacements;
}

/** Relativity shows reactions of up to this many characters. */
const LONGEST_REACTION = 30;

/** The event of a message. `hasParent`: whether the message that it replies to is in the same file. */
export const toEvent = (
  message: ChatMessage,
  hasParent: boolean,
  { participants, custodian, attachments, missing, replaced }: EventFacts,
): RsmfEvent => {
  const { id, at, text, edits, deletion, replyTo, reactions, sender } = message;
  const participant = participants.addSender(sender);
  const body = text ?? deletion?.text;
  const custom: CustomField[] = [
    ...(replyTo && !hasParent ? [{ name: 'reply-to', value: replyTo.id }] : []),
    ...(deletion?.at === undefined ? [] : [{ name: 'deleted-at', value: toTime(deletion.at) }]),
    ...(deletion && text !== undefined && deletion.text !== text && deletion.text !== ''
      ? [{ name: 'text-seen-in-deletion', value: deletion.text }]
      : []),
    ...(body === undefined ? [{ name: 'current-text', value: 'not listed' }] : []),
    ...(at === undefined ? [{ name: 'time', value: 'not listed' }] : []),
    ...missing.map((value) => ({ name: 'missing-attachment', value })),
  ];
  return {
    type: 'message',
    id,
    participant,
    conversation: message.sessionId,
    ...(at !== undefined && { timestamp: toTime(at) }),
    ...(replyTo && hasParent && { parent: replyTo.id }),
    ...(body !== undefined && { body }),
    ...(deletion && { deleted: true as const }),
    ...(custodian !== undefined && {
      direction: participant === custodian ? ('outgoing' as const) : ('incoming' as const),
    }),
    ...(reactions.length > 0 && {
      reactions: reactions.map(({ value, count, userIds }) => ({
        value: cutReaction(value, replaced),
        count,
        ...(userIds.length > 0 && {
          participants: [...new Set(userIds.map((one) => participants.ofUser(one)))],
        }),
      })),
    }),
    ...(attachments.length > 0 && { attachments }),
    ...(edits.length > 0 && {
      edits: edits.map((edit) => ({
        participant,
        ...(edit.at !== undefined && { timestamp: toTime(edit.at) }),
        previous: edit.text,
      })),
    }),
    ...(custom.length > 0 && { custom }),
  };
};

/** A copy of a message of another file, so that a reply to it has its parent. Its attachments are in that other file. */
export const toContextEvent = (
  message: ChatMessage,
  facts: Omit<EventFacts, 'attachments' | 'missing'>,
): RsmfEvent => {
  const event = toEvent(message, false, { ...facts, attachments: [], missing: [] });
  const custom = [{ name: 'context', value: 'copy of a message of another file' }, ...(event.custom ?? [])];
  return { ...event, custom };
};

const cutReaction = (value: string, replaced: TextReplacements): string => {
  if (value.length <= LONGEST_REACTION) return value;
  replaced.add('rsmf reaction', 'reaction longer than 30: cut', 1);
  return cutText(value, LONGEST_REACTION);
};

const toTime = (ms: number): string => new Date(ms).toISOString();

/** The id that all files of one conversation share. */
const collectionIdOf = (source: string, sessionId: string): string =>
  hash('sha256', JSON.stringify([source, sessionId]), 'hex').slice(0, 32);

/** The name of a conversation for people. */
export const titleOf = ({ id, name, members }: ChatSession): string => name || members.join(', ') || id;

/** The manifest of one file. */
export const toManifest = (
  source: string,
  session: ChatSession,
  participants: Participants,
  custodian: string | undefined,
  events: readonly RsmfEvent[],
): RsmfManifest => ({
  version: RSMF_VERSION,
  eventcollectionid: collectionIdOf(source, session.id),
  participants: participants.all,
  conversations: [
    {
      id: session.id,
      platform: 'zoom',
      type: session.isGroup ? 'channel' : 'direct',
      display: titleOf(session),
      participants: participants.all.map(({ id }) => id),
      ...(custodian !== undefined && { custodian }),
    },
  ],
  events,
});

/** The bytes of a manifest. Half surrogate pairs cannot be written as UTF-8: they are replaced, and counted. */
export const manifestBytes = (manifest: RsmfManifest, replaced: TextReplacements): Buffer => {
  replaced.add('rsmf manifest', 'lone-surrogate: U+FFFD', loneSurrogates(textsOf(manifest)));
  return Buffer.from(JSON.stringify(wellFormed(manifest)));
};

/** All texts of a value, joined so that halves of two texts make no pair. */
const textsOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(textsOf).join('\n');
};
