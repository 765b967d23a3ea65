import type { StoredFile } from './stored-files.ts';

/** File systems allow 255 bytes of a name: the rest of a name, its number and its extension need some of them. */
const MOST_TOPIC_BYTES = 120;
const MOST_LABEL_BYTES = 60;

/**
 * What no name may have: characters that Windows forbids, separators, controls, line and paragraph separators, and invisible or
 * bidirectional characters. Joiners and variation selectors are kept: Persian, Indic scripts and emoji need them.
 */
const UNSAFE = /[<>:"\/\\\|?*\p{Cc}\p{Zl}\p{Zp}\ufff9-\ufffb[\p{DI}--[\u200c\u200d\p{VS}]]]/gv;

/**
 * The name of a file that a person knows: `2026-11-20 0905 Weekly sync - speaker view.mp4`, with the start in UTC. It is one safe
 * part of a path on every file system. It need not be unique: see `numbered`.
 */
export const fileNameOf = (file: StoredFile): string => {
  const at = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})/.exec(file.start);
  const when = at ? `${at[1] ?? ''} ${at[2] ?? ''}${at[3] ?? ''}` : file.day;
  const topic = safeText(file.topic, MOST_TOPIC_BYTES) || 'Recording';
  return `${when} ${topic} - ${safeText(labelOf(file), MOST_LABEL_BYTES) || file.type}.${file.extension}`;
};

/** A name with a number before its extension: `… speaker view (2).mp4`. The first has none. */
export const numbered = (name: string, number: number): string => {
  if (number === 1) return name;
  const dot = name.lastIndexOf('.');
  return `${name.slice(0, dot)} (${number})${name.slice(dot)}`;
};

/** Names that a file system may take for the same have the same key: some ignore case, or the form of accents. */
export const keyOfName = (name: string): string => name.normalize('NFC').toLowerCase();

/** What a file is among those of its meeting: `speaker view`, `audio transcript`. */
export const labelOf = ({
  recordingType,
  fileType,
  fileName,
  isParticipantAudio,
  type,
}: Pick<StoredFile, 'recordingType' | 'fileType' | 'fileName' | 'isParticipantAudio' | 'type'>): string => {
  if (isParticipantAudio && fileName !== undefined) return fileName.replace(/\.[A-Za-z0-9]{1,8}$/, '');
  if (recordingType !== '') return recordingType.replaceAll('_', ' ');
  if (fileType === 'CC') return 'closed captions';
  return fileType === '' ? type : fileType.toLowerCase().replaceAll('_', ' ');
};

/** Untrusted text as part of a name: without unsafe characters, blanks and dots at its ends, and of limited length. May be empty. */
export const safeText = (text: string, mostBytes: number): string => {
  const clean = text.toWellFormed().normalize('NFC').replace(UNSAFE, ' ').replaceAll(/\s+/g, ' ');
  return trimmed(cut(trimmed(clean), mostBytes));
};

/** Windows drops dots and blanks at the end of a name, and a dot at the start hides it. */
const trimmed = (text: string): string => text.replaceAll(/^[. ]+|[. ]+$/g, '');

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const cut = (text: string, mostBytes: number): string => {
  if (Buffer.byteLength(text) <= mostBytes) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (Buffer.byteLength(kept + segment) > mostBytes) break;
    kept += segment;
  }
  return kept;
};
