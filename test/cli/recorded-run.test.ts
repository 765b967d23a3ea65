import { expect, it } from '@jest/globals';
import { recordFailure } from '../../cli/recorded-run.ts';
import { lastRunKey } from '../../shared/contract/object-keys.ts';
import { MemoryStore } from '../support/doubles/memory-store.ts';

it('a run that Ctrl-C stopped is recorded as stopped, with what to do', async () => {
  const store = new MemoryStore();
  const controller = new AbortController();
  controller.abort();

  await recordFailure(
    store,
    { run: 'collect', source: 'acme', streams: ['recording'] },
    controller.signal.reason,
    new Date('2026-11-20T12:00:00Z'),
  );

  const record = await store.read(lastRunKey({ source: 'acme', stream: 'recording' }));
  expect(JSON.parse(String(record))).toMatchObject({
    run: 'collect',
    error: {
      reason: 'stopped',
      message: 'The run was stopped before its end. Run it again: it continues where it stopped.',
    },
  });
});
