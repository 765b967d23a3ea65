import { Command, InvalidArgumentError, Option } from 'commander';
import { DAY_MS } from '../shared/model/duration.ts';
import {
  checkFaultSpec,
  DEFAULT_ACCOUNT,
  generateCompany,
  type Lateness,
  loadRows,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../simulator/index.ts';
import { withChoices } from './choices.ts';
import type { CliContext } from './context.ts';
import { instantArgument } from './times.ts';

interface SimulatorFlags {
  readonly port: number;
  readonly seed: number;
  readonly now?: Date;
  readonly frozen?: true;
  readonly days?: number;
  readonly rowsPerDay: number;
  readonly rows: readonly string[];
  readonly paging: NonNullable<SimulatorOptions['paging']>;
  readonly order: NonNullable<SimulatorOptions['order']>;
  readonly faults: readonly string[];
  readonly inserts: number;
  readonly twins: number;
  readonly lateness: Lateness;
  readonly json?: true;
}

const DEFAULT_DAYS = 7;

const wholeNumber =
  (most: number) =>
  (text: string): number => {
    if (/^\d{1,15}$/.test(text) && Number(text) <= most) return Number(text);
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${most}.`);
  };

const share = (text: string): number => {
  if (/^(?:0|1|0?\.\d+)$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a number from 0 to 1, such as 0.1.');
};

const lateness = (text: string): Lateness => {
  const word = text.toLowerCase();
  if (word === 'none' || word === 'seconds') return word;
  const hours = /^(\d{1,3})h$/i.exec(text)?.[1];
  if (hours !== undefined) return { hours: Number(hours) };
  throw new InvalidArgumentError('It must be none, seconds, or hours such as 24h.');
};

const faultSpecs = (text: string, previous: readonly string[]): string[] => {
  const specs = text.split(',').map((spec) => spec.trim());
  for (const spec of specs) {
    try {
      checkFaultSpec(spec);
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message);
    }
  }
  return [...previous, ...specs];
};

/** `simulator`: runs a simulated Zoom until it is interrupted. */
export const simulatorCommand = ({ stdout, signal }: Pick<CliContext, 'stdout' | 'signal'>): Command =>
  new Command('simulator')
    .description('Run a simulated Zoom on this machine, with its own rows, faults and clock.')
    .option(
      '--port <port>',
      'Listen on this port of 127.0.0.1; 0 selects a free port',
      wholeNumber(65_535),
      0,
    )
    .option('--seed <number>', 'Generate rows and faults from this seed', wholeNumber(2 ** 31 - 1), 1)
    .option('--now <time>', "Start Zoom's clock at this time (default: now)", instantArgument)
    .option('--frozen', "Stop Zoom's clock")
    .option(
      '--days <count>',
      `Generate rows for this many days up to today (default: ${DEFAULT_DAYS}, 0 with --rows)`,
      wholeNumber(366),
    )
    .option(
      '--rows-per-day <count>',
      'Generate this many rows per working day, both reports together',
      wholeNumber(10_000_000),
      400,
    )
    .option(
      '--rows <file>',
      'Serve the rows of this JSON lines file; repeatable',
      (file, files: string[]) => [...files, file],
      [],
    )
    .addOption(
      withChoices(new Option('--paging <kind>', 'Set the behaviour of page tokens'), [
        'snapshot',
        'live',
      ]).default('snapshot'),
    )
    .addOption(
      withChoices(new Option('--order <order>', 'List rows in this order'), [
        'newest-first',
        'oldest-first',
        'shuffled',
      ]).default('newest-first'),
    )
    .option(
      '--faults <specs>',
      'Inject faults such as all=0.15 or cut-body,token-expired*3; repeatable',
      faultSpecs,
      [],
    )
    .option('--inserts <share>', 'Insert a row during a request with this probability', share, 0)
    .option('--twins <share>', 'Make this share of the rows exact copies', share, 0.01)
    .option(
      '--lateness <kind>',
      'Delay rows: none, seconds, or up to a number of hours (24h)',
      lateness,
      'seconds',
    )
    .option('--json', 'Print the addresses and credentials as JSON')
    .action(async (flags: SimulatorFlags, command: Command) => {
      const simulator = await started(flags).catch((error: unknown) =>
        command.error(`The simulator cannot start: ${(error as Error).message}`, { exitCode: 2 }),
      );
      try {
        stdout(`${announcement(simulator, flags.json ?? false)}\n`);
        await untilAborted(signal);
      } finally {
        await simulator.close();
      }
    });

const started = async (flags: SimulatorFlags): Promise<Simulator> => {
  const simulator = await startSimulator({
    port: flags.port,
    seed: flags.seed,
    speed: flags.frozen ? 0 : 1,
    order: flags.order,
    paging: flags.paging,
    insertsPerRequest: flags.inserts,
    faults: [...flags.faults],
    ...(flags.now && { now: flags.now }),
  });
  try {
    for (const file of flags.rows) simulator.addRows(loadRows(file));
    const days = flags.days ?? (flags.rows.length > 0 ? 0 : DEFAULT_DAYS);
    const today = simulator.clock.now();
    simulator.addRows(
      generateCompany({
        seed: flags.seed,
        from: new Date(today.getTime() - (days - 1) * DAY_MS).toISOString().slice(0, 10),
        to: today.toISOString().slice(0, 10),
        rowsPerDay: flags.rowsPerDay,
        twinShare: flags.twins,
        lateness: flags.lateness,
      }),
    );
  } catch (error) {
    await simulator.close();
    throw error;
  }
  return simulator;
};

const announcement = ({ url, apiUrl, oauthUrl }: Simulator, asJson: boolean): string => {
  const environment = {
    ZOOM_API_URL: apiUrl,
    ZOOM_OAUTH_URL: oauthUrl,
    ZOOM_ACCOUNT_ID: DEFAULT_ACCOUNT.accountId,
    ZOOM_CLIENT_ID: DEFAULT_ACCOUNT.clientId,
    ZOOM_CLIENT_SECRET: DEFAULT_ACCOUNT.clientSecret,
  };
  if (asJson) return JSON.stringify({ url, ...environment });
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return `Zoom simulator on ${url}: export ${variables.join(' ')}`;
};

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
