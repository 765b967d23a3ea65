import { readLedger } from '../../shared/collect/ledger/ledger.ts';
import { readSliceFiles } from '../../shared/content/slice-files.ts';
import { FolderStore } from '../../shared/local/folder-store.ts';
import { addDays, dayOf, daysBetween } from '../../shared/model/day.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import { generateContentCompany, startSimulator } from '../../simulator/index.ts';
import { createSeededRandom } from '../../simulator/seeded-random.ts';
import { startCollector } from './collector-process.ts';

/** Every fault of Zoom's that a complete collection must survive. One that exchanges bytes of a text file cannot be noticed. */
const FAULTS = [
  'file-html-200',
  'file-json-200',
  'file-no-length',
  'file-connection-close',
  'file-cut',
  'file-range-ignored',
  'file-no-etag',
  'signed-url-expired',
  'second-hop-token-refused',
  'second-hop-token-required',
  'file-host-error',
  'file-host-429',
  'list-ends-early',
  'total-missing',
  'page-shift',
  'recording-left-out/total-kept',
  'file-listed-twice',
  'wrong-file-size',
  'recording-processing',
  'recording-missing',
] as const;

/** Faults that can strike one request: so many of the list, on average. */
const FAULTS_PER_REQUEST = 5;

/** A collector has so many transfers in progress when it is killed. */
const TRANSFERS = 4;

export interface CompanyOptions {
  readonly seed: number;
  readonly people: number;
  readonly meetings: number;
  readonly files: number;
  /** The share of requests that meet a fault. */
  readonly faultRate: number;
  readonly collectors: number;
  readonly kills: number;
  readonly out: string;
}

/** What a company's collection came to, compared with the truth. */
export interface CompanyResult {
  readonly versions: number;
  readonly held: number;
  /** True versions that are not held, and held ones that are not true. */
  readonly missing: readonly string[];
  readonly invented: readonly string[];
  /** Versions whose bytes are stored under more than one key. */
  readonly storedTwice: number;
  /** Days whose ledger entry is not what the truth is. */
  readonly wrongDays: readonly string[];
  readonly closedDays: number;
  readonly kills: number;
  /** Versions that were sent whole more than once, and those of them that the kills explain at most. */
  readonly sentAgain: number;
  readonly explainedByKills: number;
  readonly seconds: number;
}

/** Lets several collectors collect a company at once, kills them at random times, and compares what is held with the truth. */
export const collectCompany = async (options: CompanyOptions): Promise<CompanyResult> => {
  const to = addDays(dayOf(systemClock.now()), -5);
  const from = addDays(to, -27);
  const { seed, faultRate, out } = options;
  const company = generateContentCompany({ ...options, from, to });
  const rate = faultRate / FAULTS_PER_REQUEST;
  const simulator = await startSimulator({
    seed,
    accounts: [{ content: company }],
    faults: FAULTS.map((name) => `${name}=${rate.toFixed(4)}`),
  });
  const chance = createSeededRandom(seed, 'kills');
  const startedAt = performance.now();
  const never = new AbortController().signal;
  let kills = 0;
  const collect = async (): Promise<void> => {
    for (;;) {
      const collector = startCollector(simulator, { out, from, to });
      if (kills < options.kills) {
        kills += 1;
        await Promise.race([collector.ended, systemClock.sleep(chance.integer(1500, 5500), never)]);
        collector.kill();
      }
      if ((await collector.ended).code === 0) return;
    }
  };
  await Promise.all(Array.from({ length: options.collectors }, collect));

  const truth = simulator.content().truth();
  const store = await FolderStore.openExisting(out);
  const held = new Map<string, number>();
  const wrongDays: string[] = [];
  let closedDays = 0;
  const trueKeys = new Map<string, string>();
  for (const file of truth.files) {
    const key = `${file.startDay} ${file.uuid} ${await file.sha256()}`;
    trueKeys.set(key, `${key} ${file.fileType}`);
  }
  for (const day of daysBetween(from, to)) {
    const slice = { source: 'acme', stream: 'recording', day } as const;
    const { items } = await readSliceFiles(store, slice);
    for (const { versions } of items.values()) {
      for (const { file, held: line } of versions) {
        if (line?.state !== 'held') continue;
        const key = `${day} ${file.uuid} ${line.sha256}`;
        held.set(key, (held.get(key) ?? 0) + 1);
      }
    }
    const entry = (await readLedger(store, slice)).at(-1)?.entry;
    if (entry) closedDays += 1;
    const expected = truth.files.filter((file) => file.startDay === day);
    const is = `${entry?.content?.held ?? 0} files, ${entry?.content?.bytes ?? 0} bytes`;
    const should = `${expected.length} files, ${sumOf(expected.map(({ bytes }) => bytes))} bytes`;
    if (is !== should) wrongDays.push(`${day}: ${is} instead of ${should}`);
  }
  const sentAgain = simulator
    .content()
    .downloads()
    .filter(({ whole }) => whole > 1).length;
  await simulator.close();
  return {
    versions: trueKeys.size,
    held: held.size,
    missing: [...trueKeys].filter(([key]) => !held.has(key)).map(([, text]) => text),
    invented: [...held.keys()].filter((key) => !trueKeys.has(key)),
    storedTwice: [...held.values()].filter((count) => count > 1).length,
    wrongDays,
    closedDays,
    kills,
    sentAgain,
    explainedByKills: kills * TRANSFERS,
    seconds: (performance.now() - startedAt) / 1000,
  };
};

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
