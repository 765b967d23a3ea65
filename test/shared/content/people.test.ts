import { expect, it } from '@jest/globals';
import { choosePeople, type PeopleContext } from '../../../shared/content/people.ts';
import { aContentSlice, commitRows } from '../../support/builders/content.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';
import { SettableClock } from '../../support/doubles/settable-clock.ts';

const clock = new SettableClock();
const ANN = { id: 'ann', email: 'ann@new.example', groupIds: [] };
const BEN = { id: 'ben', email: 'ben@example.com', groupIds: [] };

/** Ann had another address, and Cho has left since. */
const aStore = async (): Promise<MemoryStore> => {
  const store = new MemoryStore();
  await commitRows(store, clock, aContentSlice('2026-11-10', 'person'), [
    { id: 'ann', email: 'Ann@old.example' },
    { id: 'ben', email: 'ben@example.com' },
    { id: 'cho', email: 'cho@example.com' },
  ]);
  return store;
};

const choose = async (emails: string[], exclude: string[], store: MemoryStore | undefined) => {
  const include = emails.length === 0 ? ('all' as const) : { emails, groups: [] };
  const choice = { mode: 'archive', types: ['video'], people: { include, exclude, future: true } };
  const context = { source: 'acme', clock, store, choice } as unknown as PeopleContext;
  const people = await choosePeople(context, { people: [ANN, BEN] }, new AbortController().signal);
  return people.map(({ id }) => id);
};

it.each([
  [['ann@old.example'], [], ['ann']],
  [['cho@example.com', 'ben@example.com'], [], ['ben']],
  [['cho@example.com'], [], []],
  [[], ['ann@old.example'], ['ben']],
  [[], ['cho@example.com'], ['ann', 'ben']],
])('chooses %j without %j by the addresses that people had', async (emails, exclude, expected) => {
  await expect(choose(emails, exclude, await aStore())).resolves.toEqual(expected);
});

it('names an address that no list of people ever had', async () => {
  await expect(choose(['dee@example.com'], [], await aStore())).rejects.toThrow(
    /no one with the e-mail address dee@/,
  );
  await expect(choose(['cho@example.com'], [], undefined)).rejects.toThrow(/cho@example\.com/);
});
