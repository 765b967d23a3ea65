import { describe, expect, it } from '@jest/globals';
import { CONTENT_SCOPES, DEFAULT_ACCOUNT } from '../../simulator/index.ts';
import { aContent, addMeeting } from './content-client.ts';
import { aSimulator, aToken, get } from './zoom-client.ts';

const ID = 'AAAAAAAAAAAAAAAAAAAAAA==';
const UUID = encodeURIComponent(ID);

/** Each endpoint with its granular scope, a classic one, and its label. */
const ENDPOINTS: [path: string, granular: string, classic: string, label: string][] = [
  ['/users', 'user:read:list_users:admin', 'user:read:admin', 'Medium'],
  ['/users/x', 'user:read:user:admin', 'user:read:admin', 'Light'],
  ['/groups', 'group:read:list_groups:admin', 'group:read:admin', 'Medium'],
  ['/groups/x/members', 'group:read:list_members:admin', 'group:read:admin', 'Medium'],
  [
    '/users/x/recordings',
    'cloud_recording:read:list_user_recordings:admin',
    'recording:read:admin',
    'Medium',
  ],
  [
    '/accounts/me/recordings',
    'cloud_recording:read:list_account_recordings:admin',
    'account:read:admin',
    'Medium',
  ],
  [
    `/meetings/${UUID}/recordings`,
    'cloud_recording:read:list_recording_files:admin',
    'recording:read:admin',
    'Light',
  ],
  ['/report/history_meetings', 'report:read:list_history_meetings:admin', 'report:read:admin', 'Heavy'],
  ['/report/users/x/meetings', 'report:read:user:admin', 'report:read:admin', 'Heavy'],
  [`/past_meetings/${UUID}`, 'meeting:read:past_meeting:admin', 'meeting:read:admin', 'Light'],
  [
    `/past_meetings/${UUID}/participants`,
    'meeting:read:list_past_participants:admin',
    'meeting:read:admin',
    'Medium',
  ],
  [`/past_meetings/${UUID}/polls`, 'meeting:read:list_past_polls:admin', 'meeting:read:admin', 'Medium'],
  [`/past_meetings/${UUID}/qa`, 'meeting:read:past_qa:admin', 'meeting:read:admin', 'Medium'],
  [
    `/past_meetings/${UUID}/instances`,
    'meeting:read:list_past_instances:admin',
    'meeting:read:admin',
    'Medium',
  ],
  ['/report/chat/sessions', 'report:read:chat_sessions:admin', 'report_chat:read:admin', 'Heavy'],
  ['/report/chat/sessions/x', 'report:read:chat_messages:admin', 'report_chat:read:admin', 'Medium'],
  ['/chat/files/x', 'team_chat:read:file:admin', 'chat_message:read:admin', 'Medium'],
  ['/chat/users/x/messages', 'team_chat:read:list_user_messages:admin', 'chat_message:read:admin', 'Medium'],
  ['/archive_files', 'archiving:read:list_archived_files:admin', 'recording:read:admin', 'Medium'],
  [
    '/archive_files/statistics',
    'archiving:read:archived_file_statistics:admin',
    'recording:read:admin',
    'Medium',
  ],
  [
    `/past_meetings/${UUID}/archive_files`,
    'archiving:read:archived_files:admin',
    'recording:read:admin',
    'Light',
  ],
  [
    '/meetings/meeting_summaries',
    'meeting:read:list_summaries:admin',
    'meeting_summary:read:admin',
    'Medium',
  ],
  [`/meetings/${UUID}/meeting_summary`, 'meeting:read:summary:admin', 'meeting_summary:read:admin', 'Light'],
  [
    `/meetings/${UUID}/transcript`,
    'cloud_recording:read:meeting_transcript:admin',
    'recording:read:admin',
    'Medium',
  ],
];

describe('a content endpoint', () => {
  it.each(ENDPOINTS)('%s needs the scope %s or %s', async (path, granular, classic) => {
    const codeWith = async (...scopes: string[]) => {
      const simulator = await aSimulator({ accounts: [{ scopes }] });
      const { body } = await get(simulator, path, await aToken(simulator));
      return body;
    };

    expect(await codeWith('other')).toMatchObject({
      code: 4711,
      message: expect.stringContaining(granular) as unknown,
    });
    expect((await codeWith(granular))['code']).not.toBe(4711);
    expect((await codeWith(classic))['code']).not.toBe(4711);
    expect(CONTENT_SCOPES).toContain(granular);
  });

  it.each(ENDPOINTS)(
    '%s spends the daily quota only if it is Heavy (%s, %s): %s',
    async (path, _granular, _classic, label) => {
      const { simulator, read } = await aContent({ limits: { perDay: 1 } });
      const heavy = label === 'Heavy';

      const replies = [await read(path), await read(path)];

      expect(replies.map(({ status }) => status === 429)).toEqual([false, heavy]);
      expect(replies[0]?.headers.get('x-ratelimit-category')).toBe(label);
      expect((await get(simulator, '/report/activities', await aToken(simulator))).status).toBe(
        heavy ? 429 : 200,
      );
    },
  );

  it.each([
    ['Light', '/users/x', 80],
    ['Medium', '/users', 60],
    ['Heavy', '/report/history_meetings', 40],
  ])('of the label %s has a limit per second of its own', async (_, path, limit) => {
    const { read } = await aContent({ limits: { perSecond: 'plan' } });

    const statuses: number[] = [];
    for (let i = 0; i <= limit; i++) statuses.push((await read(path)).status);

    expect(statuses.indexOf(429)).toBe(limit);
  });

  it('refuses a weak role and a free plan with code 200', async () => {
    for (const change of [{ role: 'weak' }, { plan: 'free' }] as const) {
      const { simulator, read } = await aContent();
      simulator.account().update(change);

      expect(await read('/users')).toMatchObject({ status: 400, body: { code: 200 } });
    }
  });

  it('refuses a token that is missing or expired, and an unknown path', async () => {
    const { simulator, read } = await aContent({ lifetimes: {} });
    simulator.clock.advance(3_600_000);

    expect(await get(simulator, '/users', undefined)).toMatchObject({ status: 401 });
    expect(await read('/users')).toMatchObject({ status: 401, body: { code: 124 } });
    expect(await read('/groups/a/b/c')).toMatchObject({ status: 404, body: { code: 2300 } });
  });

  it('has scopes by default only where the account has content', async () => {
    const scopesOf = async (account: object) =>
      (await aSimulator({ accounts: [account] })).account(DEFAULT_ACCOUNT.accountId).state.scopes;

    expect(await scopesOf({})).toHaveLength(3);
    expect(await scopesOf({ content: {} })).toEqual(expect.arrayContaining([...CONTENT_SCOPES]));
    expect(await scopesOf({ content: {}, scopes: ['a'] })).toEqual(['a']);
  });

  it('keeps scopes that were taken away', async () => {
    const { simulator } = await aContent();
    simulator.account().update({ scopes: ['a'] });
    simulator.content();

    expect(simulator.account().state.scopes).toEqual(['a']);
  });

  it('gives the same responses for the same seed', async () => {
    const run = async () => {
      const { content, hostId, read } = await aContent();
      addMeeting(content, hostId);
      const { body } = await read(`/users/${hostId}/recordings`);
      return JSON.stringify(body).replaceAll(/127\.0\.0\.1:\d+/g, '');
    };

    expect(await run()).toBe(await run());
  });
});
