import type { ContentType } from '../model/content-config.ts';

/** The type of a file of a Team Chat message, for which Zoom has no name. */
export const CHAT_FILE = 'CHAT_FILE';

/** Zoom's `file_type` of a recording file, and what it is to an operator (zoom-content-api: the file object). */
const TYPE_OF: Readonly<Record<string, ContentType>> = {
  MP4: 'video',
  M4A: 'audio',
  TRANSCRIPT: 'transcript',
  CC: 'transcript',
  CHAT: 'chat',
  CHAT_MESSAGE: 'chat',
  TIMELINE: 'timeline',
  CSV: 'poll',
  SUMMARY: 'summary',
  [CHAT_FILE]: 'messages',
};

/** The extension of a type whose row has none. */
const EXTENSION_OF: Readonly<Record<string, string>> = {
  MP4: 'mp4',
  M4A: 'm4a',
  TRANSCRIPT: 'vtt',
  CC: 'vtt',
  CHAT: 'txt',
  CHAT_MESSAGE: 'txt',
  TIMELINE: 'json',
  CSV: 'csv',
  SUMMARY: 'json',
  TB: 'jpg',
};

/** The type of a file by Zoom's name of it. Zoom adds names: an unknown one is `other`. */
export const typeOfFile = (fileType: string): ContentType =>
  Object.hasOwn(TYPE_OF, fileType) ? (TYPE_OF[fileType] ?? 'other') : 'other';

/** A safe file extension: Zoom's, if it is one, else by type. */
export const extensionOf = (fileType: string, extension: string): string => {
  const own = extension.toLowerCase();
  if (/^[a-z0-9]{1,8}$/.test(own)) return own;
  return Object.hasOwn(EXTENSION_OF, fileType) ? (EXTENSION_OF[fileType] ?? 'bin') : 'bin';
};

/** Whether the first bytes of a file fit its type; undefined where nothing is known about them. */
export const hasRightMagic = (fileType: string, start: Uint8Array): boolean | undefined => {
  const text = Buffer.from(start.subarray(0, 16)).toString('latin1');
  switch (fileType) {
    case 'MP4':
    case 'M4A':
      return text.slice(4, 8) === 'ftyp';
    case 'TRANSCRIPT':
    case 'CC':
      return text.replace(/^\u00ef\u00bb\u00bf/, '').startsWith('WEBVTT');
    case 'TIMELINE':
      return /^\s*[[{]/.test(text);
    default:
      return undefined;
  }
};
