import { dayOf, daysBetween } from '../calendar.ts';
import { clientEnvironment } from '../client-environment.ts';
import type { ScenarioFolders } from './scenario-folders.ts';

/** The values of a run for the collector, in addition to Zoom's address and credentials. */
interface CollectorSettings {
  readonly now: Date;
  readonly firstDay: string;
  /** The streams of the logs, or `recording`. */
  readonly streams: readonly string[];
  readonly folders: ScenarioFolders;
}

/** The input of the adapter contract in `docs/acceptance.md`. */
export const collectorEnvironment = (
  zoom: { readonly apiUrl: string; readonly oauthUrl: string },
  { now, firstDay, streams, folders }: CollectorSettings,
) => ({
  ...clientEnvironment(zoom),
  // A proxy of the caller cannot reach the simulator on this machine. Tools read either variable.
  NO_PROXY: 'localhost,127.0.0.1',
  no_proxy: 'localhost,127.0.0.1',
  ACCEPTANCE_NOW: now.toISOString(),
  ACCEPTANCE_FIRST_DAY: firstDay,
  /** Days from the first day to that of `now`, for collectors that count back. */
  ACCEPTANCE_DAYS_BACK: String(daysBetween(firstDay, dayOf(now.getTime())).length - 1),
  ACCEPTANCE_STREAMS: streams.join(' '),
  ACCEPTANCE_STATE: folders.state,
  ACCEPTANCE_OUTPUT: folders.output,
});
