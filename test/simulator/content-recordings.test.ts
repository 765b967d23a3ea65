import { describe, expect, it } from '@jest/globals';
import { encodeUuid } from '../../simulator/index.ts';
import {
  aContent,
  addMeeting,
  type Item,
  filesOf,
  meetingsOf,
  readList,
  recordingOf,
} from './content-client.ts';
import { aSimulator, aToken, get } from './zoom-client.ts';

const DAY = { from: '2026-11-20', to: '2026-11-20' };
const uuidsOf = (meetings: Item[]) => meetings.map(({ uuid }) => uuid);

const ofUser = (hostId: string) => `/users/${hostId}/recordings`;

describe('a list of recordings', () => {
  it('has meetings with their files, and the host only account-wide', async () => {
    const { content, hostId, read } = await aContent();
    const uuid = addMeeting(content, hostId, {
      id: 81_234_567_890,
      password: 'p4ss',
      files: [
        { fileType: 'MP4', bytes: 1000 },
        { fileType: 'TIMELINE', id: null, bytes: 200 },
        { fileType: 'M4A', bytes: 300, participantAudio: true },
      ],
    });

    const [own, all] = [await read(ofUser(hostId)), await read('/accounts/me/recordings')];

    const [meeting] = meetingsOf(own);
    expect(own.body).toMatchObject({ ...DAY, page_size: 30, total_records: 1, next_page_token: '' });
    expect(meeting).toMatchObject({
      uuid,
      id: 81_234_567_890,
      host_id: hostId,
      type: 2,
      start_time: '2026-11-20T09:00:00Z',
      duration: 30,
      recording_count: 2,
      total_size: 1200,
      password: 'p4ss',
      recording_files: [
        { meeting_id: uuid, file_type: 'MP4', file_extension: 'MP4', file_size: 1000, status: 'completed' },
        { meeting_id: uuid, file_type: 'TIMELINE', recording_start: '2026-11-20T09:00:00Z' },
      ],
    });
    for (const absent of ['id', 'file_size', 'status', 'recording_type']) {
      expect(filesOf(meeting)[1]).not.toHaveProperty(absent);
    }
    expect(meeting).not.toHaveProperty('host_email');
    expect(meeting).not.toHaveProperty('participant_audio_files');
    expect(meetingsOf(all)).toMatchObject([{ uuid, host_email: 'ines@quillmere.example' }]);
  });

  it('gives other addresses in every response', async () => {
    const { content, hostId, read } = await aContent();
    addMeeting(content, hostId);

    const pages = [await read(ofUser(hostId)), await read(ofUser(hostId))];

    for (const name of ['download_url', 'play_url']) {
      expect(new Set(pages.map((page) => filesOf(meetingsOf(page)[0])[0]?.[name])).size).toBe(2);
    }
    expect(new Set(pages.map((page) => meetingsOf(page)[0]?.['share_url'])).size).toBe(2);
  });

  it('counts meetings in a page, newest first', async () => {
    const { content, hostId, read } = await aContent();
    const added = Array.from({ length: 7 }, (_, i) =>
      addMeeting(content, hostId, { start: new Date(Date.UTC(2026, 10, 20, i)) }),
    );

    const listed = await readList(read, ofUser(hostId), 'meetings', { page_size: '3' });

    expect(uuidsOf(listed)).toEqual(added.reverse());
  });

  it.each([
    [true, ['23:59', '00:00']],
    [false, ['00:00']],
  ])('goes by the UTC day of the start; to is included: %s', async (toInclusive, expected) => {
    const { content, hostId, read } = await aContent({ content: { toInclusive } });
    for (const start of ['2026-11-17T23:59:00Z', '2026-11-18T00:00:00Z', '2026-11-19T23:59:00Z']) {
      addMeeting(content, hostId, { start });
    }

    const reply = await read(ofUser(hostId), { from: '2026-11-18', to: '2026-11-19' });

    expect(meetingsOf(reply).map(({ start_time: start }) => String(start).slice(11, 16))).toEqual(expected);
  });

  it('cuts a span of more than a month without a word', async () => {
    const { content, hostId, read } = await aContent();
    addMeeting(content, hostId, { start: '2026-10-01T09:00:00Z' });
    addMeeting(content, hostId);

    const reply = await read(ofUser(hostId), { from: '2026-10-01', to: '2026-11-20' });

    expect(reply.body).toMatchObject({ from: '2026-10-01', to: '2026-11-20', total_records: 1 });
    expect(meetingsOf(reply)[0]).toMatchObject({ start_time: '2026-10-01T09:00:00Z' });
  });

  it('shows a recording in progress without end, type and size, then complete', async () => {
    const { content, hostId, read } = await aContent();
    const uuid = addMeeting(content, hostId, {
      files: [{ fileType: 'MP4', bytes: 1000, processing: { as: 'recording' } }],
    });

    const [before] = meetingsOf(await read(ofUser(hostId)));
    content.finishProcessing(uuid);
    const [after] = meetingsOf(await read(ofUser(hostId)));

    expect(before).toMatchObject({ recording_count: 0, duration: 0 });
    expect(filesOf(before)[0]).toMatchObject({
      recording_end: '',
      file_type: '',
      file_extension: '',
      file_size: 0,
      status: 'processing',
      download_url: expect.stringContaining('/rec/download/') as unknown,
    });
    expect(filesOf(after)[0]).toMatchObject({ file_type: 'MP4', status: 'completed', file_size: 1000 });
  });

  it('shows a file that is processed until a time, and a transcript that comes later', async () => {
    const { simulator, content, hostId, read } = await aContent();
    const until = '2026-11-20T13:00:00Z';
    const uuid = addMeeting(content, hostId, {
      files: [{ fileType: 'MP4', bytes: 1000, processing: { as: 'encoding', until } }],
    });
    content.addFile(uuid, { fileType: 'TRANSCRIPT', bytes: 500 }, until);
    const states = async () =>
      filesOf(meetingsOf(await read(ofUser(hostId)))[0]).map((file) => [file['file_type'], file['status']]);

    const before = await states();
    simulator.clock.advance(3_600_000);

    expect(before).toEqual([['MP4', 'processing']]);
    expect(await states()).toEqual([
      ['MP4', 'completed'],
      ['TRANSCRIPT', 'completed'],
    ]);
  });

  it('shows the trash, whatever the dates are, and what was recovered', async () => {
    const { simulator, content, hostId, read } = await aContent();
    const whole = addMeeting(content, hostId, { start: '2026-08-01T09:00:00Z' });
    const single = addMeeting(content, hostId, {
      files: [
        { id: 'one', fileType: 'MP4', bytes: 1000 },
        { id: 'two', fileType: 'M4A', bytes: 100 },
      ],
    });
    content.trash(whole);
    content.trash(single, 'one');
    const trash = (type: string) => read(ofUser(hostId), { trash: 'true', trash_type: type });

    const [meetings, files] = [await trash('meeting_recordings'), await trash('recording_file')];
    content.recover(whole);

    expect(uuidsOf(meetingsOf(meetings))).toEqual([whole]);
    expect(meetingsOf(files)).toMatchObject([
      { uuid: single, recording_files: [{ id: 'one', deleted_time: '2026-11-20T12:00:00Z' }] },
    ]);
    expect(filesOf(meetingsOf(await read(ofUser(hostId)))[0]).map(({ id }) => id)).toEqual(['two']);
    expect(meetingsOf(await trash('meeting_recordings'))).toEqual([]);
    simulator.clock.advance(30 * 86_400_000);
    expect(meetingsOf(await trash('recording_file'))).toEqual([]);
    expect((await recordingOf(read, whole)).status).toBe(200);
  });

  it('follows a deleted host: transferred, in the trash, or gone', async () => {
    const { content, hostId, read } = await aContent();
    const people = ['a', 'b', 'c'].map((name) =>
      content.addPerson({ email: `${name}@quillmere.example`, firstName: name, lastName: name }),
    );
    const [moved, trashed, gone] = people.map((id) => addMeeting(content, id)) as [string, string, string];
    content.deletePerson(people[0] ?? '', { transferTo: hostId });
    content.deletePerson(people[1] ?? '', { trash: true });
    content.deletePerson(people[2] ?? '');

    const listed = meetingsOf(await read('/accounts/me/recordings'));
    const inTrash = meetingsOf(await read('/accounts/me/recordings', { trash: 'true' }));

    expect(listed).toMatchObject([{ uuid: moved, host_id: hostId }]);
    expect(uuidsOf(inTrash)).toEqual([trashed]);
    expect((await recordingOf(read, gone)).body['code']).toBe(3301);
  });

  it('is refused for an account without cloud recording', async () => {
    const { simulator, hostId, read } = await aContent();
    simulator.account().update({ cloudRecording: false });

    for (const path of [ofUser(hostId), '/accounts/me/recordings', '/meetings/123456789/recordings']) {
      expect(await read(path)).toMatchObject({ status: 400, body: { code: 200 } });
    }
  });

  it('keeps its snapshot, or follows changes with live paging', async () => {
    for (const [paging, expected] of [
      ['snapshot', 0],
      ['live', 1],
    ] as const) {
      const { content, hostId, read } = await aContent({ paging });
      for (let i = 0; i < 4; i++) addMeeting(content, hostId, { start: new Date(Date.UTC(2026, 10, 20, i)) });
      const first = await read(ofUser(hostId), { page_size: '2' });
      addMeeting(content, hostId);
      const next_page_token = String(first.body['next_page_token']);
      const second = await read(ofUser(hostId), { page_size: '2', next_page_token });

      const twice = uuidsOf(meetingsOf(second)).filter((uuid) => uuidsOf(meetingsOf(first)).includes(uuid));
      expect(twice).toHaveLength(expected);
    }
  });
});

describe('the recordings of one meeting', () => {
  it('have participant audio, and a token for downloads if asked', async () => {
    const { content, hostId, read } = await aContent();
    const uuid = addMeeting(content, hostId, {
      files: [
        { fileType: 'MP4', bytes: 1000 },
        { fileType: 'M4A', bytes: 300, participantAudio: true },
      ],
    });
    const path = `/meetings/${encodeUuid(uuid)}/recordings`;

    const plain = await read(path);
    const withToken = await read(path, { include_fields: 'download_access_token', ttl: '60' });

    expect(plain.body).toMatchObject({ participant_audio_files: [{ file_type: 'M4A', file_size: 300 }] });
    expect(plain.body).not.toHaveProperty('download_access_token');
    expect(withToken.body['download_access_token']).toEqual(expect.any(String));
    expect((await read(path, { ttl: '604801' })).status).toBe(400);
  });

  it.each(['/AAAAAAAAAAAAAAAAAAAAA==', 'AAAA//AAAAAAAAAAAAAAAA=='])(
    'need the uuid %s encoded twice',
    async (uuid) => {
      const { content, hostId, read } = await aContent();
      addMeeting(content, hostId, { uuid });
      const once = encodeURIComponent(uuid);

      expect(await read(`/meetings/${once}/recordings`)).toMatchObject({
        status: 404,
        body: { code: 3001 },
      });
      expect((await read(`/meetings/${encodeURIComponent(once)}/recordings`)).body).toMatchObject({ uuid });
    },
  );

  it('take a uuid with one slash, a plus and an equals sign encoded once', async () => {
    const { content, hostId, read } = await aContent();
    const uuid = addMeeting(content, hostId, { uuid: 'A/B+AAAAAAAAAAAAAAAAAA==' });

    expect((await read(`/meetings/${encodeURIComponent(uuid)}/recordings`)).body).toMatchObject({ uuid });
  });

  it('are those of the latest instance for a number', async () => {
    const { content, hostId, read } = await aContent();
    addMeeting(content, hostId, { id: 812_345_678, start: '2026-11-19T09:00:00Z' });
    const latest = addMeeting(content, hostId, { id: 812_345_678 });
    addMeeting(content, hostId, { id: 812_345_678, start: '2026-11-18T09:00:00Z' });

    expect((await read('/meetings/812345678/recordings')).body).toMatchObject({ uuid: latest });
  });

  it('are 3301 where there is none, and 3001 for an unknown or foreign meeting', async () => {
    const simulator = await aSimulator({ accounts: [{ content: {} }, { accountId: 'b', content: {} }] });
    const people = [undefined, 'b'].map((id) =>
      simulator.content(id).addPerson({ email: 'a@quillmere.example', firstName: 'A', lastName: 'B' }),
    );
    const empty = addMeeting(simulator.content(), people[0] ?? '', { files: [] });
    const foreign = addMeeting(simulator.content('b'), people[1] ?? '');
    const token = await aToken(simulator);
    const codeOf = async (uuid: string) => {
      const { status, body } = await get(simulator, `/meetings/${encodeUuid(uuid)}/recordings`, token);
      return [status, body['code']];
    };

    expect(await codeOf(empty)).toEqual([404, 3301]);
    expect(await codeOf(foreign)).toEqual([404, 3001]);
    expect(await codeOf('AAAAAAAAAAAAAAAAAAAAAA==')).toEqual([404, 3001]);
  });

  it('have the new topic after a renaming', async () => {
    const { content, hostId, read } = await aContent();
    const uuid = addMeeting(content, hostId);
    content.rename(uuid, 'Another topic');

    expect((await recordingOf(read, uuid)).body).toMatchObject({ topic: 'Another topic' });
  });
});
