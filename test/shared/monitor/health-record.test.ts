import { describe, expect, it } from '@jest/globals';
import { healthStateKey } from '../../../shared/contract/object-keys.ts';
import { readHealthRecord, writeHealthRecord } from '../../../shared/monitor/health-record.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';

const at = (minute: number): Date => new Date(Date.UTC(2026, 5, 1, 9, minute));

const RECORD = {
  watchedSince: at(0),
  alarms: {
    'zls-acme-collection': {
      state: 'ALARM' as const,
      since: at(5),
      cause: 'not-running',
      healthySince: at(10),
      clearedAt: at(1),
      flaps: true,
    },
  },
  posted: ['audit/source=acme/dt=2026-06-01/x.jsonl'],
};

describe('the health record of a source', () => {
  it('is read as it was written', async () => {
    const store = new MemoryStore();
    await writeHealthRecord(store, 'acme', RECORD);
    expect(await readHealthRecord(store, 'acme', at(30))).toEqual(RECORD);
  });

  it('is stored under the field names of every release', async () => {
    const store = new MemoryStore();
    await writeHealthRecord(store, 'acme', RECORD);

    const stored: unknown = JSON.parse(String(await store.read(healthStateKey('acme'))));
    expect(stored).toEqual({
      watchedSince: '2026-06-01T09:00:00.000Z',
      alarms: {
        'zls-acme-collection': {
          state: 'ALARM',
          since: '2026-06-01T09:05:00.000Z',
          cause: 'not-running',
          wellSince: '2026-06-01T09:10:00.000Z',
          clearedAt: '2026-06-01T09:01:00.000Z',
          flaps: true,
        },
      },
      posted: ['audit/source=acme/dt=2026-06-01/x.jsonl'],
    });
  });

  it('begins at the first check', async () => {
    expect(await readHealthRecord(new MemoryStore(), 'acme', at(3))).toEqual({
      watchedSince: at(3),
      alarms: {},
      posted: [],
    });
  });
});
