import { addDays } from '../calendar.ts';
import { newPersonId } from '../content/new-records.ts';
import type { GroupInput, PersonInput, PersonStatus } from '../content/model.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { ADDRESSES } from './people.ts';

/** Groups of the company, as an admin names them. */
export const GROUPS: readonly GroupInput[] = [
  'Sales',
  'Field Service',
  'Contractors 2026',
  'Müller & Söhne',
  '東京支社',
].map((name, index) => ({ id: newPersonId('group', index), name }));

const DEPARTMENTS = ['Finance', 'Research & Development', 'People - Culture', 'Vertrieb', ''];
const FIRST_NAMES = ['Ines', 'Tomasz', 'Jürgen', 'Søren', 'Lucía', '小雨', 'Siobhán', 'Zoë', 'Owen', 'Farah'];
const LAST_NAMES = ['Halloran', 'Grünwald', "O'Dell", 'van Aalst', '王', 'Mensah-Boateng', 'Lara "Gus"'];

/** One in six people is inactive, one in twelve pending, one in ten deleted: in turn with a transfer, to the trash, and for good. */
export const generateStaff = (chance: SeededRandom, count: number, from: string): PersonInput[] => {
  const ids = Array.from({ length: count }, (_, index) => newPersonId('staff', index, chance.text(6)));
  return ids.map((id, index) => {
    const deleted = index % 10 === 6 ? recordingsOf(index, ids) : undefined;
    return {
      id,
      email: ADDRESSES[index] ?? `member.${index}@quillmere.example`,
      firstName: FIRST_NAMES[index % FIRST_NAMES.length] ?? '',
      lastName: `${chance.pick(LAST_NAMES)} ${index}`,
      status: deleted ? 'active' : statusOf(index),
      type: index % 9 === 8 ? 1 : 2,
      dept: chance.pick(DEPARTMENTS),
      timezone: 'Europe/Lisbon',
      createdAt: `${addDays(from, -chance.integer(30, 900))}T09:00:00Z`,
      groupIds: GROUPS.filter(() => chance.happens(0.3)).map((group) => group.id),
      roleId: index === 0 ? '0' : index < 4 ? '1' : '2',
      ...(deleted && { deleted }),
    };
  });
};

const statusOf = (index: number): PersonStatus => {
  if (index % 6 === 2) return 'inactive';
  return index % 12 === 9 ? 'pending' : 'active';
};

const recordingsOf = (index: number, ids: readonly string[]): NonNullable<PersonInput['deleted']> => {
  const turn = Math.floor(index / 10) % 3;
  if (turn === 0) return { transferTo: ids[0] ?? '' };
  return turn === 1 ? { trash: true } : { purge: true };
};
