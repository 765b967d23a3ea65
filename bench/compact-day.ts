import { readdirSync } from 'node:fs';
import { compactStore } from '../shared/compact/compact-store.ts';
import { openCollected } from '../shared/app/open-store.ts';
import { systemClock } from '../shared/runtime/clock.ts';
import { measure } from './measured.ts';

/** Compacts the closed days of a folder in a separate process, to measure its memory. Argument: the folder. */
const [, , folder = ''] = process.argv;
const store = await openCollected(folder, { clock: systemClock, random: Math.random });
if (!readdirSync(folder).includes('ledger')) throw new Error(`${folder} has no closed day`);

await measure(async () => {
  const { slices } = await compactStore(store, { signal: new AbortController().signal });
  return { rows: slices.reduce((sum, one) => sum + (one.kind === 'written' ? one.events : 0), 0) };
});
