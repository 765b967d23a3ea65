import type { BackfillProgress } from '../collect/backfill.ts';
import type { ClosingNotice } from '../collect/ledger/close-days.ts';
import type { SliceOutcome } from '../collect/collect-slice.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { type Day, dayOf } from '../model/day.ts';
import { asCode } from '../model/chat-text.ts';
import { plural } from '../model/format-count.ts';
import { compareText } from '../model/raw-row.ts';
import { STREAMS } from '../model/stream.ts';
import { type AuditEntry, COLLECTOR } from './audit-entry.ts';
import { messageOnFailure } from './message-on-failure.ts';
import { recordAudit } from './record-audit.ts';
import { recordOnce } from './record-once.ts';

/** Many new names from Zoom must not fill the log: this many a run, the others in the next. */
const MOST_NEW_NAMES = 20;

/** The most characters of a name in a summary. */
const MOST_OF_A_NAME = 120;

/**
 * Writes the audit log during a run. A line that can't be written fails no run: `takeFailures` returns the error.
 */
export class RunAudit {
  readonly #store: ObjectStore;
  readonly #source: string;
  readonly #redact: (zoomsWords: string) => string;
  /** Names that this process has recorded; the markers in the store have all others. */
  readonly #reported = new Set<string>();
  #failures = new Set<string>();

  /** `redact` removes the secrets of the connection from names that Zoom sent. */
  constructor(store: ObjectStore, source: string, redact: (zoomsWords: string) => string) {
    this.#store = store;
    this.#source = source;
    this.#redact = redact;
  }

  /** Records late rows and gaps: the ledger's entry determines the line, so that racing collectors write it once. */
  async onNotice(notice: ClosingNotice): Promise<void> {
    const { kind, slice, revision } = notice;
    await this.#try(
      recordAudit(this.#store, noticeToEntry(notice), `${kind} ${slice.stream} ${slice.day} ${revision}`),
    );
  }

  /** Records categories and fields that this release does not know. */
  async seen(outcomes: readonly SliceOutcome[], now: Date): Promise<void> {
    const names = new Map<string, AuditEntry>();
    for (const { slice, unknownCategories, unknownFields } of byDay(outcomes)) {
      for (const [code, unknown] of [
        ['category-new', unknownCategories],
        ['field-new', unknownFields],
      ] as const) {
        for (const name of unknown.map(this.#redact)) {
          const identity = `${code} ${slice.stream} ${code === 'category-new' ? name.toLowerCase() : name}`;
          if (this.#reported.has(identity) || names.has(identity)) continue;
          names.set(identity, unknownToEntry(code, slice, name, now));
        }
      }
    }
    for (const [identity, entry] of [...names].slice(0, MOST_NEW_NAMES)) {
      if (await this.#try(recordOnce(this.#store, entry, identity))) this.#reported.add(identity);
    }
  }

  /** Records rows without an event: once for each day of Zoom's list, however many they are. */
  async rejected(outcomes: readonly SliceOutcome[], now: Date): Promise<void> {
    for (const { slice, rejected } of byDay(outcomes)) {
      const identity = `rows-rejected ${slice.stream} ${slice.day}`;
      if (rejected === 0 || this.#reported.has(identity)) continue;
      if (await this.#try(recordOnce(this.#store, rejectedToEntry(slice, rejected, now), identity)))
        this.#reported.add(identity);
    }
  }

  /** Records the end of the initial back-fill. Returns whether the line is written. */
  async filled(from: Day, filled: readonly BackfillProgress[], now: Date): Promise<boolean> {
    return this.#try(
      recordOnce(this.#store, backfilledToEntry(this.#source, from, filled, now), `from ${from}`),
    );
  }

  /** Why lines could not be written since the last call; each reason once. */
  takeFailures(): string[] {
    const failures = [...this.#failures];
    this.#failures = new Set();
    return failures;
  }

  async #try(recording: Promise<unknown>): Promise<boolean> {
    const failure = await messageOnFailure(recording);
    if (failure !== undefined) this.#failures.add(failure);
    return failure === undefined;
  }
}

/** Runs collect slices concurrently: the order must not change the lines. */
const byDay = (outcomes: readonly SliceOutcome[]): SliceOutcome[] =>
  [...outcomes].sort((a, b) => compareText(a.slice.day, b.slice.day));

const noticeToEntry = ({ kind, slice, rows, revision, at }: ClosingNotice): AuditEntry => {
  const { source, stream, day } = slice;
  const title = STREAMS[stream].title;
  return {
    at,
    code: kind,
    source,
    actor: COLLECTOR,
    stream,
    day,
    summary:
      kind === 'gap'
        ? `Zoom deleted ${day} of the ${title} before it was read whole.`
        : `Rows of the ${title} arrived after ${day} had closed. They are delivered.`,
    details: { rows, ledger_revision: revision },
  };
};

const unknownToEntry = (
  code: 'category-new' | 'field-new',
  { source, stream, day }: SliceOutcome['slice'],
  name: string,
  now: Date,
): AuditEntry => ({
  at: now.toISOString(),
  code,
  source,
  actor: COLLECTOR,
  stream,
  day,
  summary:
    code === 'category-new'
      ? `Zoom's ${STREAMS[stream].title} has a category that this release does not know: ${asCode(name, MOST_OF_A_NAME)}.`
      : `Zoom's ${STREAMS[stream].title} has a field that Zoom does not document: ${asCode(name, MOST_OF_A_NAME)}.`,
  details: { [code === 'category-new' ? 'category' : 'field']: name },
});

const rejectedToEntry = (
  { source, stream, day }: SliceOutcome['slice'],
  rows: number,
  now: Date,
): AuditEntry => ({
  at: now.toISOString(),
  code: 'rows-rejected',
  source,
  actor: COLLECTOR,
  stream,
  day,
  summary: `${plural(rows, 'row')} of the ${STREAMS[stream].title} of ${day} could not be read.`,
  details: { rows },
});

const backfilledToEntry = (
  source: string,
  from: Day,
  filled: readonly BackfillProgress[],
  now: Date,
): AuditEntry => ({
  at: now.toISOString(),
  code: 'backfill-finished',
  source,
  actor: COLLECTOR,
  from,
  to: dayOf(now),
  summary: `Every day from ${from} on has been read whole.`,
  details: Object.fromEntries(
    filled.flatMap(({ stream, days, events }) => [
      [`${stream}_days`, days],
      [`${stream}_events`, events],
    ]),
  ),
});
