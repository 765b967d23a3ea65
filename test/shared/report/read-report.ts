import { join } from 'node:path';
import { openForQueries } from '../../../shared/app/query.ts';
import { readFigures } from '../../../shared/app/report.ts';
import { FolderStore } from '../../../shared/local/folder-store.ts';
import { type Day, daysBetween, endOf } from '../../../shared/model/day.ts';
import type { Figures } from '../../../shared/report/figures.ts';
import type { Period } from '../../../shared/report/period.ts';
import { type SimulatedRow, startSimulator } from '../../../simulator/index.ts';
import { never } from '../../support/builders/collector.ts';
import { connectToSimulator } from '../../support/simulated-source.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Collects rows of a simulated Zoom into a folder. */
export const collectRows = async (rows: readonly SimulatedRow[], from: Day, to: Day): Promise<string> => {
  const simulator = await startSimulator({ now: endOf(to), speed: 0 });
  simulator.addRows(rows);
  const out = join(temporaryFolder(), 'out');
  const connector = connectToSimulator(simulator, await FolderStore.open(out, endOf(to)), { source: 'acme' });
  await connector.collectDays(daysBetween(from, to), never);
  await connector.close();
  await simulator.close();
  return out;
};

/** The figures of a period, on its last day. */
export const figuresOf = async (out: string, period: Period): Promise<Figures> => {
  const clock = { now: () => endOf(period.to), sleep: () => Promise.resolve() };
  let figures: Figures | undefined;
  await openForQueries({ out, clock, random: () => 0.5, signal: never }, 'zoom_events', async (runQuery) => {
    figures = await readFigures(runQuery, period);
  });
  if (!figures) throw new RangeError('no figures');
  return figures;
};
