import { DAY_MS } from '../../../shared/model/duration.ts';
import type { MirrorRules } from '../../../shared/model/content-config.ts';
import type { ContentTruth } from '../../../simulator/content/content-truth.ts';

/** What a file has gone through, as a mirror that makes no mistake knows it. */
interface KnownFile {
  readonly id: string;
  readonly day: string;
  /** As it was listed last. */
  host: string;
  /** Since when no list showed it. */
  absentSince: number | undefined;
  goneAt: number | undefined;
  departures: number;
  hiddenAt: number | undefined;
  /** The departures that an operator released. */
  readonly released: Set<number>;
}

interface KnownHold {
  readonly people: 'all' | readonly string[];
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What is right after a run. All are ids of files, in order. */
export interface Expected {
  readonly gone: readonly string[];
  readonly hidden: readonly string[];
  readonly braked: readonly string[];
  readonly kept: number;
}

/** One run, and what is true at Zoom after it. */
export interface OracleRun {
  readonly at: number;
  /** Whether the run lists a day. */
  readonly lists: (day: string) => boolean;
  readonly truth: ContentTruth;
  /** People whose recordings were in no list of this run. */
  readonly unlisted: ReadonlySet<string>;
}

/** Says which files are hidden after each run: written from the rules alone, file by file, without the code that it checks. */
export class MirrorOracle {
  readonly holds = new Map<string, KnownHold>();
  mode: 'archive' | 'mirror' = 'mirror';
  readonly #rules: MirrorRules;
  readonly #addressOf: (host: string) => string;
  readonly #files = new Map<string, KnownFile>();
  #braked: readonly KnownFile[] = [];
  #due: readonly KnownFile[] = [];

  constructor(rules: MirrorRules, addressOf: (host: string) => string) {
    this.#rules = rules;
    this.#addressOf = addressOf;
  }

  run({ at, lists, truth, unlisted }: OracleRun): Expected {
    const deleted = new Set(truth.people.flatMap(({ id, status }) => (status === 'deleted' ? [id] : [])));
    const states = new Map(truth.files.map((file) => [file.fileId ?? '', file]));
    for (const [id, { startDay, hostId, state }] of states) {
      const file = this.#fileOf(id, startDay, hostId);
      if (!lists(startDay)) continue;
      const isUnlisted = unlisted.has(file.host);
      const isListed = state === 'available' && !isUnlisted;
      const isInTrash = state === 'trashed' && !isUnlisted && !deleted.has(hostId);
      if (isListed || isInTrash) file.host = hostId;
      if (isListed) {
        file.absentSince = undefined;
        file.goneAt = undefined;
      } else if (file.goneAt === undefined) {
        const isLongAbsent = file.absentSince !== undefined && at - file.absentSince >= DAY_MS;
        if (isInTrash || isLongAbsent) this.#leave(file, at);
        else file.absentSince ??= at;
      }
    }
    this.#mirror(at, (file) => states.get(file.id)?.state === 'available');
    return this.#expected();
  }

  /** An operator releases what the brake names, or all that a change to a mirror shows. */
  release(all: boolean): void {
    const away = [...this.#files.values()].filter(({ goneAt }) => goneAt !== undefined);
    for (const file of all ? away : this.#braked) file.released.add(file.departures);
  }

  #fileOf(id: string, day: string, host: string): KnownFile {
    const known = this.#files.get(id) ?? {
      ...{ id, day, host },
      ...{ absentSince: undefined, goneAt: undefined, departures: 0, hiddenAt: undefined },
      released: new Set<number>(),
    };
    this.#files.set(id, known);
    return known;
  }

  #leave(file: KnownFile, at: number): void {
    file.absentSince = undefined;
    file.goneAt = at;
    file.departures += 1;
  }

  #mirror(at: number, isThere: (file: KnownFile) => boolean): void {
    const due: KnownFile[] = [];
    for (const file of this.#files.values()) {
      if (file.goneAt === undefined || this.mode === 'archive' || this.#isKept(file)) {
        file.hiddenAt = undefined;
      } else if (file.hiddenAt === undefined && at >= file.goneAt + this.#rules.graceDays * DAY_MS) {
        due.push(file);
      }
    }
    this.#due = due;
    this.#braked = this.mode === 'mirror' ? this.#findBraked(at) : [];
    if (this.#braked.length > 0) return;
    for (const file of due) {
      // It was recovered on a day that is not listed any more.
      if (isThere(file)) file.goneAt = undefined;
      else file.hiddenAt = at;
    }
  }

  #isKept({ day, host }: KnownFile): boolean {
    return [...this.holds.values()].some(
      ({ people, from = '', to = '9' }) =>
        from <= day && day <= to && (people === 'all' || people.includes(this.#addressOf(host))),
    );
  }

  #findBraked(at: number): KnownFile[] {
    const files = [...this.#files.values()];
    const away = files.filter(({ goneAt }) => goneAt !== undefined);
    const unreleased = away.filter(({ released, departures }) => !released.has(departures));
    const left = (file: KnownFile): number => file.goneAt ?? Infinity;
    const found = new Set<KnownFile>();
    for (const first of unreleased) {
      const together = unreleased.filter(
        (file) => left(file) >= left(first) && left(file) < left(first) + DAY_MS,
      );
      const total = files.length - away.filter((file) => left(file) < left(first)).length;
      if (this.#isTooMany(together.length, total)) for (const file of together) found.add(file);
    }
    const isFresh = ({ hiddenAt }: KnownFile): boolean => hiddenAt !== undefined && at - hiddenAt < DAY_MS;
    const due = this.#due.filter(({ released, departures }) => !released.has(departures));
    const total = files.length - away.filter((file) => file.hiddenAt !== undefined && !isFresh(file)).length;
    if (this.#isTooMany(due.length + unreleased.filter(isFresh).length, total)) {
      for (const file of due) found.add(file);
    }
    return [...found].filter(({ hiddenAt }) => hiddenAt === undefined);
  }

  #isTooMany(count: number, total: number): boolean {
    return count > this.#rules.brakeItems || count > (this.#rules.brakePercent / 100) * total;
  }

  #expected(): Expected {
    const files = [...this.#files.values()];
    const ids = (some: readonly KnownFile[]): string[] => some.map(({ id }) => id).sort();
    const away = files.filter(({ goneAt }) => goneAt !== undefined);
    return {
      gone: ids(away),
      hidden: ids(files.filter(({ hiddenAt }) => hiddenAt !== undefined)),
      braked: ids(this.#braked),
      kept: this.mode === 'mirror' ? away.filter((file) => this.#isKept(file)).length : 0,
    };
  }
}
