import type { ContentType } from '../../model/content-config.ts';
import type { Day } from '../../model/day.ts';
import type { RawRow } from '../../model/listed-row.ts';
import type { ContentSlice } from '../../model/slice.ts';
import type { ContentContext } from '../content-context.ts';
import type { ListedFile, ServedFile } from '../listed-file.ts';
import type { DayRange } from '../windows.ts';
import type { RoutedRow, Unit } from './unit.ts';

/** One stream of content: everything that differs between streams. Its kind is content, and its counting rule is a set. */
export interface ContentStreamDefinition {
  /** Its name in messages and tables. */
  readonly title: string;
  readonly identity: RowIdentity;
  /**
   * Whether a row belongs to the day on which it was listed, and not to a day of its own: then a run lists the present day, whatever
   * its range is.
   */
  readonly isOfListingDay: boolean;
  /** `census`: the list of people, which each run reads first, to choose whose content it collects. */
  readonly listing: ListingStrategy | 'census';
  readonly closing: ClosingRule;
  /** What people count: undefined if that is the number of people. */
  readonly subjects: SubjectRule | undefined;
  /** Undefined for a stream without files. */
  readonly files: FileRules | undefined;
  /** The fields of a flat line beside the envelope. Passcodes and addresses are left out. */
  readonly toFlat: (slice: ContentSlice, row: RawRow) => Record<string, unknown>;
}

/** What makes a row the row it is. */
export interface RowIdentity {
  /** The documented fields, in alphabetical order, as paths (`meeting.uuid`). */
  readonly fields: readonly string[];
  /**
   * Parts of these that are left out: URLs, tokens and passcodes, which differ in every response, and totals that change with other
   * rows. Paths, with `[]` after a list: `message.files[].download_url`.
   */
  readonly volatile: readonly string[];
  /** The paths of the row's time, the first that is set counts. A row without one has the start of its day. */
  readonly time: readonly string[];
}

/** How a range of days is listed. */
export interface ListingStrategy {
  /** Whether it is listed, by the types that an operator chose. */
  readonly isChosen: (types: readonly ContentType[]) => boolean;
  /** The most days that one listing covers. */
  readonly windowDays: number;
  readonly order: 'newest-first' | 'oldest-first';
  /** The oldest day that Zoom still lists; undefined if there is no limit. */
  readonly oldestDay: ((now: Date) => Day) | undefined;
  /** Whether it uses Zoom's quota of the day. Such a stream is listed last, so that a used-up quota stops no other. */
  readonly usesDailyQuota: boolean;
  /** The units of a range in each way that Zoom offers, the best first. A later one is used if Zoom refuses the app those before it. */
  readonly ways: readonly ((subject: ListingSubject) => ListedUnits | Promise<ListedUnits>)[];
  /** Requests that follow a listing, for each of its subjects. */
  readonly requestsPerSubject: number;
  /** Days after the end of a day at which it is listed again, though a run's range has it no more. */
  readonly listedAgainAfterDays: readonly number[];
}

/** Undefined if the way does not apply. */
type ListedUnits = readonly Unit[] | undefined;

/** What is to be listed. */
export interface ListingSubject {
  readonly context: ContentContext;
  readonly range: DayRange;
  readonly hosts: ChosenHosts;
  /** The rows of a day that are stored: none if nothing is stored. */
  readonly rowsOf: (day: Day) => Promise<readonly RawRow[]>;
  /** `count`: the details of each subject are left out. */
  readonly purpose: 'collect' | 'count';
  readonly signal: AbortSignal;
}

/** Someone with an account. */
export interface Person {
  /** Zoom's id; undefined for a pending person, who has none and can have no content. */
  readonly id: string | undefined;
  /** In lower case. */
  readonly email: string;
  readonly groupIds: readonly string[];
}

/** The people whose content is collected. */
export interface ChosenHosts {
  readonly people: readonly Person[];
  readonly isEveryone: boolean;
  /** The ids of everyone in the account; undefined without a list of people that is proven whole. */
  readonly accountIds: ReadonlySet<string> | undefined;
}

/** A transcript comes up to 48 hours after the video, and a recording is processed for up to 72 hours (Zoom's own pages). */
export const LATE_HOURS = 72;

/** When a day can close. */
export interface ClosingRule {
  /** Hours after the end of a day for which rows are expected to come late: the day closes after that. */
  readonly lateHours: number;
  /**
   * A closed day is confirmed by a listing so many days later that finds nothing new. Undefined: no later listing adds to a day, so
   * that it needs none after its late hours, and is confirmed as it closes.
   */
  readonly confirmedAfterDays: number | undefined;
}

/** What the rows of a stream are about, as people count it. */
export interface SubjectRule {
  /** Their number in JSON: `recordings`. */
  readonly field: string;
  /** One of them in messages: `recording`. */
  readonly noun: string;
  /** The subject of a row, undefined for a row without one; `files`: what its files belong to. */
  readonly of: ((row: RawRow) => unknown) | 'files';
}

/** The native files of a stream. */
export interface FileRules {
  /** The files that a row lists. */
  readonly of: (row: RawRow) => readonly ListedFile[];
  /** What a file belongs to, in words: `the recording "Weekly sync"`. */
  readonly describeOwner: (file: ListedFile) => string;
  /** Asks for a file once more: its present address. Undefined if Zoom has it no more. */
  readonly relist: (
    context: ContentContext,
    file: ListedFile,
    day: Day,
    signal: AbortSignal,
  ) => Promise<RelistedFile | undefined>;
  /** Whether each file is asked for before it is fetched, since Zoom's checksum is not in the list. */
  readonly isRelistedFirst: boolean;
  /**
   * The row of a version that only the file host shows: Zoom may replace a file and list it as before. Then the held files of a day
   * are compared with the file host before the day is confirmed. Undefined if they are not.
   */
  readonly toServedRow?: (row: RawRow, served: ServedFile) => object;
  /** Whether a choice of people is one of hosts. If not, the rows that are kept are those of the chosen people. */
  readonly isOfHost: boolean;
  /** Who a file of a slice belongs to, by the rows of the slice: ids of people, or addresses in lower case. */
  readonly peopleOf: (rows: readonly RawRow[]) => (file: ListedFile) => readonly string[];
  /** Whether Zoom has a file still, outside of its trash. Undefined if Zoom can't be asked for a single file of the stream. */
  readonly isStillThere:
    | ((context: ContentContext, file: ListedFile, day: Day, signal: AbortSignal) => Promise<boolean>)
    | undefined;
  /** Whether Zoom says by its code that there is no such file, and not only no such owner. Undefined as `isStillThere`. */
  readonly isNotFound:
    | ((context: ContentContext, file: ListedFile, day: Day, signal: AbortSignal) => Promise<boolean>)
    | undefined;
  /** Files that lists leave out; undefined if they have all. */
  readonly details: DetailRules | undefined;
}

/** A file as it was listed once more. */
export interface RelistedFile {
  /** Undefined if its subject has it no more. */
  readonly file: ListedFile | undefined;
  /** What else its subject has by now: rows to commit. */
  readonly rows: readonly RoutedRow[];
}

/** Files that only the details of their subject have: each subject is asked about once, when its files are ready. */
export interface DetailRules {
  /** Whether they are wanted, by the types that an operator chose. */
  readonly isChosen: (types: readonly ContentType[]) => boolean;
  /** The kind of a subject in the name of a unit: `meeting`. */
  readonly subject: string;
  /** The rows of a subject; undefined if Zoom has none. */
  readonly read: (
    context: ContentContext,
    uuid: string,
    day: Day,
    signal: AbortSignal,
  ) => Promise<readonly RoutedRow[] | undefined>;
  /** Whether a row stands for files that cannot be fetched. */
  readonly isUnreadable: (row: RawRow) => boolean;
}
