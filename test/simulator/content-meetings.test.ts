import { describe, expect, it } from '@jest/globals';
import { encodeUuid } from '../../simulator/index.ts';
import { aContent, addMeeting, itemsOf, meetingsOf, readList } from './content-client.ts';

const TWO = [
  { name: 'Ines', email: 'ines@quillmere.example', personId: 'p' },
  { name: 'Guest', from: 5, to: 20 },
];
const HISTORY = '/report/history_meetings';

describe('the report of meetings held', () => {
  it('lists meetings and webinars with what was used', async () => {
    const { content, hostId, read } = await aContent();
    const meeting = addMeeting(content, hostId, { participants: TWO, inMeetingChat: true });
    const webinar = addMeeting(content, hostId, { type: 5, start: '2026-11-20T08:00:00Z', files: [] });
    addMeeting(content, hostId, { start: '2026-11-20T11:45:00Z' });

    const rows = itemsOf(await read(HISTORY), 'history_meetings');

    expect(rows).toMatchObject([
      {
        meeting_uuid: meeting,
        type: 'Meeting',
        host_email: 'ines@quillmere.example',
        start_time: '2026-11-20T09:00:00Z',
        end_time: '2026-11-20T09:30:00Z',
        participants: 2,
        duration: 30,
        total_participant_minutes: 45,
        feature_used: { record_to_cloud: true, in_meeting_chat: true },
      },
      { meeting_uuid: webinar, type: 'Webinar', feature_used: { record_to_cloud: false } },
    ]);
  });

  it('has pages', async () => {
    const { content, hostId, read } = await aContent();
    for (let i = 0; i < 5; i++) addMeeting(content, hostId, { start: new Date(Date.UTC(2026, 10, 20, i)) });

    expect(await readList(read, HISTORY, 'history_meetings', { page_size: '2' })).toHaveLength(5);
  });

  it('of one person leaves out meetings with one participant', async () => {
    const { content, hostId, read } = await aContent();
    const two = addMeeting(content, hostId, { participants: TWO });
    const alone = addMeeting(content, hostId, { participants: TWO.slice(0, 1) });
    const path = `/report/users/${hostId}/meetings`;

    expect(meetingsOf(await read(path))).toMatchObject([{ uuid: two, has_recording: true }]);
    expect(meetingsOf(await read(path, { type: 'pastOne' }))).toMatchObject([{ uuid: alone }]);
    expect((await read(path, { from: '2026-05-01', to: '2026-05-02' })).body['code']).toBe(300);
  });
});

describe('a meeting of a deleted host', () => {
  it('stays in the reports under its host, also after its recording was transferred', async () => {
    const { content, hostId, read } = await aContent();
    const leaver = content.addPerson({ email: 'leaver@quillmere.example', firstName: 'A', lastName: 'B' });
    addMeeting(content, leaver);
    content.deletePerson(leaver, { transferTo: hostId });

    expect(itemsOf(await read(HISTORY), 'history_meetings')).toMatchObject([
      { host_email: 'leaver@quillmere.example' },
    ]);
    expect(meetingsOf(await read(`/users/${hostId}/recordings`))).toHaveLength(1);
  });
});

describe('a past meeting', () => {
  it('has details, and participants in pages; guests have no address', async () => {
    const { content, hostId, read } = await aContent();
    const uuid = addMeeting(content, hostId, { uuid: '/AAAAAAAAAAAAAAAAAAAAA==', participants: TWO });
    const path = `/past_meetings/${encodeUuid(uuid)}`;

    const participants = await readList(read, `${path}/participants`, 'participants', { page_size: '1' });

    expect((await read(path)).body).toMatchObject({ uuid, participants_count: 2, host_id: hostId });
    expect((await read(`/past_meetings/${encodeURIComponent(uuid)}`)).body['code']).toBe(3001);
    expect(participants).toMatchObject([
      { id: 'p', user_email: 'ines@quillmere.example' },
      {
        id: '',
        user_email: '',
        join_time: '2026-11-20T09:05:00Z',
        leave_time: '2026-11-20T09:20:00Z',
        duration: 900,
      },
    ]);
  });

  it('has polls and questions', async () => {
    const { content, hostId, read } = await aContent();
    const questions = [{ name: 'Ines', email: 'ines@quillmere.example', question: 'Lunch?', reply: 'Yes' }];
    const uuid = addMeeting(content, hostId, { polls: questions, qa: questions });
    const path = `/past_meetings/${encodeUuid(uuid)}`;

    for (const kind of ['polls', 'qa']) {
      expect(itemsOf(await read(`${path}/${kind}`), 'questions')).toMatchObject([
        { name: 'Ines', question_details: [{ question: 'Lunch?', answer: 'Yes' }] },
      ]);
    }
  });

  it('has all instances of its number, without pages', async () => {
    const { content, hostId, read } = await aContent();
    const uuids = Array.from({ length: 40 }, (_, i) =>
      addMeeting(content, hostId, { id: 812_345_678, start: new Date(Date.UTC(2026, 9, i)) }),
    );

    const listed = meetingsOf(await read('/past_meetings/812345678/instances')).map(({ uuid }) => uuid);

    expect([...listed].sort()).toEqual(uuids.sort());
  });

  it('cannot be read after a year: 12702', async () => {
    const { content, hostId, read } = await aContent();
    const uuid = addMeeting(content, hostId, { start: '2025-11-01T09:00:00Z', participants: TWO });
    const path = `/past_meetings/${encodeUuid(uuid)}`;

    expect(await read(path)).toMatchObject({ status: 400, body: { code: 12702 } });
    expect((await read(`${path}/participants`)).status).toBe(200);
  });
});
