import { beforeEach, describe, expect, it } from '@jest/globals';
import { collectContent, type ContentReport } from '../../../shared/content/collect-content.ts';
import { readCustody } from '../../../shared/content/custody-row.ts';
import { readSliceFiles } from '../../../shared/content/slice-files.ts';
import { ConfigurationError, UpstreamError } from '../../../shared/errors.ts';
import { CONTENT_TYPES } from '../../../shared/model/content-config.ts';
import type { Day } from '../../../shared/model/day.ts';
import { ListedContent, ListedDownloads } from '../../support/doubles/listed-content.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';
import { SettableClock } from '../../support/doubles/settable-clock.ts';

const DAY = '2026-11-16' as Day;

const file = (id: string, more: object = {}): object => ({
  id,
  file_type: 'CHAT',
  file_extension: 'TXT',
  recording_start: '2026-11-16T09:00:00Z',
  status: 'completed',
  download_url: `https://zoom.us/rec/download/${id}`,
  ...more,
});

const meeting = (...files: object[]) => ({
  uuid: 'dXVpZA==',
  host_id: 'host-1',
  start_time: '2026-11-16T09:00:00Z',
  recording_files: files,
});

class SubclassError extends UpstreamError {}

describe('collecting content', () => {
  let store: MemoryStore;
  let clock: SettableClock;
  let listings: ListedContent;
  let downloads: ListedDownloads;

  beforeEach(() => {
    store = new MemoryStore();
    clock = new SettableClock();
    listings = new ListedContent();
    downloads = new ListedDownloads();
  });

  const collectAt = (time: string): Promise<ContentReport> => {
    clock.time = new Date(time);
    const people = { include: 'all' as const, exclude: [], future: true };
    const choice = { types: [...CONTENT_TYPES], people, mode: 'archive' as const };
    return collectContent(
      {
        source: 'acme',
        accountId: 'an-account',
        store,
        listings,
        downloads,
        clock,
        random: () => 0,
        owner: time,
        beforeRequest: () => undefined,
        choice,
        observer: {},
      },
      { streams: ['person', 'recording'], from: DAY, to: DAY },
      new AbortController().signal,
    );
  };

  const states = async (): Promise<string[]> => {
    const { custody } = await readSliceFiles(store, { source: 'acme', stream: 'recording', day: DAY });
    return (await readCustody(custody)).map(({ state, zoom }) => `${zoom.file_id ?? ''} ${state}`);
  };

  it('fetches a file that could not be fetched from the trash once it is recovered', async () => {
    listings.trash = [meeting(file('f1', { deleted_time: '2026-11-16T20:00:00Z' }))];
    downloads.refuses = true;
    await collectAt('2026-11-17T12:00:00Z');
    await collectAt('2026-11-18T12:00:00Z');
    expect(await states()).toEqual(['f1 gone', 'f1 failed']);

    listings.recordings = [meeting(file('f1'))];
    listings.trash = [];
    downloads.refuses = false;
    await collectAt('2026-11-19T12:00:00Z');

    expect(await states()).toEqual(['f1 gone', 'f1 failed', 'f1 back', 'f1 held']);
  });

  it('gives up a recovered file only after it failed on three days since', async () => {
    listings.trash = [meeting(file('f1', { deleted_time: '2026-11-16T20:00:00Z' }))];
    downloads.refuses = true;
    await collectAt('2026-11-17T12:00:00Z');
    listings.recordings = [meeting(file('f1'))];
    listings.trash = [];

    const finals: (boolean | undefined)[] = [];
    for (const day of ['18', '19', '20']) {
      const { files } = await collectAt(`2026-11-${day}T12:00:00Z`);
      finals.push(files.failed[0]?.final);
    }

    expect(finals).toEqual([false, false, true]);
  });

  it('asks a meeting for the audio of its participants though one of its files never becomes ready', async () => {
    listings.recordings = [meeting(file('f1', { status: 'processing' }))];
    listings.participantAudio = [file('audio')];
    await collectAt('2026-11-17T12:00:00Z');
    expect(await states()).toEqual([]);

    await collectAt('2026-11-20T12:00:00Z');

    expect(await states()).toEqual(expect.arrayContaining(['audio held']));
  });

  it('fetches all files of the lists although the app may not ask for single meetings, and keeps the day open', async () => {
    listings.recordings = [meeting(file('f1'), file('f2'))];
    listings.meetingFailure = new ConfigurationError('scope-missing', 'The app lacks the scope.', {
      scope: 'stream',
    });

    const { problems, closed } = await collectAt('2026-11-21T12:00:00Z');

    expect((await states()).sort()).toEqual(['f1 held', 'f2 held']);
    expect(problems).toMatchObject([{ stream: 'recording', unit: undefined, reason: 'scope-missing' }]);
    expect(closed.filter(({ stream }) => stream === 'recording')).toEqual([]);
  });

  it('concludes from no list of recordings that a file has left while the list of people may lack some', async () => {
    listings.recordings = [meeting(file('f1'))];
    await collectAt('2026-11-17T12:00:00Z');
    listings.recordings = [];
    listings.missingPeople = 1;
    await collectAt('2026-11-18T12:00:00Z');
    await collectAt('2026-11-20T12:00:00Z');
    expect(await states()).toEqual(['f1 held']);

    listings.missingPeople = 0;
    await collectAt('2026-11-21T12:00:00Z');
    await collectAt('2026-11-22T13:00:00Z');

    expect(await states()).toEqual(['f1 held', 'f1 gone']);
  });

  it('reports a failure of Zoom as one of the list that failed, whatever its kind', async () => {
    listings.failure = new SubclassError('Zoom no longer accepts the page token.');

    const report = await collectAt('2026-11-17T12:00:00Z');

    expect(report.rows.person).toBe(1);
    expect(report.problems.map(({ unit }) => unit)).toEqual([
      'host:host-1',
      'trash:meeting_recordings:host-1',
      'trash:recording_file:host-1',
    ]);
  });
});
