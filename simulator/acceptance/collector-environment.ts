import { dayOf, daysBetween } from '../calendar.ts';
import { clientEnvironment } from '../client-environment.ts';
import type { StreamName } from '../row-store.ts';

/** What a run tells the collector, beside where Zoom is and with which credentials. */
interface CollectorSettings {
  readonly now: Date;
  readonly firstDay: string;
  readonly streams: readonly StreamName[];
  readonly stateFolder: string;
  readonly outputFolder: string;
}

/** The adapter contract, inwards: `docs/acceptance.md` has it in words. */
export const collectorEnvironment = (
  zoom: { readonly apiUrl: string; readonly oauthUrl: string },
  { now, firstDay, streams, stateFolder, outputFolder }: CollectorSettings,
) => ({
  ...clientEnvironment(zoom),
  // A proxy of the caller's cannot reach a Zoom of this machine. Tools read either of the two.
  NO_PROXY: 'localhost,127.0.0.1',
  no_proxy: 'localhost,127.0.0.1',
  ACCEPTANCE_NOW: now.toISOString(),
  ACCEPTANCE_FIRST_DAY: firstDay,
  /** Days from the first to that of `now`, for whoever counts back. */
  ACCEPTANCE_DAYS_BACK: String(daysBetween(firstDay, dayOf(now.getTime())).length - 1),
  ACCEPTANCE_STREAMS: streams.join(' '),
  ACCEPTANCE_STATE: stateFolder,
  ACCEPTANCE_OUTPUT: outputFolder,
});
