import { CONTENT_STREAM_NAMES, type ContentStreamName } from '../model/content-stream.ts';
import type { RawRow } from '../model/raw-row.ts';
import type { ListedFile } from './listed-file.ts';
import type { ContentStreamDefinition } from './streams/definition.ts';
import { CHAT_MESSAGE } from './streams/chat-message.ts';
import { MEETING } from './streams/meeting.ts';
import { PERSON } from './streams/person.ts';
import { RECORDING } from './streams/recording.ts';

/** Every stream of content. Nothing outside this table and `streams/` asks which stream it has. */
export const CONTENT_STREAMS: Readonly<Record<ContentStreamName, ContentStreamDefinition>> = {
  person: PERSON,
  meeting: MEETING,
  recording: RECORDING,
  chat_message: CHAT_MESSAGE,
};

/** The stream of the list of people. */
export const CENSUS_STREAM = 'person' as const satisfies ContentStreamName;

/** The stream of Team Chat. */
export const CHAT_STREAM = 'chat_message' as const satisfies ContentStreamName;

/** The streams with native files. */
export const FILE_STREAMS = CONTENT_STREAM_NAMES.filter((stream) => CONTENT_STREAMS[stream].files);

/** The files that a row of a stream lists. */
export const filesOf = (stream: ContentStreamName, row: RawRow): readonly ListedFile[] =>
  CONTENT_STREAMS[stream].files?.of(row) ?? [];
