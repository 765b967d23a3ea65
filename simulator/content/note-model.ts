import type { FileVersion, Instant } from './model.ts';

/** What a summary says, and what a person may make of it. */
export interface SummaryText {
  readonly overview?: string | undefined;
  readonly details?: readonly { readonly label: string; readonly summary: string }[] | undefined;
  readonly nextSteps?: readonly string[] | undefined;
}

/** The summary that the AI Companion wrote of a meeting. */
export interface SummaryInput extends SummaryText {
  /** `summary_title`. Default: the topic of the meeting. */
  readonly title?: string | undefined;
  /** `summary_content`: markdown. */
  readonly content: string;
  /** Default: ten minutes after the end of the meeting. */
  readonly createdAt?: Instant | undefined;
  readonly edits?: readonly (SummaryText & { readonly at: Instant })[] | undefined;
}

/** The transcript of the AI Companion: no file of a recording. */
export interface TranscriptInput {
  readonly bytes: number;
  /** Decides the bytes. Default: the meeting. */
  readonly seed?: string | number | undefined;
  /** Default: ten minutes after the end of the meeting. */
  readonly createdAt?: Instant | undefined;
  /** Why it cannot be downloaded: `download_restriction_reason`. The URL is stated all the same. */
  readonly restriction?: string | undefined;
  readonly autoDeleteAt?: Instant | undefined;
}

/** A stored summary. Instants of stored things are epoch milliseconds. */
export interface Summary extends SummaryText {
  readonly uuid: string;
  readonly title: string;
  readonly content: string;
  readonly createdAt: number;
  /** Oldest first; those in the future have not happened yet. */
  readonly edits: (SummaryText & { readonly at: number })[];
}

export interface Transcript {
  readonly uuid: string;
  readonly key: string;
  readonly fileName: string;
  readonly createdAt: number;
  readonly restriction: string | undefined;
  readonly autoDeleteAt: number | undefined;
  readonly version: FileVersion;
}
