import { describe, expect, it } from '@jest/globals';
import { contentToText, readContentHealth } from '../../cli/content-health.ts';
import { isWell } from '../../cli/stream-health.ts';
import { createArchive } from '../../shared/app/archive.ts';
import type { CustodyRow } from '../../shared/content/custody-row.ts';
import {
  aContentSlice,
  aFileRow,
  commitCustody,
  commitRows,
  custodyOf,
  listedWhole,
} from '../support/builders/content.ts';
import { MemoryStore } from '../support/doubles/memory-store.ts';
import { SettableClock } from '../support/doubles/settable-clock.ts';

const NOW = new Date('2026-11-20T12:00:00.000Z');
const D1 = '2026-11-10';

/** The health of a day whose only file has this status at Zoom, and this line of custody. */
const healthAfter = async (line: Partial<CustodyRow> & { readonly state: string }, status = 'completed') => {
  const [store, clock] = [new MemoryStore(), new SettableClock()];
  clock.time = NOW;
  await store.create('_state/sources/acme.json', Buffer.from('{"name":"acme","accountId":"account"}'));
  const slice = aContentSlice(D1);
  const row = aFileRow(slice.day, 'f1', { status });
  await commitRows(store, clock, slice, [row]);
  await commitCustody(store, clock, slice, [
    custodyOf(row, NOW, { message: 'x', day: slice.day, requests: 1, ...line }),
  ]);
  await listedWhole(store, slice, '2026-11-15T00:00:00.000Z');
  const [health] = await readContentHealth(createArchive(store), NOW);
  if (!health) throw new Error('no stream');
  return health;
};

describe('the health of content', () => {
  it('is unhealthy while a file could not be fetched, and says that it is tried again', async () => {
    const health = await healthAfter({ state: 'failed', reason: 'refused', final: false });

    expect(isWell(health)).toBe(false);
    expect(health.verdict).toBe('not_delivering');
    expect(health.problems).toMatchObject([
      {
        what: 'acme recording: 1 file could not be fetched.',
        lost: 'Data loss: none yet. The next run tries 1 file again.',
      },
    ]);
    expect(contentToText([health])).toBe(
      'acme recording: 0 days closed, 1 open; 0 files held (0 bytes), 1 failed.\n' +
        '  2026-11-10 is open: 1 file is not held yet.\n',
    );
  });

  it('is unhealthy if a file will not be tried again', async () => {
    const health = await healthAfter({ state: 'failed', reason: 'missing', final: true });

    expect(health.problems).toMatchObject([
      { lost: 'Data loss: 1 file failed on several days and will not be tried again.' },
    ]);
  });

  it.each([
    [
      'a file that Zoom never finished',
      { state: 'failed', reason: 'never-ready', final: true },
      'processing',
    ],
    ['a version that Zoom replaced', { state: 'failed', reason: 'replaced', final: true }, 'completed'],
    ['a file of a type that was not chosen', { state: 'skipped', reason: 'type-not-chosen' }, 'completed'],
  ] as const)('is well with %s', async (_what, line, status) => {
    expect(isWell(await healthAfter(line, status))).toBe(true);
  });
});
