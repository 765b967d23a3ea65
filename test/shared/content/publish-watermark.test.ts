import { beforeEach, describe, expect, it } from '@jest/globals';
import { readWatermark, writeWatermark } from '../../../shared/collect/ledger/watermark.ts';
import { publishContentWatermark } from '../../../shared/content/publish-watermark.ts';
import type { ContentStreamName } from '../../../shared/model/content-stream.ts';
import { aContentSlice, listedWhole } from '../../support/builders/content.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';
import { SettableClock } from '../../support/doubles/settable-clock.ts';

const AT = '2026-11-20T12:00:00.000Z';
const CLOSED = { revision: 0, sha256: '0', verdict: 'complete', rows: 0, custody: 0, closedAt: AT } as const;
const CONFIRMED = { ...CLOSED, confirmedAt: AT };

describe('the watermark of content', () => {
  let store: MemoryStore;
  const clock = new SettableClock();
  beforeEach(() => {
    store = new MemoryStore();
    clock.time = new Date(AT);
  });
  const publish = (streams: readonly ContentStreamName[], read: readonly ContentStreamName[] = streams) =>
    publishContentWatermark({ store, clock, source: 'acme' }, streams, new Set(read), new Date(AT));

  it('says up to which day each stream is closed and confirmed, without a hole', async () => {
    await listedWhole(store, aContentSlice('2026-11-01'), AT, { ledger: CONFIRMED });
    await listedWhole(store, aContentSlice('2026-11-03'), AT, { ledger: CONFIRMED });
    await listedWhole(store, aContentSlice('2026-11-04'), AT, { ledger: CLOSED });
    await listedWhole(store, aContentSlice('2026-11-05'), AT);
    await publish(['recording', 'meeting']);

    expect(await readWatermark(store, 'acme')).toEqual({
      source: 'acme',
      generated_at: AT,
      streams: {
        recording: {
          complete_from: '2026-11-03',
          complete_up_to: '2026-11-03',
          closed_up_to: '2026-11-04',
          best_effort_up_to: AT,
          gaps: [],
        },
      },
    });
  });

  it('does not claim a day to which rows were added since it closed', async () => {
    await listedWhole(store, aContentSlice('2026-11-03'), AT, { rows: 1, ledger: CLOSED });
    await publish(['recording']);

    expect((await readWatermark(store, 'acme'))?.streams).toEqual({
      recording: { best_effort_up_to: AT, gaps: [] },
    });
  });

  it('keeps the claims about other streams, and the time of the last success', async () => {
    const logs = {
      operation: { gaps: [] },
      recording: { best_effort_up_to: '2026-11-19T00:00:00Z', gaps: [] },
    };
    await writeWatermark(store, 'acme', logs, new Date(0));
    await listedWhole(store, aContentSlice('2026-11-03'), AT);
    await publish(['recording'], []);

    expect((await readWatermark(store, 'acme'))?.streams).toEqual(logs);
  });

  it('writes nothing before anything was collected', async () => {
    await publish(['person', 'recording']);

    expect(await store.list('watermark/')).toEqual([]);
  });
});
