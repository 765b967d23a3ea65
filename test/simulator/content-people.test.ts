import { describe, expect, it } from '@jest/globals';
import { aContent, itemsOf, readList } from './content-client.ts';
import { aSimulator, aToken, get } from './zoom-client.ts';

const person = (index: number) => ({
  email: `member.${index}@quillmere.example`,
  firstName: 'Member',
  lastName: String(index),
});

describe('GET /users', () => {
  it('lists the people of one status, active by default', async () => {
    const { content, read, hostId } = await aContent();
    const inactive = content.addPerson({ ...person(1), status: 'inactive' });
    content.addPerson({ ...person(2), status: 'pending' });

    const [active, away, pending] = await Promise.all([
      read('/users'),
      read('/users', { status: 'inactive' }),
      read('/users', { status: 'pending' }),
    ]);

    expect(active.body).toMatchObject({ total_records: 1, page_size: 30, page_number: 1, page_count: 1 });
    expect(itemsOf(active, 'users')).toMatchObject([
      { id: hostId, email: 'ines@quillmere.example', status: 'active', type: 2 },
    ]);
    expect(itemsOf(away, 'users').map(({ id }) => id)).toEqual([inactive]);
    expect(itemsOf(pending, 'users')).toMatchObject([{ email: 'member.2@quillmere.example' }]);
    expect(itemsOf(pending, 'users')[0]).not.toHaveProperty('id');
    expect((await read('/users', { status: 'away' })).status).toBe(400);
  });

  it('pages by token and by number, and ignores a parameter that it does not know', async () => {
    const { content, read } = await aContent();
    for (let i = 0; i < 44; i++) content.addPerson(person(i));

    const all = await readList(read, '/users', 'users', { page_size: '20' });
    const second = await read('/users', { page_size: '20', page_number: '2' });
    const ignored = await read('/users', { page_token: 'anything' });

    expect(new Set(all.map(({ id }) => id)).size).toBe(45);
    expect(itemsOf(second, 'users')).toEqual(all.slice(20, 40));
    expect(itemsOf(ignored, 'users')).toEqual(all.slice(0, 30));
    expect((await read('/users', { page_size: '301' })).status).toBe(400);
    expect((await read('/users', { page_size: '300' })).status).toBe(200);
  });

  it('refuses a token for other parameters, and one that is 15 minutes old', async () => {
    const { simulator, content, read } = await aContent();
    for (let i = 0; i < 5; i++) content.addPerson(person(i));
    const { body } = await read('/users', { page_size: '2' });
    const next_page_token = String(body['next_page_token']);

    const other = await read('/users', { page_size: '3', next_page_token });
    simulator.clock.advance(900_000);
    const late = await read('/users', { page_size: '2', next_page_token });

    expect([other, late].map((reply) => [reply.status, reply.body['code']])).toEqual([
      [400, 300],
      [400, 300],
    ]);
  });
});

describe('GET /users/{id}', () => {
  it('finds a person by id and by address, inactive ones as well', async () => {
    const { content, read } = await aContent();
    const id = content.addPerson({ ...person(1), status: 'inactive' });

    expect((await read(`/users/${id}`)).body).toMatchObject({ id, status: 'inactive' });
    expect((await read('/users/Member.1@quillmere.example')).body).toMatchObject({ id });
  });

  it('answers 1001 for a deleted person and for one of another account', async () => {
    const simulator = await aSimulator({ accounts: [{ content: {} }, { accountId: 'b', content: {} }] });
    const deleted = simulator.content().addPerson(person(1));
    const foreign = simulator.content('b').addPerson(person(2));
    simulator.content().deletePerson(deleted);
    const token = await aToken(simulator);

    for (const id of [deleted, foreign, 'nobody']) {
      for (const path of [`/users/${id}`, `/users/${id}/recordings`]) {
        expect(await get(simulator, path, token)).toMatchObject({ status: 404, body: { code: 1001 } });
      }
    }
  });
});

describe('GET /groups', () => {
  it('lists groups and their members', async () => {
    const { content, read } = await aContent();
    content.addGroup({ id: 'g1', name: 'Sales' });
    const ids = Array.from({ length: 5 }, (_, i) => content.addPerson({ ...person(i), groupIds: ['g1'] }));

    const members = await readList(read, '/groups/g1/members', 'members', { page_size: '2' });

    expect((await read('/groups')).body).toMatchObject({
      total_records: 1,
      groups: [{ id: 'g1', name: 'Sales', total_members: 5 }],
    });
    expect(members.map(({ id }) => id)).toEqual(ids);
    expect((await read('/groups/g2/members')).body['code']).toBe(4130);
  });
});
