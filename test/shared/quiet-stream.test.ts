import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../shared/model/duration.ts';
import { startSimulator } from '../../simulator/index.ts';
import { never } from '../support/builders/collector.ts';
import { linesUnder } from '../support/delivered.ts';
import { MemoryStore } from '../support/doubles/memory-store.ts';
import { anOperation } from '../support/builders/rows.ts';
import { connectToSimulator } from '../support/simulated-source.ts';

const START = Date.UTC(2026, 5, 1, 12);

describe('a stream that is quiet', () => {
  it('for 70 days, and then has one event: the next run delivers it', async () => {
    const simulator = await startSimulator({ now: new Date(START), speed: 0 });
    const store = new MemoryStore();
    const connector = connectToSimulator(simulator, store, { source: 'quiet' });
    for (let at = START; at < START + 70 * DAY_MS; at += DAY_MS) {
      simulator.clock.set(new Date(at));
      await connector.poll(never);
    }
    const event = anOperation({ time: '2026-08-10T12:00:30Z' });

    simulator.clock.set('2026-08-10T12:01:00Z');
    simulator.addRows([{ stream: 'operation', row: event }]);
    const { outcomes } = await connector.poll(never);

    expect(outcomes.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(1);
    expect(await linesUnder(store, 'raw/')).toEqual([event]);
    await simulator.close();
    await connector.close();
  });
});
