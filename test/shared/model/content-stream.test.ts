import { expect, it } from '@jest/globals';
import { CONTENT_STREAM_NAMES, isContentStream } from '../../../shared/model/content-stream.ts';
import { STREAM_NAMES } from '../../../shared/model/stream.ts';

it('the streams of content are people, meetings, recordings and chat messages', () => {
  expect([...CONTENT_STREAM_NAMES]).toEqual(['person', 'meeting', 'recording', 'chat_message']);
  expect(CONTENT_STREAM_NAMES.every(isContentStream)).toBe(true);
});

it('a log is no stream of content', () => {
  expect([...STREAM_NAMES, '', 'toString'].some(isContentStream)).toBe(false);
});
