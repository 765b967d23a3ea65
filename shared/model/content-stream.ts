/** The streams of Zoom content. Each is a feed of rows, and some have native files. What differs is in `shared/content/streams`. */
export const CONTENT_STREAM_NAMES = ['person', 'meeting', 'recording', 'chat_message'] as const;

export type ContentStreamName = (typeof CONTENT_STREAM_NAMES)[number];

/** Whether a stream is one of content, and not a log. */
export const isContentStream = (stream: string): stream is ContentStreamName =>
  (CONTENT_STREAM_NAMES as readonly string[]).includes(stream);
