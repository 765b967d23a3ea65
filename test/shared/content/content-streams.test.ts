import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { identifyBy, identifyContent } from '../../../shared/content/content-log.ts';
import { CONTENT_STREAMS, FILE_STREAMS } from '../../../shared/content/content-streams.ts';
import { inListingOrder } from '../../../shared/content/content-task.ts';
import { fileKey, fileOfKey, objectKey, sequenceOf } from '../../../shared/contract/object-keys.ts';
import { CONTENT_STREAM_NAMES } from '../../../shared/model/content-stream.ts';
import { toListedRow } from '../../../shared/model/listed-row.ts';
import { aContentSlice, aFileRow } from '../../support/builders/content.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

describe('the table of content streams', () => {
  it('has a field in JSON for the subjects of each stream, each another', () => {
    const fields = Object.values(CONTENT_STREAMS).flatMap(({ subjects }) => subjects?.field ?? []);
    expect(fields).toEqual([...new Set(fields)]);
  });

  it('has the fields of each identity in alphabetical order', () => {
    for (const { identity } of Object.values(CONTENT_STREAMS)) {
      expect(identity.fields).toEqual([...identity.fields].sort());
    }
  });

  it('is the only place that asks which stream it has', () => {
    const names = CONTENT_STREAM_NAMES.join('|');
    const question = new RegExp(`stream(?::| ===| !==) '(?:${names})'|CONTENT_STREAMS\\.(?:${names})`);
    const files = ['shared', 'cli'].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !/^content\/(?:streams\/|content-streams\.ts)/.test(name))
        .map((name) => join(folder, name)),
    );

    expect(files.filter((file) => question.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
    expect(files.length).toBeGreaterThan(300);
  });

  it('lists streams that use the quota of the day last', () => {
    expect(inListingOrder(['person', 'meeting', 'recording'])).toEqual(['person', 'recording', 'meeting']);
  });

  it('knows which streams have files', () => {
    expect(FILE_STREAMS).toEqual(['recording', 'chat_message']);
  });
});

describe('the identity of a row of content', () => {
  it('is made of the documented fields that are set, with their paths', () => {
    const row = toListedRow({ ...aFileRow('2026-11-18'), passcode: 'x' });

    expect(identifyContent(aContentSlice('2026-11-18'), row)).toMatchObject({
      time: '2026-11-18T09:00:00.000Z',
      canonical: JSON.stringify([
        ['file.file_extension', 'MP4'],
        ['file.file_size', 3],
        ['file.file_type', 'MP4'],
        ['file.id', 'f1'],
        ['file.recording_end', '2026-11-18T10:00:00Z'],
        ['file.recording_start', '2026-11-18T09:00:00Z'],
        ['file.status', 'completed'],
        ['kind', 'file'],
        ['meeting.host_id', 'host'],
        ['meeting.start_time', '2026-11-18T09:00:00Z'],
        ['meeting.topic', 'Stand-up'],
        ['meeting.uuid', 'uuid=='],
      ]),
    });
  });

  it('leaves out volatile parts, also of the elements of a list', () => {
    const identity = {
      fields: ['kind', 'message'],
      volatile: ['message.reactions', 'message.files[].download_url'],
      time: ['message.date_time'],
    };
    const message = (url: string, reactions: number) => ({
      kind: 'message',
      message: { reactions, files: [{ file_id: 'a', download_url: url }], download_url: 'kept' },
    });
    const digestOf = (row: object) => identifyBy(identity, toListedRow(row), 'no time');

    expect(digestOf(message('one', 1)).canonical).toBe(
      '[["kind","message"],["message",{"download_url":"kept","files":[{"file_id":"a"}]}]]',
    );
    expect(digestOf(message('two', 2)).digest).toBe(digestOf(message('one', 1)).digest);
    expect(digestOf(message('one', 1)).time).toBe('no time');
  });
});

describe('a key of a stream whose name has two words', () => {
  const slice = aContentSlice('2026-11-18', 'chat_message');

  it('is recognized', () => {
    expect(sequenceOf(objectKey('raw', slice, 3))).toBe(3);
    expect(fileOfKey(fileKey(slice, '9f2c41d07a5be613', '03b7e1a2c4d5f697', 'png'))).toMatchObject({
      item: '9f2c41d07a5be613',
    });
  });
});
