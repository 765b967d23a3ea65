import { addDays, dayOf } from '../../shared/model/day.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import { generateCompany, type SimulatedRow, startSimulator } from '../../simulator/index.ts';
import { spawnConnect } from '../deployed/connect-command.ts';
import { deploySources } from '../deployed/deployed-stack.ts';
import { aBucketStore } from '../emulator/aws.ts';
import { type Emulator, startMinistack } from '../emulator/ministack.ts';
import { zoomLogSource } from '../support/command.ts';
import { linesUnder } from '../support/delivered.ts';

const SOURCE = 'quillmere';
const SEED = 20_261;
/** So often the days are collected, with as many rows more each time: a slice has several objects. */
const PARTS = 3;

export interface DeployedDemo {
  readonly emulator: Emulator;
  /** The queue that flat objects are announced to. */
  readonly queueUrl: string;
  /** The ids of all flat events in the bucket. */
  readonly eventIds: readonly string[];
  readonly objects: number;
  close(): Promise<void>;
}

/** The real stack on an emulator, and the days of the demo's company brought into it by the real poller, part by part. */
export const deployDemo = async (say: (line: string) => void): Promise<DeployedDemo> => {
  const emulator = await startMinistack();
  const simulator = await startSimulator({ seed: SEED, paging: 'live' });
  const close = async (): Promise<void> => {
    await simulator.close();
    await emulator.stop();
  };
  try {
    const today = dayOf(systemClock.now());
    const company = { from: addDays(today, -3), to: addDays(today, -1), rowsPerDay: 700 };
    const rows = [
      ...generateCompany({ seed: SEED, ...company, twinShare: 0.03, lateness: 'none' }),
    ] satisfies SimulatedRow[];

    const auth = { auth: 'server-to-server', host: simulator.url, requestsPerSecond: 40, pollMinutes: 60 };
    const { sourcesFile, outputs, seconds } = await deploySources(emulator, {
      sources: [{ name: SOURCE, ...auth, lookbackDays: 3, backfillDays: 0 }],
    });
    say(`Deployed the stack in ${seconds.toFixed(0)} s.`);
    const connected = await spawnConnect(SOURCE, sourcesFile, { ...emulator.environment }).finished;
    if (connected.code !== 0) throw new Error(connected.stdout + connected.stderr);

    const days = ['--from', company.from, '--to', company.to, '--wait', '--config', sourcesFile];
    for (let part = 0; part < PARTS; part += 1) {
      simulator.addRows(rows.filter((_, index) => index % PARTS === part));
      const collected = await zoomLogSource(['collect', '--deployed', '--source', SOURCE, ...days], {
        environment: emulator.environment,
      });
      if (collected.code !== 0) throw new Error(collected.stdout + collected.stderr);
    }

    const store = await aBucketStore(emulator, { bucket: outputs['Bucket'] ?? '' });
    const events = (await linesUnder(store, 'flat/')) as { event_id: string }[];
    const objects = (await store.list('flat/')).length;
    say(`Zoom lists ${rows.length} rows; ${events.length} events were delivered, in ${objects} objects.`);
    return {
      emulator,
      queueUrl: outputs['ObjectsQueue'] ?? '',
      eventIds: events.map(({ event_id }) => event_id),
      objects,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};
