import { describe, expect, it } from '@jest/globals';
import { listFirstAllowed } from '../../../shared/content/list-first-allowed.ts';
import { listedRanges } from '../../../shared/content/listing-plan.ts';
import type { ListingStrategy, ListingSubject } from '../../../shared/content/streams/definition.ts';
import type { Unit } from '../../../shared/content/streams/unit.ts';
import { ConfigurationError, UpstreamError } from '../../../shared/errors.ts';
import type { ContentSliceState } from '../../../shared/content/slice-state.ts';
import type { Day } from '../../../shared/model/day.ts';
import { day } from '../../support/builders/collector.ts';

const UNIT: Unit = { name: 'a unit', list: () => Promise.reject(new Error('not listed')) };
const strategy = (change: Partial<ListingStrategy>): ListingStrategy => ({
  isChosen: () => true,
  windowDays: 28,
  order: 'newest-first',
  oldestDay: undefined,
  usesDailyQuota: false,
  ways: [],
  requestsPerSubject: 0,
  listedAgainAfterDays: [],
  ...change,
});

const RANGE = { from: day('2026-11-18'), to: day('2026-11-20') };
const NOW = new Date('2026-11-20T12:00:00Z');

const listedOn = (at: string) => ({ lastWhole: { beganAt: at, endedAt: at, units: 1, rows: 1 } });

describe('the ranges that a run lists', () => {
  it('are windows, the newest first', () => {
    expect(listedRanges(strategy({ windowDays: 2 }), RANGE, new Map(), NOW)).toEqual([
      { from: '2026-11-19', to: '2026-11-20' },
      { from: '2026-11-18', to: '2026-11-18' },
    ]);
  });

  it('begin with the oldest where a stream loses its oldest days', () => {
    const ranges = listedRanges(strategy({ windowDays: 1, order: 'oldest-first' }), RANGE, new Map(), NOW);
    expect(ranges.map(({ from }) => from)).toEqual(['2026-11-18', '2026-11-19', '2026-11-20']);
  });

  it('have the earlier days that are due to be listed again', () => {
    const states = new Map<Day, Pick<ContentSliceState, 'lastWhole'>>([
      [day('2026-11-10'), listedOn('2026-11-11T01:00:00Z')], // due since the 14th and the 18th
      [day('2026-11-11'), listedOn('2026-11-19T01:00:00Z')], // listed since
      [day('2026-11-12'), listedOn('2026-11-16T01:00:00Z')], // due since the 20th
      [day('2026-11-16'), listedOn('2026-11-17T01:00:00Z')], // due since the 20th
      [day('2026-11-17'), listedOn('2026-11-18T01:00:00Z')], // due from the 21st
      [day('2026-11-01'), {}], // never listed whole
    ]);

    expect(listedRanges(strategy({ listedAgainAfterDays: [3, 7] }), RANGE, states, NOW)).toEqual([
      { from: '2026-11-18', to: '2026-11-20' },
      { from: '2026-11-16', to: '2026-11-16' },
      { from: '2026-11-12', to: '2026-11-12' },
      { from: '2026-11-10', to: '2026-11-10' },
    ]);
  });

  it('have no earlier day of a stream that is not listed again', () => {
    const states = new Map([[day('2026-11-10'), listedOn('2026-11-11T01:00:00Z')]]);
    expect(listedRanges(strategy({}), RANGE, states, NOW)).toEqual([RANGE]);
  });
});

describe('the ways of listing', () => {
  const refused = (reason: 'scope-missing' | 'role-too-weak', text: string) =>
    new ConfigurationError(reason, text, { scope: 'stream' });
  const subject = {} as ListingSubject;
  const listedBy = (ways: ListingStrategy['ways'], list: (units: readonly Unit[]) => Promise<string>) =>
    listFirstAllowed({ ways }, subject, list);
  const best = [{ ...UNIT, name: 'best' }];
  const other = [{ ...UNIT, name: 'other' }];

  it('are tried in order while Zoom refuses the app the list', async () => {
    const list = ([unit]: readonly Unit[]) =>
      unit?.name === 'best' ? Promise.reject(refused('scope-missing', 'best')) : Promise.resolve('other');
    expect(await listedBy([() => best, () => other], list)).toBe('other');
  });

  it('are left out if they do not apply', async () => {
    expect(await listedBy([() => undefined, () => other], () => Promise.resolve('listed'))).toBe('listed');
  });

  it('end with another failure than a refusal', async () => {
    const list = () => Promise.reject(new UpstreamError('Zoom failed'));
    await expect(listedBy([() => best, () => other], list)).rejects.toThrow('Zoom failed');
  });

  it('name the scope of the best one if all are refused for one reason', async () => {
    const list = ([unit]: readonly Unit[]) => Promise.reject(refused('scope-missing', unit?.name ?? ''));
    await expect(listedBy([() => best, () => other], list)).rejects.toThrow('best');
  });

  it('do not count as read if the only one left has no units', async () => {
    const list = () => Promise.reject(refused('role-too-weak', 'best'));
    await expect(listedBy([() => best, () => []], list)).rejects.toThrow('best');
  });
});
