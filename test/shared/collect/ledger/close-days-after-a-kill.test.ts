import { describe, expect, it } from '@jest/globals';
import { closeDays } from '../../../../shared/collect/ledger/close-days.ts';
import { collectSlice } from '../../../../shared/collect/collect-slice.ts';
import { readLedger } from '../../../../shared/collect/ledger/ledger.ts';
import { planStream } from '../../../../shared/collect/plan.ts';
import { readSliceStates } from '../../../../shared/collect/state/slice-states.ts';
import { SliceLog } from '../../../../shared/collect/log/slice-log.ts';
import { identify } from '../../../../shared/model/raw-row.ts';
import { aCollector, aSlice, never } from '../../../support/builders/collector.ts';
import { SettableClock } from '../../../support/doubles/settable-clock.ts';
import { linesUnder } from '../../../support/delivered.ts';
import { ListedReports } from '../../../support/doubles/listed-reports.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';
import { anOperation } from '../../../support/builders/rows.ts';

const LOOKBACK_DAYS = 3;

describe('a day whose log grew after it was listed', () => {
  it('closes only after the missing projections of a killed collector are written', async () => {
    const store = new MemoryStore();
    const slice = aSlice();
    const clock = new SettableClock();
    clock.time = new Date('2026-11-22T00:10:00Z'); // its lookback is over
    const reports = new ListedReports([anOperation()], 300);
    const collect = () => collectSlice(aCollector(store, reports, { clock }), slice, 'whole', never);
    const close = async () => {
      const states = await readSliceStates(store, slice.source, slice.stream);
      const { source, stream, day } = slice;
      const onNotice = () => Promise.resolve();
      const [now, lookbackDays] = [clock.now(), LOOKBACK_DAYS];
      await closeDays({ store, source, stream, now, lookbackDays, since: day, states, onNotice });
      return planStream({ source, stream, now, lookbackDays, since: day, states }).filter(
        (listing) => listing.slice.day === day,
      );
    };
    await collect();
    const late = anOperation({ time: '2026-11-18T09:30:00Z' });
    reports.rows.push(late);
    const killed = await SliceLog.open(store, slice);
    await killed.append([{ ...identify(slice.stream, late), occurrence: 0 }], () => clock.now());

    const due = await close();
    const before = await readLedger(store, slice);
    await collect();
    await close();

    expect(due).toMatchObject([{ listing: 'whole' }]);
    expect(before).toEqual([]);
    expect(await linesUnder(store, 'flat/')).toHaveLength(2);
    const [closed] = await readLedger(store, slice);
    expect(closed?.entry.objects.map(({ key }) => key.split('/')[0])).toEqual([
      'raw',
      'raw',
      'flat',
      'flat',
      'ocsf',
      'ocsf',
    ]);
  });
});
