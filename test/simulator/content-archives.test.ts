import { describe, expect, it } from '@jest/globals';
import { type ArchivedMeetingInput, type ContentControl, encodeUuid } from '../../simulator/index.ts';
import { aContent, bytesOf, firstHop, type Item, meetingsOf, readList, sha256 } from './content-client.ts';
import { aToken } from './zoom-client.ts';

const WEEK = { from: '2026-11-14T00:00:00Z', to: '2026-11-20T23:59:59Z' };
const ARRIVAL = { ...WEEK, query_date_type: 'archive_complete_time' };
const HOUR_MS = 3_600_000;

const addArchive = (
  content: ContentControl,
  hostId: string,
  meeting: Partial<ArchivedMeetingInput> = {},
): string =>
  content.addArchivedMeeting({
    hostId,
    topic: 'Review',
    start: '2026-11-20T09:00:00Z',
    seconds: 1830,
    files: [{ fileType: 'MP4', bytes: 1000 }],
    ...meeting,
  });

const uuidsOf = (meetings: Item[]) => meetings.map(({ uuid }) => uuid);
const archivesOf = (meeting: Item | undefined) => (meeting?.['archive_files'] ?? []) as Item[];

describe('the list of archived meetings', () => {
  it('has meetings with their files, fingerprints and attached files', async () => {
    const { content, hostId, read, token } = await aContent();
    const uuid = addArchive(content, hostId, {
      id: 81_234_567_890,
      meetingType: 'external',
      parentUuid: 'AAAAAAAAAAAAAAAAAAAAAA==',
      groupId: 'g1',
      completeAt: '2026-11-20T11:00:00Z',
      files: [
        { fileType: 'MP4', bytes: 1000 },
        { fileType: 'M4A', bytes: 200, individual: true, participantEmail: 'ines@quillmere.example' },
        { fileType: 'CHAT', bytes: 300, numberOfMessages: 4 },
      ],
      attachedFiles: [{ name: 'figures.csv', bytes: 50 }],
    });

    const reply = await read('/archive_files', WEEK);

    expect(reply.body).toMatchObject({ ...WEEK, total_records: 1, page_size: 30, next_page_token: '' });
    expect(meetingsOf(reply)).toMatchObject([
      {
        uuid,
        id: 81_234_567_890,
        host_id: hostId,
        start_time: '2026-11-20T09:00:00Z',
        duration_in_second: 1830,
        meeting_type: 'external',
        is_breakout_room: true,
        parent_meeting_id: 'AAAAAAAAAAAAAAAAAAAAAA==',
        complete_time: '2026-11-20T11:00:00Z',
        status: 'completed',
        group_id: 'g1',
        archive_files: [
          {
            file_type: 'MP4',
            file_extension: 'MP4',
            file_size: 1000,
            status: 'completed',
            individual: false,
          },
          { file_type: 'M4A', individual: true, participant_email: 'ines@quillmere.example' },
          { file_type: 'CHAT', number_of_messages: 4 },
        ],
        physical_files: [{ file_name: 'figures.csv', file_size: 50 }],
      },
    ]);
    const [meeting] = meetingsOf(reply);
    const attached = (meeting?.['physical_files'] ?? []) as Item[];
    const sums: string[] = [];
    for (const file of [...archivesOf(meeting), ...attached]) {
      const url = String(file['download_url']);
      const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
      sums.push(sha256(await bytesOf(response)));
    }
    expect(archivesOf(meeting).map((file) => file['encryption_fingerprint'])).toEqual(sums.slice(0, 3));
    const { archiveFiles } = content.truth();
    expect(await Promise.all(archiveFiles.map((file) => file.sha256()))).toEqual(sums);
    expect(archiveFiles.map(({ kind }) => kind)).toEqual(['archive', 'archive', 'archive', 'attached']);
    expect(attached[0]?.['download_url']).toContain('/rec/archive/attached/download/');
  });

  it('needs date-times at most seven days apart', async () => {
    const { read } = await aContent();

    for (const query of [
      {},
      { from: WEEK.from },
      { ...WEEK, from: 'yesterday' },
      { from: WEEK.to, to: WEEK.from },
      { from: '2026-11-13T00:00:00Z', to: '2026-11-20T00:00:01Z' },
      { ...WEEK, query_date_type: 'other' },
    ]) {
      expect(await read('/archive_files', query as Record<string, string>)).toMatchObject({
        status: 400,
        body: { code: 300 },
      });
    }
  });

  it('by arrival has what is complete, in the order of its completion', async () => {
    const { simulator, content, hostId, read } = await aContent();
    const late = addArchive(content, hostId, {
      start: '2026-11-02T09:00:00Z',
      completeAt: '2026-11-20T11:30:00Z',
    });
    const early = addArchive(content, hostId, { completeAt: '2026-11-20T11:00:00Z' });
    const waiting = addArchive(content, hostId, { completeAt: '2026-11-20T12:30:00Z' });

    const before = await readList(read, '/archive_files', 'meetings', { ...ARRIVAL, page_size: '1' });
    simulator.clock.advance(HOUR_MS);

    expect(uuidsOf(before)).toEqual([early, late]);
    expect(uuidsOf(meetingsOf(await read('/archive_files', ARRIVAL)))).toEqual([early, late, waiting]);
    expect(new Set(uuidsOf(meetingsOf(await read('/archive_files', WEEK))))).toEqual(
      new Set([early, waiting]),
    );
  });

  it('shows what is processing or failed without size and fingerprint, and chosen groups only', async () => {
    const { content, hostId, read, token } = await aContent();
    const uuid = addArchive(content, hostId, { completeAt: '2026-11-21T00:00:00Z', groupId: 'g1' });
    addArchive(content, hostId, { failed: true, files: [{ fileType: 'MP4', bytes: 10, failed: true }] });
    const grouped = { ...WEEK, group_ids: 'g0,g1' };

    const [meeting] = meetingsOf(await read('/archive_files', grouped));
    const all = meetingsOf(await read('/archive_files', WEEK));

    expect(meeting).toMatchObject({
      uuid,
      status: 'processing',
      complete_time: '',
      archive_files: [{ status: 'processing', file_size: 0 }],
    });
    expect(all.find(({ uuid: one }) => one !== uuid)).toMatchObject({
      status: 'failed',
      archive_files: [{ status: 'failed', file_size: 0 }],
    });
    for (const file of all.flatMap(archivesOf)) expect(file).not.toHaveProperty('encryption_fingerprint');
    const url = String(archivesOf(meeting)[0]?.['download_url']);
    expect((await firstHop(url, token)).status).toBe(404);
    content.finishArchiving(uuid);
    expect((await firstHop(url, token)).status).toBe(302);
  });

  it('ends when Zoom no longer keeps the archive', async () => {
    const { simulator, content, hostId, read, token } = await aContent({ content: { archiveDays: 1 } });
    addArchive(content, hostId, { completeAt: '2026-11-20T11:00:00Z' });
    const [meeting] = meetingsOf(await read('/archive_files', WEEK));
    simulator.clock.advance(23 * HOUR_MS);

    expect(meetingsOf(await read('/archive_files', WEEK))).toEqual([]);
    expect((await firstHop(String(archivesOf(meeting)[0]?.['download_url']), token)).status).toBe(404);
    expect(content.truth().archiveFiles).toMatchObject([{ shown: false }]);
  });

  it('has a file that comes later', async () => {
    const { simulator, content, hostId, read } = await aContent();
    const uuid = addArchive(content, hostId);
    content.addArchiveFile(uuid, { fileType: 'CC', bytes: 100, visibleFrom: '2026-11-20T13:00:00Z' });
    const types = async () =>
      archivesOf(meetingsOf(await read('/archive_files', WEEK))[0]).map((file) => file['file_type']);

    const before = await types();
    simulator.clock.advance(HOUR_MS);

    expect([before, await types()]).toEqual([['MP4'], ['MP4', 'CC']]);
  });
});

describe('the archive of one meeting', () => {
  it.each(['/AAAAAAAAAAAAAAAAAAAAA==', 'AAAA//AAAAAAAAAAAAAAAA=='])(
    'needs the uuid %s encoded twice',
    async (uuid) => {
      const { content, hostId, read } = await aContent();
      addArchive(content, hostId, { uuid });
      const once = `/past_meetings/${encodeURIComponent(uuid)}/archive_files`;

      expect(await read(once)).toMatchObject({ status: 404, body: { code: 3001 } });
      expect((await read(`/past_meetings/${encodeUuid(uuid)}/archive_files`)).body).toMatchObject({ uuid });
    },
  );
});

describe('the statistics of archives', () => {
  it('count files by extension and by status', async () => {
    const { content, hostId, read } = await aContent();
    addArchive(content, hostId, {
      files: [
        { fileType: 'MP4', bytes: 10 },
        { fileType: 'M4A', bytes: 10 },
        { fileType: 'MP4', bytes: 10, failed: true },
        { fileType: 'CHAT', bytes: 10, readyAt: '2026-11-21T00:00:00Z' },
      ],
    });

    expect((await read('/archive_files/statistics', WEEK)).body).toMatchObject({
      total_records: 4,
      statistic_by_file_extension: { mp4_file_count: 2, m4a_file_count: 1, txt_file_count: 1 },
      statistic_by_file_status: { processing_file_count: 1, completed_file_count: 2, failed_file_count: 1 },
    });
  });
});

describe('the download of an archive', () => {
  it('needs a token of the account with a scope for archives', async () => {
    const { simulator, content, hostId, read, token } = await aContent();
    addArchive(content, hostId);
    const url = String(archivesOf(meetingsOf(await read('/archive_files', WEEK))[0])[0]?.['download_url']);

    expect((await firstHop(url, undefined)).status).toBe(401);
    expect((await firstHop(`${url}x`, token)).status).toBe(404);
    simulator.account().update({ scopes: ['user:read:user:admin'] });
    const refused = await firstHop(url, await aToken(simulator));
    expect([refused.status, await refused.json()]).toMatchObject([400, { code: 4711 }]);
  });
});
