import { describe, expect, it } from '@jest/globals';
import { encodeUuid } from '../../simulator/index.ts';
import { aContent, addMeeting, bytesOf, firstHop, itemsOf, sha256 } from './content-client.ts';

const WEEK = { from: '2026-11-14T00:00:00Z', to: '2026-11-20T23:59:59Z' };
const UUID = '/AAAAAAAAAAAAAAAAAAAAA==';
const ofMeeting = (kind: string, uuid = UUID) => `/meetings/${encodeUuid(uuid)}/${kind}`;

describe('a summary', () => {
  it('is listed without its texts, and read with them', async () => {
    const { content, hostId, read } = await aContent();
    const uuid = addMeeting(content, hostId, { uuid: UUID });
    content.addSummary(uuid, {
      content: '## Budget',
      overview: 'Figures',
      details: [{ label: 'Budget', summary: 'Agreed' }],
      nextSteps: ['Sign'],
    });

    const [listed] = itemsOf(await read('/meetings/meeting_summaries', WEEK), 'summaries');
    const one = await read(ofMeeting('meeting_summary'));

    expect(listed).toMatchObject({
      meeting_uuid: UUID,
      meeting_host_id: hostId,
      summary_created_time: '2026-11-20T09:40:00Z',
      summary_last_modified_time: '2026-11-20T09:40:00Z',
    });
    expect(listed).not.toHaveProperty('summary_content');
    expect(one.body).toMatchObject({
      summary_title: 'Budget review',
      summary_content: '## Budget',
      summary_overview: 'Figures',
      summary_details: [{ label: 'Budget', summary: 'Agreed' }],
      next_steps: ['Sign'],
    });
    expect(one.body).not.toHaveProperty('edited_summary');
    const history = await read('/report/history_meetings', { from: '2026-11-20', to: '2026-11-20' });
    expect(itemsOf(history, 'history_meetings')).toMatchObject([{ feature_used: { meeting_summary: true } }]);
  });

  it('has a later edit beside the original', async () => {
    const { simulator, content, hostId, read } = await aContent();
    content.addSummary(addMeeting(content, hostId, { uuid: UUID }), { content: 'a', nextSteps: ['Sign'] });
    content.editSummary(UUID, { overview: 'Corrected', nextSteps: [] }, '2026-11-20T13:00:00Z');
    simulator.clock.advance(3_600_000);

    expect((await read(ofMeeting('meeting_summary'))).body).toMatchObject({
      summary_content: 'a',
      next_steps: ['Sign'],
      edited_summary: { summary_overview: 'Corrected', next_steps: [] },
      summary_last_modified_time: '2026-11-20T13:00:00Z',
    });
    expect(content.truth().summaries).toMatchObject([{ uuid: UUID, edited: { overview: 'Corrected' } }]);
  });

  it('is 404 before it exists, for a meeting without one, and for an unknown meeting', async () => {
    const { content, hostId, read } = await aContent();
    content.addSummary(addMeeting(content, hostId, { uuid: UUID }), {
      content: 'a',
      createdAt: '2026-11-20T13:00:00Z',
    });
    const other = addMeeting(content, hostId);
    const codeOf = async (path: string) => (await read(path)).body['code'];

    expect(await codeOf(ofMeeting('meeting_summary'))).toBe(3322);
    expect(await codeOf(ofMeeting('meeting_summary', other))).toBe(3322);
    expect(await codeOf(ofMeeting('meeting_summary', 'BBBBBBBBBBBBBBBBBBBBBB=='))).toBe(3001);
    expect(itemsOf(await read('/meetings/meeting_summaries', WEEK), 'summaries')).toEqual([]);
    expect((await read('/meetings/meeting_summaries')).status).toBe(400);
  });
});

describe('a transcript', () => {
  it('has an address that leads to its bytes with a token', async () => {
    const { content, hostId, read, token } = await aContent();
    content.addTranscript(addMeeting(content, hostId, { uuid: UUID }), { bytes: 2000 });

    const { body } = await read(ofMeeting('transcript'));
    const url = String(body['download_url']);
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });

    expect(body).toMatchObject({
      meeting_id: UUID,
      host_id: hostId,
      can_download: true,
      auto_delete: false,
      transcript_created_time: '2026-11-20T09:40:00Z',
    });
    expect(response.headers.get('content-type')).toBe('text/vtt');
    const bytes = await bytesOf(response);
    expect(bytes.subarray(0, 6).toString()).toBe('WEBVTT');
    expect(sha256(bytes)).toBe(await content.truth().transcripts[0]?.sha256());
    expect((await firstHop(url, undefined)).status).toBe(401);
  });

  it('states an address although it must not be downloaded', async () => {
    const { content, hostId, read, token } = await aContent();
    content.addTranscript(addMeeting(content, hostId, { uuid: UUID }), {
      bytes: 20,
      restriction: 'NO_RIGHT',
    });

    const { body } = await read(ofMeeting('transcript'));

    expect(body).toMatchObject({ can_download: false, download_restriction_reason: 'NO_RIGHT' });
    expect((await firstHop(String(body['download_url']), token)).status).toBe(404);
  });

  it('is 404 for a meeting whose transcript is a file of the recording, and once it deleted itself', async () => {
    const { simulator, content, hostId, read } = await aContent();
    const recorded = addMeeting(content, hostId, { files: [{ fileType: 'TRANSCRIPT', bytes: 100 }] });
    content.addTranscript(recorded, { bytes: 20 });
    content.addTranscript(addMeeting(content, hostId, { uuid: UUID }), {
      bytes: 20,
      autoDeleteAt: '2026-11-20T13:00:00Z',
    });
    const replyOf = async (uuid: string) => read(ofMeeting('transcript', uuid));

    expect(await replyOf(recorded)).toMatchObject({ status: 404, body: { code: 3322 } });
    expect((await replyOf(UUID)).body).toMatchObject({ auto_delete: true, auto_delete_date: '2026-11-20' });
    simulator.clock.advance(3_600_000);
    expect((await replyOf(UUID)).status).toBe(404);
  });
});
