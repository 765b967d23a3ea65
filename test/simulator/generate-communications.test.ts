import { describe, expect, it } from '@jest/globals';
import {
  type ContentCompany,
  encodeUuid,
  generateCommunications,
  generateContentCompany,
  ODD_TEXTS,
} from '../../simulator/index.ts';
import { ALL_CHANGES } from './chat-client.ts';
import { bytesOf, type Item, itemsOf, readList, sha256 } from './content-client.ts';
import { aSimulator, aToken, get } from './zoom-client.ts';

const RANGE = { from: '2026-11-01', to: '2026-11-19' };
const COMPANY = generateContentCompany({ seed: 1, ...RANGE, people: 30, meetings: 60, files: 120 });

const sessionsOf = ({ chatSessions = [] }: ContentCompany) => chatSessions;

describe('a generated month of communications', () => {
  it('is the same for the same seed only, and keeps the company', () => {
    const once = generateCommunications(COMPANY, { seed: 1, ...RANGE });

    expect(generateCommunications(COMPANY, { seed: 1, ...RANGE })).toEqual(once);
    expect(generateCommunications(COMPANY, { seed: 2, ...RANGE })).not.toEqual(once);
    expect(once).toMatchObject({ people: COMPANY.people, meetings: COMPANY.meetings });
  });

  it('has every kind of session, message, change and text', () => {
    const company = generateCommunications(COMPANY, { seed: 1, ...RANGE });
    const sessions = sessionsOf(company);
    const messages = sessions.flatMap((session) => session.messages ?? []);
    const days = new Map(messages.map(({ id, at }) => [id, new Date(at).toISOString().slice(0, 10)]));
    const dayOf = (id: string | undefined) => days.get(id);

    expect([sessions.length, messages.length]).toEqual([40, 1200]);
    expect(new Set(sessions.map(({ type }) => type))).toEqual(new Set(['1:1', 'Group']));
    expect(sessions.some(({ externalMembers = [] }) => externalMembers.length > 0)).toBe(true);
    expect(
      sessions.some(
        ({ type, messages: own = [] }) =>
          type === '1:1' && new Set(own.map(({ sender }) => sender)).size === 1,
      ),
    ).toBe(true);
    expect(ODD_TEXTS.filter((text) => !messages.some((message) => message.text === text))).toEqual([]);
    expect(ODD_TEXTS.some((text) => !text.isWellFormed())).toBe(true);
    expect(Math.max(...ODD_TEXTS.map((text) => text.length))).toBeGreaterThanOrEqual(10_000);
    expect(messages.some(({ edits = [] }) => edits.length > 1)).toBe(true);
    expect(messages.some(({ deletedAt }) => deletedAt !== undefined)).toBe(true);
    expect(messages.some(({ bot }) => bot)).toBe(true);
    expect(messages.some(({ files = [] }) => files.length > 1)).toBe(true);
    expect(messages.some(({ reactions = [] }) => reactions.some(({ removed }) => removed))).toBe(true);
    expect(messages.some(({ id, replyTo }) => replyTo !== undefined && dayOf(replyTo) !== dayOf(id))).toBe(
      true,
    );
    expect(company.archivedMeetings?.some(({ failed }) => failed)).toBe(true);
    expect(company.archivedMeetings?.some(({ attachedFiles = [] }) => attachedFiles.length > 0)).toBe(true);
    expect(company.summaries?.some(({ edits = [] }) => edits.length > 0)).toBe(true);
    expect(company.transcripts?.some(({ restriction }) => restriction !== undefined)).toBe(true);
  });

  it('can be collected whole', async () => {
    const content = generateCommunications(COMPANY, { seed: 1, ...RANGE, sessions: 12, messages: 240 });
    const simulator = await aSimulator({
      now: '2026-11-25T12:00:00Z',
      lifetimes: { accessToken: 86_400 },
      accounts: [{ content }],
    });
    const token = await aToken(simulator);
    const read = (path: string, query: Record<string, string> = {}) => get(simulator, path, token, query);
    const range = { ...RANGE, page_size: '50' };
    const flags = { ...ALL_CHANGES, include_bot_message: 'true', include_reactions: 'true' };

    const messages: Item[] = [];
    const [edits, deletions] = [[] as Item[], [] as Item[]];
    for (const { id } of await readList(read, '/report/chat/sessions', 'sessions', range)) {
      const path = `/report/chat/sessions/${String(id)}`;
      messages.push(...(await readList(read, path, 'messages', { ...range, ...flags })));
      const first = await read(path, { ...range, ...flags });
      edits.push(...itemsOf(first, 'edited_messages'));
      deletions.push(...itemsOf(first, 'deleted_messages'));
    }
    const sums: string[] = [];
    for (const file of [...messages, ...deletions].flatMap(({ files = [] }) => files as Item[])) {
      sums.push(sha256(await bytesOf(await fetch(String(file['download_url'])))));
    }

    const truth = simulator.content().truth();
    const present = truth.messages.filter(({ deleted }) => !deleted);
    const pairs = (items: readonly (readonly unknown[])[]) =>
      items.map((item) => JSON.stringify(item)).sort();
    expect(pairs(messages.map(({ id, message, timestamp }) => [id, message, timestamp]))).toEqual(
      pairs(present.map(({ id, text, timestamp }) => [id, text, timestamp])),
    );
    expect(pairs(edits.map((one) => [one['id'], one['action_timestamp'], one['message']]))).toEqual(
      pairs(truth.edits.map((one) => [one.messageId, one.actionTimestamp, one.after])),
    );
    expect(pairs(deletions.map((one) => [one['id'], one['action_timestamp'], one['message']]))).toEqual(
      pairs(truth.deletions.map((one) => [one.messageId, one.actionTimestamp, one.text])),
    );
    expect(sums.sort()).toEqual((await Promise.all(truth.chatFiles.map((file) => file.sha256()))).sort());
    expect(truth.edits.length * truth.deletions.length * truth.chatFiles.length).toBeGreaterThan(0);
    for (const { uuid } of truth.summaries) {
      expect((await read(`/meetings/${encodeUuid(uuid)}/meeting_summary`)).body).toMatchObject({
        meeting_uuid: uuid,
      });
    }
    for (const { uuid } of truth.transcripts) {
      expect((await read(`/meetings/${encodeUuid(uuid)}/transcript`)).status).toBe(200);
    }
  });
});
