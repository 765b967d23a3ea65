import type { SeededRandom } from '../seeded-random.ts';
import type { StreamName } from '../row-store.ts';
import { createPeople } from './people.ts';
import { OPERATION_FORMS, type OperationForm } from './operation-forms.ts';

const DECK: readonly OperationForm[] = OPERATION_FORMS.flatMap((form) =>
  Array<OperationForm>(form.weight).fill(form),
);

/** Networks reserved for documentation. The last is IPv6, used for one sign-in in a hundred. */
const NETWORKS = ['192.0.2.', '198.51.100.', '203.0.113.'] as const;
const CLIENTS = [
  'Browser',
  'Browser',
  'win',
  'Windows',
  'windows',
  'mac',
  'Mac',
  'android',
  'iphone',
  'zoomRooms',
] as const;

/** Sometimes omits or empties a field: all fields of a row are optional in Zoom's types. */
const perhaps = (chance: SeededRandom, name: string, value: string, missingShare = 0.006) => {
  if (chance.happens(missingShare)) return {};
  return { [name]: chance.happens(0.002) ? '' : value };
};

/** Zoom writes `2026-11-20T09:05:30Z`, and rarely a form with a blank or a fraction. */
export const writeTime = (chance: SeededRandom, instant: number, odd = 0.003): string => {
  const text = new Date(instant).toISOString();
  if (!chance.happens(odd)) return text.replace(/\.\d+Z$/, 'Z');
  return chance.pick([text.replace('T', ' ').slice(0, 19), text, text.replace('Z', '+00:00')]);
};

/** Makes a realistic row of a stream for an instant. */
export const createRowMakers = (chance: SeededRandom): Record<StreamName, (instant: number) => object> => {
  const cast = createPeople(chance);
  const extra = () => (chance.happens(0.002) ? { trace_tag: chance.text(6) } : {});

  return {
    operation: (instant) => {
      const { category, action, detail, operator } = chance.pick(DECK);
      return {
        time: writeTime(chance, instant),
        ...perhaps(
          chance,
          'operator',
          operator ?? (chance.happens(0.02) ? chance.text(16) : cast.admin()),
          0.015,
        ),
        ...perhaps(chance, 'category_type', category, 0.002),
        ...perhaps(chance, 'action', action),
        operation_detail: detail(cast),
        ...extra(),
      };
    },
    activity: (instant) => {
      const client = chance.pick(CLIENTS);
      const version =
        client === 'Browser'
          ? '-'
          : `6.${chance.integer(0, 3)}.${chance.integer(0, 9)}.4${chance.integer(1000, 9999)}`;
      const host = chance.integer(1, 254);
      const address = chance.happens(0.01)
        ? `2001:db8:5::${host.toString(16)}`
        : `${chance.pick(NETWORKS)}${host}`;
      return {
        ...perhaps(chance, 'email', cast.person(), 0.002),
        time: writeTime(chance, instant),
        type: chance.happens(0.6) ? 'Sign in' : 'Sign out',
        ...perhaps(chance, 'ip_address', address),
        ...perhaps(chance, 'client_type', client),
        ...perhaps(chance, 'version', version),
        ...extra(),
      };
    },
  };
};
