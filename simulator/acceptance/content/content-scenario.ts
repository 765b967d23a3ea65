import type { ContentCompany } from '../../content/content-company.ts';
import type { ContentControl } from '../../content/content-control.ts';
import type { ScheduledRun } from '../scenario.ts';

/** A run of a downloader, and what happens at Zoom just before it. */
export interface ContentRun extends ScheduledRun {
  readonly before?: (zoom: ContentControl) => void;
}

/** A part of an account's history: people with their recordings, and the runs of the downloader. */
export interface ContentScenario {
  readonly name: string;
  /** Its description. */
  readonly about: string;
  /** The first UTC day (`YYYY-MM-DD`) to download. No recording is older. */
  readonly firstDay: string;
  /** The same seed gives the same company. */
  readonly company: (seed: number) => ContentCompany;
  readonly runs: readonly ContentRun[];
  /** Whether a fault makes it right to transfer a version whole more than once. */
  readonly mayFetchAgain?: boolean;
}
