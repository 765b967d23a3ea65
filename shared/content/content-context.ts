import type { BeforeRequest, Clock } from '../collect/ports.ts';
import type { ContentConfig } from '../model/content-config.ts';
import type { Day } from '../model/day.ts';
import type { OcsfVersion } from '../normalize/index.ts';
import type { RateLabel, ContentListings } from './listings.ts';
import type { Downloads, FileStore } from './ports.ts';

/** What is collected. `bots`: also the chat messages of bots; not by default. `mirror`: the rules of a mirror. */
export type ContentChoice = Pick<ContentConfig, 'types' | 'people' | 'mode'> &
  Partial<Pick<ContentConfig, 'bots' | 'mirror'>>;

/** The dependencies of collecting content from one source. */
export interface ContentContext {
  readonly source: string;
  /** Zoom's id of the account, a field of every projected line. */
  readonly accountId: string;
  /** The release of OCSF events; 1.8.0 by default. */
  readonly ocsfVersion?: OcsfVersion | undefined;
  readonly store: FileStore;
  readonly listings: ContentListings;
  readonly downloads: Downloads;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** A random name of this run: no other collector has it. */
  readonly owner: string;
  /** The size of an uploaded part; 5 MiB by default. A store may have a least size: see LEAST_PART_BYTES. */
  readonly partBytes?: number | undefined;
  /** Counts a request before it is made; only Heavy ones count against the day's budget. */
  readonly beforeRequest: (label: RateLabel) => BeforeRequest | undefined;
  readonly choice: ContentChoice;
  readonly observer: ContentObserver;
}

/** The progress of a run. */
export interface ContentObserver {
  /** The listing of some units of a stream has ended, of so many in all. */
  readonly unitsListed?: (stream: string, done: number, all: number) => void;
  /** Files that are to be fetched were found, with the sum of the sizes that Zoom states. */
  readonly filesFound?: (files: number, bytes: number) => void;
  readonly bytesReceived?: (bytes: number) => void;
  readonly fileDone?: (file: FileDone) => void;
}

/** The end of one file's transfer. */
export interface FileDone {
  readonly day: Day;
  readonly state: 'held' | 'same-as' | 'failed' | 'taken';
  readonly bytes: number;
}
