import { hash } from 'node:crypto';
import { createArchive } from '../../../shared/app/archive.ts';
import { type ContentReport, collectContent } from '../../../shared/content/collect-content.ts';
import {
  planMirror,
  recordHold,
  recordHoldRelease,
  recordMode,
  releaseBrake,
} from '../../../shared/app/mirror.ts';
import { storedFiles } from '../../../shared/app/content-archive.ts';
import { AccountCredentials } from '../../../shared/zoom/account-credentials.ts';
import { systemClock } from '../../../shared/runtime/clock.ts';
import type { ZoomRequest } from '../../../shared/zoom/http-transport.ts';
import { KnownSecrets } from '../../../shared/zoom/known-secrets.ts';
import { Pacer } from '../../../shared/zoom/pacer.ts';
import { ZoomClient } from '../../../shared/zoom/zoom-client.ts';
import { ZoomContent } from '../../../shared/zoom/zoom-content.ts';
import { CONTENT_TYPES } from '../../../shared/model/content-config.ts';
import { addDays, type Day, dayOf } from '../../../shared/model/day.ts';
import { toCall } from '../../../simulator/call.ts';
import { createClock } from '../../../simulator/clock.ts';
import type { ContentControl } from '../../../simulator/content/content-control.ts';
import { SimulatorOptionsSchema } from '../../../simulator/options.ts';
import { createZoom, type Zoom } from '../../../simulator/zoom.ts';
import { ListedDownloads } from '../../support/doubles/listed-content.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';
import { APP } from '../collector.ts';
import { InvariantViolation } from '../invariants/invariant-violation.ts';
import type { Fortune } from '../run-world.ts';
import { ACCOUNT_ID, CLIENT_SECRET, ORIGIN, received } from '../simulated-zoom.ts';
import { MEETING_DAYS } from './draw-mirror-plan.ts';
import { type Expected, MirrorOracle } from './mirror-oracle.ts';
import type { MirrorChange, MirrorRun, MirrorWorldPlan, OperatorAct } from './mirror-plan.ts';

const SOURCE = 'acme';

/** A run that does not list all days lists so many. */
const LAST_DAYS = 4;

const REQUESTS_PER_SECOND = 1000;

/** The unit after which the lists of the first host were read, and those of the others not: four are read at a time. */
const UNITS_OF_FIRST_HOST = 5;

/** Runs a world with a mirror: the collector, the simulated Zoom, and an oracle that says after each run what is right. */
export const runMirrorWorld = async (plan: MirrorWorldPlan): Promise<Fortune> => {
  const recent: string[] = [];
  try {
    await new MirrorWorld(plan, (line) => recent.push(line)).live();
    return { trace: hash('sha256', recent.join('\n'), 'hex'), steps: recent.length };
  } catch (error) {
    const isBroken = error instanceof InvariantViolation;
    const broken = {
      invariant: isBroken ? error.invariant : 'no-surprise',
      detail: isBroken ? error.message : String(error instanceof Error ? error.stack : error),
      recent: recent.slice(-30),
    };
    return { trace: '', steps: recent.length, broken };
  }
};

class MirrorWorld {
  readonly #plan: MirrorWorldPlan;
  readonly #note: (line: string) => void;
  readonly #oracle: MirrorOracle;
  readonly #store = new MemoryStore();
  readonly #clock;
  readonly #zoom: Zoom;
  readonly #control: ContentControl;
  /** The stored files, with the version of each, as of the last run. */
  #files = new Map<string, string>();
  #unlisted = new Set<string>();

  constructor(plan: MirrorWorldPlan, note: (line: string) => void) {
    this.#plan = plan;
    this.#note = note;
    this.#clock = createClock(new Date(plan.start), 0);
    const { people, meetings, seed } = plan;
    const content = { people: [...people], meetings: [...meetings] };
    const options = { seed, accounts: [{ clientSecret: CLIENT_SECRET, content }] };
    this.#zoom = createZoom(SimulatorOptionsSchema.parse(options), this.#clock, () => ORIGIN);
    const [account] = this.#zoom.accounts;
    if (!account) throw new RangeError('Zoom has no account.');
    this.#control = this.#zoom.content.control(account);
    const emails = new Map(people.map(({ id, email }) => [id, email]));
    this.#oracle = new MirrorOracle(plan.rules, (host) => emails.get(host) ?? '');
  }

  async live(): Promise<void> {
    await recordMode(this.#store, this.#operator(), await this.#planIn('mirror'));
    for (const [index, run] of this.#plan.runs.entries()) {
      this.#clock.set(new Date(this.#plan.start + run.at));
      for (const act of this.#plan.acts) if (act.beforeRun === index) await this.#act(act);
      for (const change of this.#plan.changes) if (change.beforeRun === index) this.#change(change);
      await this.#run(index, run);
    }
    const { differences } = await createArchive(this.#store).verify({
      readsFiles: true,
      signal: new AbortController().signal,
    });
    if (differences.length > 0) throw new InvariantViolation('verifies', JSON.stringify(differences[0]));
  }

  async #run(index: number, run: MirrorRun): Promise<void> {
    const during = this.#plan.changes.filter(
      (change) => change.beforeRun === index && change.kind === 'transfer-while-listed',
    );
    this.#unlisted = new Set();
    const from = this.#firstDay(run);
    const report = await this.#collect(from, (done) => {
      if (done !== UNITS_OF_FIRST_HOST) return;
      for (const change of during) this.#transfer(change);
    });
    const [problem] = report.problems;
    if (problem) throw new InvariantViolation('runs-succeed', `run ${index}: ${JSON.stringify(problem)}`);
    const expected = this.#oracle.run({
      at: this.#plan.start + run.at,
      lists: (day) => day >= from,
      truth: this.#control.truth(),
      unlisted: this.#unlisted,
    });
    await this.#compare(index, report, expected);
    await this.#assertNothingIsGone(index);
  }

  #firstDay({ listsAll }: MirrorRun): Day {
    const start = dayOf(new Date(this.#plan.start));
    return addDays(start, -(listsAll ? MEETING_DAYS + 1 : LAST_DAYS));
  }

  #collect(from: Day, unitListed: (done: number) => void): Promise<ContentReport> {
    const clock = {
      now: () => this.#clock.now(),
      // Nothing takes time within a run. Claims are renewed by a timer that the end of the transfer stops.
      sleep: (ms: number, signal: AbortSignal) =>
        ms < 1000 ? Promise.resolve() : systemClock.sleep(ms, signal),
    };
    const retryContext = {
      clock,
      random: () => 0.5,
      pacer: new Pacer(clock, REQUESTS_PER_SECOND),
      knownSecrets: new KnownSecrets(),
    };
    const transport = (request: ZoomRequest) =>
      Promise.resolve(received(this.#zoom.respond(toCall({ ...request, body: request.body ?? '' }))));
    const tokens = new AccountCredentials(transport, retryContext, APP, ACCOUNT_ID);
    const client = new ZoomClient(transport, tokens, retryContext, undefined);
    const to = dayOf(new Date(this.#plan.start));
    return collectContent(
      {
        source: SOURCE,
        accountId: ACCOUNT_ID,
        store: this.#store,
        listings: new ZoomContent(client),
        downloads: new ListedDownloads(),
        clock,
        random: () => 0.5,
        owner: 'collector',
        beforeRequest: () => undefined,
        choice: {
          types: CONTENT_TYPES.filter((type) => type !== 'messages' && type !== 'meetings'),
          people: { include: 'all', exclude: [], future: true },
          mode: this.#oracle.mode,
          mirror: this.#plan.rules,
        },
        observer: { unitsListed: (_stream, done) => unitListed(done) },
      },
      { streams: ['person', 'recording'], from, to },
      new AbortController().signal,
    );
  }

  async #compare(index: number, report: ContentReport, expected: Expected): Promise<void> {
    const ids = { gone: new Set<string>(), hidden: new Set<string>() };
    for await (const file of storedFiles(this.#store, { sources: [SOURCE] })) {
      const id = file.fileId ?? '';
      if (file.gone) ids.gone.add(id);
      if (file.hidden) ids.hidden.add(id);
    }
    const { state } = report.mirror;
    const found: Expected = {
      gone: [...ids.gone].sort(),
      hidden: [...ids.hidden].sort(),
      braked: (await this.#brakedNow(report)).sort(),
      kept: Object.values(state?.kept ?? {}).reduce((sum, count) => sum + count, 0),
    };
    this.#note(`run ${index}: ${JSON.stringify(found)}`);
    for (const name of ['gone', 'hidden', 'braked', 'kept'] as const) {
      const [is, shouldBe] = [JSON.stringify(found[name]), JSON.stringify(expected[name])];
      if (is === shouldBe) continue;
      throw new InvariantViolation(`${name}-as-expected`, `run ${index}: ${name} is ${is}, not ${shouldBe}`);
    }
  }

  /** The ids of the files that the brake names after a run. */
  async #brakedNow({ mirror }: ContentReport): Promise<string[]> {
    if (!mirror.state?.brake) return [];
    const { brake } = await planMirror(this.#store, SOURCE, this.#plan.rules, this.#clock.now());
    return brake?.items.map(({ file }) => file.fileId ?? '') ?? [];
  }

  /** Every file that was ever stored is there, unchanged. */
  async #assertNothingIsGone(index: number): Promise<void> {
    const now = new Map((await this.#store.list('files/')).map(({ key, version }) => [key, version]));
    for (const [key, version] of this.#files) {
      if (now.get(key) === version) continue;
      throw new InvariantViolation('nothing-held-is-removed', `run ${index}: ${key} was removed or changed`);
    }
    this.#files = now;
  }

  #change(change: MirrorChange): void {
    this.#note(JSON.stringify(change));
    const control = this.#control;
    switch (change.kind) {
      case 'trash':
        control.trash(change.uuid, change.file);
        break;
      case 'purge':
        control.purge(change.uuid, change.file);
        break;
      case 'recover':
        if (!this.#isHostDeleted(change.uuid)) control.recover(change.uuid, change.file);
        break;
      case 'delete':
        if (!this.#isDeleted(change.person)) control.deletePerson(change.person, change.recordings);
        break;
      case 'transfer-while-listed':
        break;
    }
  }

  /** The recordings of a person go to one whose lists were read before. */
  #transfer(change: MirrorChange): void {
    if (change.kind !== 'transfer-while-listed' || this.#isDeleted(change.person)) return;
    this.#control.deletePerson(change.person, { transferTo: change.to });
    this.#unlisted.add(change.person);
  }

  #isDeleted(person: string): boolean {
    const { people } = this.#control.truth();
    return people.some(({ id, status }) => id === person && status === 'deleted');
  }

  #isHostDeleted(uuid: string): boolean {
    const { meetings } = this.#control.truth();
    return this.#isDeleted(meetings.find((meeting) => meeting.uuid === uuid)?.hostId ?? '');
  }

  async #act(act: OperatorAct): Promise<void> {
    this.#note(JSON.stringify(act));
    const { actor, at } = this.#operator();
    const common = { at: at.toISOString(), by: actor.name };
    switch (act.kind) {
      case 'hold': {
        const { name, people, from, to } = act;
        const range = { ...(from && { from: from as Day }), ...(to && { to: to as Day }) };
        const who = people === 'all' ? people : [...people];
        await recordHold(this.#store, { ...common, name, people: who, ...range }, actor, [SOURCE]);
        this.#oracle.holds.set(name, act);
        break;
      }
      case 'end-hold':
        if (!this.#oracle.holds.delete(act.name)) break;
        await recordHoldRelease(this.#store, { ...common, name: act.name }, actor, [SOURCE]);
        break;
      case 'release': {
        const { brake } = await this.#planIn(undefined);
        if (brake) await releaseBrake(this.#store, this.#operator(), brake);
        if (brake) this.#oracle.release(false);
        break;
      }
      case 'mode':
        await recordMode(this.#store, this.#operator(), await this.#planIn(act.mode));
        this.#oracle.mode = act.mode;
        if (act.mode === 'mirror') this.#oracle.release(true);
        break;
    }
  }

  #planIn(mode: 'archive' | 'mirror' | undefined): ReturnType<typeof planMirror> {
    return planMirror(this.#store, SOURCE, this.#plan.rules, this.#clock.now(), mode);
  }

  #operator() {
    return {
      source: SOURCE,
      actor: { kind: 'operator', name: 'ines' } as const,
      at: this.#clock.now(),
    };
  }
}
