import { describe, expect, it } from '@jest/globals';
import { generateContentCompany, type ContentCompanyOptions, encodeUuid } from '../../simulator/index.ts';
import { type Item, readList, sha256, bytesOf } from './content-client.ts';
import { aSimulator, aToken, get } from './zoom-client.ts';

const OPTIONS: ContentCompanyOptions = { seed: 1, from: '2026-11-01', to: '2026-11-19' };

describe('a generated company', () => {
  it('is the same for the same seed only', () => {
    const once = JSON.stringify(generateContentCompany(OPTIONS));

    expect(JSON.stringify(generateContentCompany(OPTIONS))).toBe(once);
    expect(JSON.stringify(generateContentCompany({ ...OPTIONS, seed: 2 }))).not.toBe(once);
  });

  it('has the numbers that were asked for, within the days and sizes', () => {
    const { people = [], meetings = [] } = generateContentCompany(OPTIONS);
    const files = meetings.flatMap((meeting) => meeting.files ?? []);

    expect([people.length, meetings.length, files.length]).toEqual([60, 400, 1500]);
    expect(files.every(({ bytes }) => bytes >= 1000 && bytes <= 200_000)).toBe(true);
    const days = meetings.map(({ start }) => new Date(start).toISOString().slice(0, 10)).sort();
    expect([days[0], days.at(-1)]).toEqual(['2026-11-01', '2026-11-19']);
  });

  it('has every kind of person, meeting and file', () => {
    const { people = [], meetings = [] } = generateContentCompany(OPTIONS);
    const files = meetings.flatMap((meeting) => meeting.files ?? []);
    const uuids = meetings.map(({ uuid = '' }) => uuid);
    const late = meetings.flatMap(({ start, minutes, files: own = [] }) =>
      own.map(
        ({ visibleFrom = start }) =>
          Number(new Date(visibleFrom)) - Number(new Date(start)) - minutes * 60_000,
      ),
    );

    expect(new Set(people.map(({ status }) => status))).toEqual(new Set(['active', 'inactive', 'pending']));
    expect(new Set(people.flatMap(({ deleted }) => (deleted ? Object.keys(deleted) : [])))).toEqual(
      new Set(['transferTo', 'trash', 'purge']),
    );
    expect(uuids.filter((uuid) => uuid.startsWith('/')).length).toBeGreaterThan(20);
    expect(uuids.filter((uuid) => uuid.slice(1).includes('//')).length).toBeGreaterThan(20);
    expect(new Set(meetings.map(({ type }) => type))).toEqual(new Set([1, 2, 3, 4, 5, 8, 9, 99, 100]));
    expect(new Set(files.map(({ fileType }) => fileType))).toEqual(
      new Set(['MP4', 'M4A', 'TRANSCRIPT', 'TIMELINE', 'CHAT', 'CC', 'CSV', 'SUMMARY']),
    );
    expect(files.some(({ id }) => id === null)).toBe(true);
    expect(files.some(({ participantAudio }) => participantAudio)).toBe(true);
    expect(new Set(files.map(({ processing }) => processing?.as))).toEqual(
      new Set([undefined, 'recording', 'encoding']),
    );
    expect(Math.max(...late)).toBeGreaterThan(24 * 3_600_000);
    expect(Math.max(...late)).toBeLessThanOrEqual(48 * 3_600_000);
    expect(meetings.some(({ participants }) => participants?.length === 1)).toBe(true);
    expect(meetings.some(({ polls, qa }) => polls && qa)).toBe(true);
    expect(
      meetings.some(({ files: own = [] }) => new Set(own.map(({ start }) => String(start))).size > 1),
    ).toBe(true);
  });

  it('can be collected whole: each file that a listing shows is the one of the truth', async () => {
    const content = generateContentCompany({ ...OPTIONS, people: 20, meetings: 40, files: 120 });
    const simulator = await aSimulator({ now: '2026-11-25T12:00:00Z', accounts: [{ content }] });
    const token = await aToken(simulator);
    const read = (path: string, query: Record<string, string> = {}) => get(simulator, path, token, query);
    const range = { from: '2026-11-01', to: '2026-11-25', page_size: '7' };

    const uuids = (await readList(read, '/accounts/me/recordings', 'meetings', range)).map(({ uuid }) =>
      String(uuid),
    );
    const sums: string[] = [];
    for (const uuid of uuids) {
      const { body } = await read(`/meetings/${encodeUuid(uuid)}/recordings`);
      for (const list of ['recording_files', 'participant_audio_files']) {
        for (const file of body[list] as Item[]) {
          if (file['status'] === 'processing') continue;
          const url = String(file['download_url']);
          sums.push(
            sha256(await bytesOf(await fetch(url, { headers: { authorization: `Bearer ${token}` } }))),
          );
        }
      }
    }

    const listed = simulator
      .content()
      .truth()
      .files.filter(({ state, uuid }) => state === 'available' && uuids.includes(uuid));
    const expected = await Promise.all(listed.map((file) => file.sha256()));
    expect(sums.sort()).toEqual(expected.sort());
    expect(sums.length).toBeGreaterThan(80);
    expect(
      simulator
        .content()
        .downloads()
        .every(({ requests, whole }) => requests === 1 && whole === 1),
    ).toBe(true);
  });
});
