import type { Account } from './account.ts';
import type { Call } from './call.ts';
import { DAY_MS, dayOf, parseDay, startOf } from './calendar.ts';
import type { SeededRandom } from './seeded-random.ts';
import { createRowMakers } from './company/row-makers.ts';
import type { Settings } from './options.ts';
import type { SimulatedRow, StreamName } from './row-store.ts';

/** Rows that appear during a listing: they shift the following pages. */
export interface Inserts {
  /** Serves a page and may insert a row into a listed day just before or after. */
  around<T>(account: Account, stream: StreamName, call: Call, serve: () => T): T;
  count(): number;
}

export const createInserts = (
  { insertsPerRequest, insertsLimit }: Settings,
  now: () => number,
  chance: SeededRandom,
): Inserts => {
  const makers = createRowMakers(chance);
  let inserted = 0;

  /** A twin of a row of the day, a late row in the middle, or the newest row. */
  const rowFor = (account: Account, stream: StreamName, day: string): SimulatedRow => {
    const rows = account.rows.visible(stream, day, now());
    const end = Math.min(startOf(day) + DAY_MS - 1000, now());
    const kind = chance.pick(['twin', 'late', 'newest']);
    if (kind === 'twin' && rows.length > 0) return { stream, day, json: chance.pick(rows).json };

    const newest = Math.min(end, (rows[0]?.time ?? end) + 1000);
    const instant = kind === 'newest' ? newest : startOf(day) + (end - startOf(day)) * chance.float();
    return { stream, day, row: makers[stream](Math.round(instant)) };
  };

  const insert = (account: Account, stream: StreamName, { query }: Call) => {
    const from = parseDay(query.get('from') ?? '');
    const to = parseDay(query.get('to') ?? '');
    if (from === undefined || to === undefined || from > to) return;
    const last = Math.min(startOf(to), startOf(dayOf(now())));
    const days = Math.floor((last - startOf(from)) / DAY_MS) + 1;
    if (days < 1) return;

    account.rows.add([rowFor(account, stream, dayOf(startOf(from) + chance.integer(0, days - 1) * DAY_MS))]);
    inserted++;
  };

  return {
    around: (account, stream, call, serve) => {
      const moment =
        chance.happens(insertsPerRequest) && inserted < insertsLimit
          ? chance.pick(['before', 'after'])
          : 'never';
      if (moment === 'before') insert(account, stream, call);
      const served = serve();
      if (moment === 'after') insert(account, stream, call);
      return served;
    },
    count: () => inserted,
  };
};
