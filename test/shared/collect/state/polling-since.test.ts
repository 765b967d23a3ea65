import { expect, it } from '@jest/globals';
import {
  markBackfilled,
  pollingSince,
  readPollingSince,
} from '../../../../shared/collect/state/polling-since.ts';
import { day } from '../../../support/builders/collector.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';

const JUNE_1 = day('2026-06-01');
const JUNE_5 = day('2026-06-05');

it('the first run fixes the first day of polling, which only moves back', async () => {
  const store = new MemoryStore();

  expect(await readPollingSince(store, 'acme')).toBeUndefined();
  expect(await pollingSince(store, 'acme', JUNE_5)).toEqual({ since: JUNE_5 });
  await markBackfilled(store, 'acme', JUNE_5, new Date('2026-06-09T00:00:00Z'));
  const kept = { since: JUNE_5, filledAt: '2026-06-09T00:00:00.000Z' };
  expect(await pollingSince(store, 'acme', day('2026-06-07'))).toEqual(kept);
  expect(await pollingSince(store, 'acme', JUNE_5)).toEqual(kept);
  expect(await pollingSince(store, 'acme', JUNE_1)).toEqual({ since: JUNE_1 });
  expect(await readPollingSince(store, 'acme')).toBe(JUNE_1);
});
