import { describe, expect, it } from '@jest/globals';
import { SCENARIOS } from '../../../simulator/acceptance/index.ts';
import { keyOf } from '../../../simulator/acceptance/identity.ts';

describe.each(SCENARIOS)('the scenario $name', ({ name, firstDay, rows, runs }) => {
  const all = rows(1);

  it('has rows that are all visible by its last run, and none before the first day', () => {
    const last = runs.at(-1)?.at.getTime() ?? 0;

    expect(all.filter(({ visibleFrom }) => new Date(visibleFrom ?? 0).getTime() > last)).toEqual([]);
    expect(all.filter(({ row }) => (row['time'] ?? '') < firstDay)).toEqual([]);
  });

  it('runs forwards in time', () => {
    const times = runs.map(({ at }) => at.getTime());

    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  });

  it('has the same rows for the same seed, and twins only if they are its subject', () => {
    const keys = all.map(({ stream, row }) => keyOf(stream, row));

    expect(rows(1)).toEqual(all);
    expect(new Set(keys).size < keys.length).toBe(name === 'twins');
  });
});
