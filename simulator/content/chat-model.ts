import type { FileInput, FileVersion, Instant } from './model.ts';

export type ChatSessionType = '1:1' | 'Group';

/** A file in a chat message. */
export interface ChatFileInput extends Pick<FileInput, 'bytes' | 'seed' | 'form' | 'listedBytes'> {
  /** Zoom's id of the file. Default: a new one. */
  readonly id?: string | undefined;
  readonly name: string;
  /** `digest` of the file, where it is not its SHA-256. */
  readonly digest?: string | undefined;
}

/** The reaction of one member to a message. */
export interface ReactionInput {
  /** An emoji, or the name of a custom one. */
  readonly emoji: string;
  /** The address of the member who reacts. */
  readonly by: string;
  /** An emoji of the account: in `custom_emoji_reactions`. */
  readonly custom?: boolean | undefined;
}

export interface ChatEditInput {
  readonly text: string;
  readonly at: Instant;
}

export interface ChatMessageInput {
  /** A UUID, with or without braces. Unique in the account. Default: a new one. */
  readonly id?: string | undefined;
  /** The address of the sender; empty for a guest without one. */
  readonly sender: string;
  /** Default: the name of the person with this address, or the address. */
  readonly senderName?: string | undefined;
  readonly text: string;
  /** When it was sent. One in the future appears at that time. */
  readonly at: Instant;
  /** The id of the message that began the thread, which may lie on another day. */
  readonly replyTo?: string | undefined;
  readonly files?: readonly ChatFileInput[] | undefined;
  /** Sent by a bot: only `include_bot_message` shows it. */
  readonly bot?: boolean | undefined;
  /** When the report has it. Default: when it was sent. */
  readonly visibleFrom?: Instant | undefined;
  readonly edits?: readonly ChatEditInput[] | undefined;
  readonly deletedAt?: Instant | undefined;
  /** Each with its time, and whether it takes the reaction back. */
  readonly reactions?:
    readonly (ReactionInput & { readonly at: Instant; readonly removed?: boolean })[] | undefined;
}

/** A chat between two, or of a group or channel. */
export interface ChatSessionInput {
  /** 64 hexadecimal digits. Default: new ones. */
  readonly id?: string | undefined;
  readonly type: ChatSessionType;
  /** Default: the members. */
  readonly name?: string | undefined;
  /** The id of the channel. Default: a new one for `Group`, none for `1:1`. */
  readonly channelId?: string | undefined;
  /** The addresses of the members who are people of the account. */
  readonly members: readonly string[];
  /** The addresses of the members of other accounts. */
  readonly externalMembers?: readonly string[] | undefined;
  /** The report never lists it. It can be read per user. */
  readonly unlisted?: boolean | undefined;
  readonly messages?: readonly ChatMessageInput[] | undefined;
}

/** A stored file. Instants of stored things are epoch milliseconds. */
export interface ChatFile {
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly extension: string;
  readonly listedBytes: number | undefined;
  readonly digest: string | undefined;
  readonly version: FileVersion;
}

export interface ReactionChange extends ReactionInput {
  readonly at: number;
  readonly removed: boolean;
}

export interface ChatEdit {
  readonly at: number;
  readonly text: string;
}

export interface ChatMessage {
  readonly id: string;
  readonly sessionId: string;
  readonly sender: string;
  readonly senderName: string;
  /** As it was sent. */
  readonly text: string;
  readonly at: number;
  /** The message that began the thread. */
  readonly parent: ChatMessage | undefined;
  readonly files: readonly ChatFile[];
  readonly isBot: boolean;
  readonly visibleFrom: number;
  /** Oldest first; those in the future have not happened yet. */
  readonly edits: ChatEdit[];
  readonly reactions: ReactionChange[];
  deletedAt: number;
}

export interface ChatSession {
  readonly id: string;
  readonly type: ChatSessionType;
  readonly name: string;
  readonly channelId: string | undefined;
  readonly members: readonly string[];
  readonly externalMembers: readonly string[];
  readonly isUnlisted: boolean;
  /** In the order in which they were added. */
  readonly messages: ChatMessage[];
}
