import { clientEnvironment, startSimulator } from '../../simulator/index.ts';
import { childArgument } from '../child.ts';
import { type ExactDay, exactDay } from './exact-day.ts';
import { askToken, readDay } from './pages.ts';
import { recordedZoom } from './recorded-zoom.ts';

/** The content of the simulated Zoom. */
export interface ZoomWanted {
  /** Its fixed time. */
  readonly now: string;
  readonly days: readonly ExactDay[];
}

/** A simulated Zoom in a separate process, with pages rendered before the measurement. Prints its address. */
const { now, days } = childArgument() as ZoomWanted;
const simulator = await startSimulator({ now, speed: 0, limits: { perDay: 'off' } });
for (const day of days) simulator.addRows(exactDay(day));
const { url } = await recordedZoom(simulator.url);

const zoom = clientEnvironment({ apiUrl: `${url}/v2`, oauthUrl: `${url}/oauth` });
const token = await askToken(zoom);
for (const { day, rows } of days) {
  const read = await readDay(zoom, token, day);
  if (read !== rows) throw new Error(`Zoom lists ${read} rows of ${day}, and should list ${rows}.`);
}
process.stdout.write(`${JSON.stringify({ url })}\n`);
