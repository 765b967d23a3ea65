import { describe, expect, it } from '@jest/globals';
import type { ContentContext } from '../../../shared/content/content-context.ts';
import { identifyContent } from '../../../shared/content/content-log.ts';
import { isUnreadable, recordingRowsOf } from '../../../shared/content/recording-rows.ts';
import { sweep } from '../../../shared/content/sweep.ts';
import type { Unit } from '../../../shared/content/streams/unit.ts';
import type { Day } from '../../../shared/model/day.ts';
import { textToListedRow, toListedRow } from '../../../shared/model/listed-row.ts';
import { measureJson } from '../../../shared/model/json-text.ts';
import { aContentSlice, aFileRow } from '../../support/builders/content.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';
import { SettableClock } from '../../support/doubles/settable-clock.ts';

const DAY = '2026-11-20' as Day;
const { file } = aFileRow(DAY);
const aMeeting = (change: object = {}) => ({
  uuid: 'u==',
  start_time: `${DAY}T09:00:00Z`,
  recording_files: [file],
  ...change,
});
const rowsOf = (meeting: object) => recordingRowsOf(toListedRow(meeting), 'recordings', DAY);
const unreadableOf = (meeting: object) => rowsOf(meeting).filter(({ row }) => isUnreadable(row.row)).length;

/** A meeting that is kept as text, because it is nested too deeply. */
const deepMeeting = (uuid: string) => {
  const json = `{"uuid":"${uuid}","deep":${'['.repeat(200)}${']'.repeat(200)}}`;
  const extent = measureJson(json, 0);
  if (!extent) throw new Error('no JSON');
  return recordingRowsOf(textToListedRow(json, extent), 'recordings', DAY);
};

describe('rows of recordings that cannot be read', () => {
  it.each([
    ['a file', aMeeting(), 0],
    ['a meeting without files', aMeeting({ recording_files: undefined }), 0],
    ['a meeting whose lists are null', aMeeting({ recording_files: null, participant_audio_files: null }), 0],
    ['a meeting without a uuid', aMeeting({ uuid: null }), 1],
    ['a meeting with an empty uuid', aMeeting({ uuid: '' }), 1],
    ['files that are no objects', aMeeting({ recording_files: [file, null, 5, 'x', []] }), 4],
    ['a list of files that is no list', aMeeting({ recording_files: { file } }), 1],
    ['a list of audio that is no list', aMeeting({ participant_audio_files: 'none' }), 1],
  ])('%s', (_, meeting, unreadable) => {
    expect(unreadableOf(meeting)).toBe(unreadable);
  });

  it('are kept, each of them', () => {
    const rows = [...deepMeeting('a'), ...deepMeeting('b')];

    expect(rows.map(({ row }) => isUnreadable(row.row))).toEqual([true, true]);
    const ids = rows.map(({ row }) => identifyContent(aContentSlice(DAY), row).digest);
    expect(new Set(ids).size).toBe(2);
  });

  it('keep their list from being proven, and its other rows are committed', async () => {
    const [store, clock] = [new MemoryStore(), new SettableClock()];
    const at = clock.now();
    const rows = [...rowsOf(aMeeting()), ...deepMeeting('a')];
    const unit: Unit = {
      name: 'host:a',
      list: () =>
        Promise.resolve({
          rows,
          unreadable: 1,
          list: { beganAt: at, endedAt: at, total: 2, isProven: true, count: 2 },
        }),
    };
    const context = { store, clock, source: 'acme', accountId: 'account', observer: {} };

    const { failed, committed } = await sweep(
      context as unknown as ContentContext,
      'recording',
      { from: DAY, to: DAY },
      [unit],
      new AbortController().signal,
    );

    expect(committed).toBe(2);
    expect(failed).toEqual([
      { unit: 'host:a', error: expect.objectContaining({ name: 'UnreadableRowsError' }) as unknown },
    ]);
  });
});
