/** A piece of the source and its replacement. */
export interface Piece {
  readonly file: string;
  /** Occurs in the file exactly once. Only a part of its line, so that most changes around it do not affect it. */
  readonly replace: string;
  readonly by: string;
}

/** A mistake that a developer might make, planted by replacing a piece of the source. */
export interface PlantedBug extends Piece {
  readonly name: string;
  /** Other pieces of the same mistake. */
  readonly also?: readonly Piece[];
  /** The kind of worlds that have to catch it; those of the logs if none is named. */
  readonly world?: 'content' | 'mirror';
  /** The first world that catches it. */
  readonly caughtBy: number;
  /** Its consequence for users of the collector. */
  readonly harm: string;
}

export const PLANTED_BUGS: readonly PlantedBug[] = [
  {
    name: 'rows are counted as a set',
    file: 'shared/collect/listing/listing-tally.ts',
    replace: 'return Math.max(this.#delivered(digest), this.#handedOut.get(digest) ?? 0);',
    by: 'return this.#delivered(digest) + (this.#handedOut.get(digest) ?? 0) > 0 ? Infinity : 0;',
    caughtBy: 1,
    harm: 'true twins are lost',
  },
  {
    name: 'the sum over pages is proof',
    file: 'shared/collect/collect-slice.ts',
    replace: 'if (complete && before?.lastWhole?.order === tally.order)',
    by: 'if (complete)',
    caughtBy: 12,
    harm: 'a row that slid over a page edge is delivered twice',
  },
  {
    name: 'the earlier order is read after the listing',
    file: 'shared/collect/collect-slice.ts',
    replace: 'if (complete && before?.lastWhole?.order === tally.order)',
    by: 'if (complete && (await readSliceState(store, slice))?.lastWhole?.order === tally.order)',
    caughtBy: 525,
    harm: 'two concurrent listings confirm each other, and a row is delivered twice',
  },
  {
    name: 'a whole listing stops like a tip',
    file: 'shared/collect/collect-slice.ts',
    replace: "if (listing === 'tip' && fresh.length === 0 && page.rows.length > 0) break;",
    by: 'if (fresh.length === 0 && page.rows.length > 0) { complete = true; break; }',
    caughtBy: 3,
    harm: 'late rows further down are never seen, and the day closes',
  },
  {
    name: 'the manifest is trusted over the log',
    file: 'shared/collect/log/manifest.ts',
    replace: "if (seal !== hash('sha256', sealed, 'hex')) return [];",
    by: "if (seal === '') return [];",
    caughtBy: 39,
    harm: 'a damaged cache causes rows to be delivered twice',
  },
  {
    name: "the rows of another collector's object are repeated after a conflict",
    file: 'shared/collect/log/slice-log.ts',
    replace: '.filter(({ digest, occurrence }) => occurrence >= this.delivered(digest))',
    by: '',
    caughtBy: 7,
    harm: 'two collectors at once deliver each row twice',
  },
  {
    name: 'a put that was refused is tried under the next number',
    file: 'shared/collect/log/slice-log.ts',
    replace: 'await this.#catchUp();',
    by: "this.#apply(this.#logged(sequence, '', [], commitTime));",
    caughtBy: 7,
    harm: 'two collectors at once deliver each row twice',
  },
  {
    name: 'projections are written before the commit',
    file: 'shared/collect/log/delivery.ts',
    replace: 'const committed = await this.#log.append(rows, () => this.#clock.now());',
    by:
      'const commitTime = new Date(Math.floor(this.#clock.now().getTime() / 1000) * 1000);' +
      'if (rows.length > 0) await project(this.#store, this.#log.slice, { sequence: this.#log.objects.length, commitTime, bytes: 0, rows: rows.map((row) => ({ ...row, json: JSON.stringify(row.row) })) }, this.#mapping);' +
      'const committed = await this.#log.append(rows, () => commitTime);',
    caughtBy: 1,
    harm: 'events are announced that the log does not have',
  },
  {
    name: 'missing projections are not repaired',
    file: 'shared/collect/log/delivery.ts',
    replace: 'this.objects += await projectMissing(this.#store, this.#log, this.#mapping);',
    by: 'await Promise.resolve(projectMissing);',
    caughtBy: 2,
    harm: 'what a killed run committed never reaches a reader',
  },
  {
    name: 'a first page is known by its newest row',
    file: 'shared/collect/listing/listing-tally.ts',
    replace: "hash('sha256', textOf(rows), 'hex');",
    by: "hash('sha256', textOf(rows.slice(0, 1)), 'hex');",
    caughtBy: 55,
    harm: 'late rows just below it wait for the next whole listing',
  },
  {
    name: 'the occurrence begins anew in each object',
    file: 'shared/collect/log/slice-log.ts',
    replace: 'of this.#objects.slice(0, sequence)) counts',
    by: 'of this.#objects.slice(0, 0)) counts',
    caughtBy: 1,
    harm: 'two events have one id, and a reader drops one',
  },
  {
    name: 'the watermark does not wait for closing',
    file: 'shared/collect/ledger/watermark.ts',
    replace: 'state?.ledger !== undefined && state.rows <= state.ledger.rows;',
    by: 'state?.lastWhole !== undefined;',
    caughtBy: 1,
    harm: 'days are called complete that may still get rows',
  },
  {
    name: 'late rows are not announced',
    file: 'shared/collect/ledger/close-days.ts',
    replace: 'const late = before ? rows - before.rows : 0;',
    by: 'const late = before ? 0 : 0;',
    caughtBy: 5,
    harm: 'operators are not notified that a closed day has changed',
  },
  {
    name: 'the budget is not shared between runs',
    file: 'shared/collect/state/daily-budget.ts',
    replace: 'used = usedOn(day, state);',
    by: 'used = this.#recorded;',
    caughtBy: 2,
    harm: "the account's other apps have no requests left",
  },
  {
    name: 'requests are recorded after they are made',
    file: 'shared/collect/state/daily-budget.ts',
    replace: 'await (this.#reserving ??= ',
    by: 'return; await (this.#reserving ??= ',
    caughtBy: 1,
    harm: 'two runs at once make more requests than the day has',
  },
  {
    name: 'a run does not give back what it reserved',
    file: 'shared/collect/state/daily-budget.ts',
    replace: 'day === this.#day && !mayBeWritten ? unmade : 0;',
    by: 'mayBeWritten ? unmade : 0;',
    caughtBy: 1,
    harm: 'days end early, with requests left that no run may make',
  },
  {
    name: 'a run reserves all that is left of the day',
    file: 'shared/collect/state/daily-budget.ts',
    replace: 'Math.min(RESERVED_AT_MOST, Math.ceil(left * RESERVED_SHARE));',
    by: 'left;',
    caughtBy: 1,
    harm: 'nothing is collected until midnight after a run was killed',
  },
  {
    name: 'the limit of Zoom is not checked after a wait for the budget',
    file: 'shared/collect/state/daily-budget.ts',
    replace: '      assertWanted();',
    by: '',
    caughtBy: 33,
    harm: 'Zoom gets a request right after it reported that the quota is used up',
  },
  {
    name: 'a listing does not check the budget between pages',
    file: 'shared/zoom/zoom-client.ts',
    replace: 'await beforeRequest?.(assertWanted);',
    by: 'void beforeRequest?.(assertWanted).catch(() => undefined);',
    caughtBy: 1,
    harm: 'one long day uses up what all others need',
  },
  {
    name: 'a back-fill does not yield',
    file: 'shared/collect/plan.ts',
    replace: "purpose === 'confirm' || purpose === 'catch-up';",
    by: "purpose === 'confirm';",
    caughtBy: 1,
    harm: 'the newest rows wait for half a year of old ones',
  },
  {
    name: "Zoom's date for the end of a limit is ignored",
    file: 'shared/collect/run-collection.ts',
    replace: 'if (budget.parkedUntil) throw rateLimitedUntilError(budget.parkedUntil);',
    by: 'void rateLimitedUntilError;',
    caughtBy: 2,
    harm: 'requests to Zoom continue all day, and Zoom disables the app',
  },
  {
    name: 'a renewed token is used before it is stored',
    file: 'shared/zoom/authorized-grant.ts',
    replace: 'if (await this.#persist(renewed, version)) return',
    by: 'void this.#persist(renewed, version).catch(() => false); return',
    caughtBy: 3,
    harm: 'a kill loses the only valid authorization',
  },
  {
    name: 'the error for a refused grant contains its token',
    file: 'shared/zoom/authorized-grant.ts',
    replace: "throw toError('grant-dead', refresh.failure, SUBJECT, this.#retryContext.knownSecrets);",
    by: "throw toError('grant-dead', refresh.failure, { what: `a token for ${grant.refreshToken}` }, this.#retryContext.knownSecrets);",
    caughtBy: 3,
    harm: 'a secret is in logs, records and alarms',
  },
  {
    name: 'an alarm that is suppressed is reported as over',
    file: 'shared/monitor/alarm-transitions.ts',
    replace: "if (finding === 'suppressed') return undefined;",
    by: '',
    caughtBy: 81,
    harm: 'on-call is notified of its end, and then a second time of its start',
  },
  {
    name: 'an alarm is set by its stored state',
    file: 'shared/monitor/alarm-transitions.ts',
    replace: "(actual.state === record.state && change !== 'reword')) return;",
    by: 'change === undefined) return;',
    caughtBy: 3,
    harm: 'an alarm that a deployment created again stays off while it should be on',
  },
];
