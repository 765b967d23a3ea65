import { describe, expect, it } from '@jest/globals';
import {
  type Configuration,
  recordConfigurationChange,
} from '../../../shared/audit/record-configuration-change.ts';
import { PolledSourceSchema } from '../../../shared/model/polled-source.ts';
import { auditIn } from '../../support/builders/audit.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';

const aConfiguration = (fields: Record<string, unknown> = {}): Configuration =>
  PolledSourceSchema.parse({ name: 'acme', auth: 'oauth', ...fields });

/** A poller of the source starts, so many minutes after nine. */
const start = (store: MemoryStore, fields: Record<string, unknown>, minute: number): Promise<void> =>
  recordConfigurationChange(
    store,
    'acme',
    aConfiguration(fields),
    new Date(Date.UTC(2026, 10, 18, 9, minute)),
  );

describe('the configuration that a poller runs with', () => {
  it('is recorded as a whole the first time', async () => {
    const store = new MemoryStore();

    await start(store, {}, 0);

    expect(await auditIn(store)).toMatchObject([
      {
        code: 'deployed',
        actor: { kind: 'collector' },
        details: { auth: 'oauth', poll_minutes: '5', streams: 'operation, activity' },
      },
    ]);
  });

  it('is not recorded again while it is unchanged', async () => {
    const store = new MemoryStore();

    for (const minute of [0, 5, 10]) await start(store, {}, minute);

    expect(await auditIn(store)).toHaveLength(1);
  });

  it.each([
    [{ pollMinutes: 15 }, { poll_minutes: '5 → 15' }],
    [{ formats: ['flat'] }, { formats: 'flat, ocsf → flat' }],
    [{ formats: [] }, { formats: 'flat, ocsf → none' }],
    [{ backfillDays: 30 }, { backfill_days: '30' }],
    [
      { lookbackDays: 7, requestsPerDay: 900 },
      { lookback_days: '3 → 7', requests_per_day: '10000 → 900' },
    ],
  ])('is recorded when it changes, with the old and the new value: %j', async (fields, details) => {
    const store = new MemoryStore();
    await start(store, {}, 0);

    await start(store, fields, 5);

    const [, changed] = await auditIn(store);
    expect(changed).toMatchObject({ code: 'configuration-changed', actor: { kind: 'collector' } });
    expect(changed?.details).toEqual(details);
    for (const name of Object.keys(details)) expect(changed?.summary).toContain(name);
  });

  it('is recorded each time that it changes back and forth', async () => {
    const store = new MemoryStore();

    for (const [minute, pollMinutes] of [5, 10, 5, 10].entries()) await start(store, { pollMinutes }, minute);

    const lines = await auditIn(store, { codes: ['configuration-changed'] });
    expect(lines.map(({ details }) => details?.['poll_minutes'])).toEqual(['5 → 10', '10 → 5', '5 → 10']);
  });

  it('is recorded once by pollers that start at the same time', async () => {
    const store = new MemoryStore();
    await start(store, {}, 0);

    await Promise.all([5, 6, 7].map((minute) => start(store, { pollMinutes: 15 }, minute)));

    expect(await auditIn(store, { codes: ['configuration-changed'] })).toHaveLength(1);
  });

  it('does not include who is notified of alarms, and when', () => {
    const recorded = {
      notify: ['on-call@quillmere.example'],
      dropOffMinutes: { operation: 60 },
      learnedBaseline: true,
    };

    expect(aConfiguration(recorded)).toEqual(aConfiguration());
  });
});
