import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fileNameOf, keyOfName, numbered } from '../../../shared/content/file-name.ts';
import type { StoredFile } from '../../../shared/content/stored-files.ts';
import { day } from '../../support/builders/collector.ts';

const aFile = (change: Partial<StoredFile> = {}): StoredFile => ({
  source: 'acme',
  stream: 'recording',
  day: day('2026-11-20'),
  item: '9f2c41d07a5be613',
  version: '03b7e1a2c4d5f697',
  uuid: 'aaaa',
  fileId: undefined,
  start: '2026-11-20T09:05:00Z',
  topic: 'Weekly sync',
  hostId: 'host',
  host: 'ann@example.com',
  type: 'video',
  fileType: 'MP4',
  recordingType: 'speaker_view',
  fileName: undefined,
  isParticipantAudio: false,
  extension: 'mp4',
  size: 1,
  state: 'held',
  reason: undefined,
  message: undefined,
  isFinal: false,
  gone: false,
  hidden: false,
  trashed: false,
  isReplaced: false,
  key: undefined,
  sha256: undefined,
  ...change,
});

describe('the name of a file', () => {
  it.each<[Partial<StoredFile>, string]>([
    [{}, '2026-11-20 0905 Weekly sync - speaker view.mp4'],
    [{ topic: '../../etc/passwd' }, '2026-11-20 0905 etc passwd - speaker view.mp4'],
    [{ topic: ' a/b\\c:d*e?f|g<h>"i" ' }, '2026-11-20 0905 a b c d e f g h i - speaker view.mp4'],
    [{ topic: '\u202e\u0000\n\u200b' }, '2026-11-20 0905 Recording - speaker view.mp4'],
    [{ topic: '新製品 🎉' }, '2026-11-20 0905 新製品 🎉 - speaker view.mp4'],
    [{ topic: 'ends with dots...' }, '2026-11-20 0905 ends with dots - speaker view.mp4'],
    [{ start: 'soon' }, '2026-11-20 Weekly sync - speaker view.mp4'],
    [
      { recordingType: '', fileType: 'TIMELINE', extension: 'json' },
      '2026-11-20 0905 Weekly sync - timeline.json',
    ],
    [
      { recordingType: '', fileType: 'CC', extension: 'vtt' },
      '2026-11-20 0905 Weekly sync - closed captions.vtt',
    ],
    [
      { isParticipantAudio: true, fileName: 'Audio only - Ann A.m4a', extension: 'm4a' },
      '2026-11-20 0905 Weekly sync - Audio only - Ann A.m4a',
    ],
  ])('of %j is %s', (change, name) => {
    expect(fileNameOf(aFile(change))).toBe(name);
  });

  it('is one safe part of a path for any text of Zoom', () => {
    const text = fc.string({ unit: 'binary', maxLength: 400 });

    fc.assert(
      fc.property(text, text, text, (topic, recordingType, start) => {
        const name = numbered(fileNameOf(aFile({ topic, recordingType, start })), 1234);

        // eslint-disable-next-line no-control-regex -- none may be in a name
        expect(name).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069<>:"/\\|?*]/);
        expect(name).toMatch(/^2026-11-20 .*[^. ] \(1234\)\.mp4$/u);
        expect(name.isWellFormed()).toBe(true);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
      }),
    );
  });

  it('has the same key as another one that a file system may take for it', () => {
    expect(keyOfName('CAFE\u0301.mp4')).toBe(keyOfName('caf\u00e9.MP4'));
  });
});
