import { expect, it } from '@jest/globals';
import { ENVIRONMENT } from '../../shared/contract/environment.ts';
import { aBucket, aBucketStore } from '../emulator/aws.ts';
import { describeWithEmulator } from '../emulator/describe-with-emulator.ts';
import { closedCompany } from '../support/fixtures/closed-company.ts';
import { aSchedule } from './events.ts';
import { invoke } from './invoke.ts';

const SOURCE = 'quillmere';

describeWithEmulator('the compactor function', (emulator) => {
  const aDeployed = async () => {
    const aws = emulator();
    const bucket = await aBucket(aws);
    const store = await aBucketStore(aws, { bucket });
    await closedCompany(store, 120);
    const environment = {
      ...aws.environment,
      [ENVIRONMENT.sources]: JSON.stringify([{ name: SOURCE, auth: 'oauth' }]),
      [ENVIRONMENT.bucket]: bucket,
    };
    return { store, environment };
  };

  it('compacts closed days on its schedule, once, and logs source, stream and day', async () => {
    const { store, environment } = await aDeployed();

    const { results, lines } = await invoke('compactor', environment, [aSchedule(), aSchedule()], 900_000);

    expect(results.map(({ value }) => value)).toMatchObject([
      { written: 6, left: 0, remaining: 0 },
      { written: 0, left: 0, remaining: 0 },
    ]);
    expect(await store.list('curated/')).toHaveLength(6);
    expect(lines.filter(({ message }) => message === 'day compacted')).toContainEqual(
      expect.objectContaining({ source: SOURCE, stream: 'operation', day: '2026-11-17' }),
    );
  });

  it('fails for a day whose objects differ from its ledger, after compacting the others', async () => {
    const { store, environment } = await aDeployed();
    const [damaged] = await store.list('flat/operation/source=quillmere/dt=2026-11-17/');
    await store.replace(damaged?.key ?? '', Buffer.from('nothing'));

    const { results, lines } = await invoke('compactor', environment, [aSchedule()], 900_000);

    expect(results).toEqual([
      {
        error: {
          name: 'Error',
          message: expect.stringMatching(
            /^quillmere operation 2026-11-17 could not be compacted: flat\//,
          ) as unknown,
        },
      },
    ]);
    expect(await store.list('curated/')).toHaveLength(5);
    expect(lines.find(({ message }) => message === 'day left')).toMatchObject({
      level: 'ERROR',
      reason: 'damaged',
    });
  });

  it('ends in time, and leaves the rest to the next run', async () => {
    const { store, environment } = await aDeployed();

    const { results } = await invoke('compactor', environment, [aSchedule()], 1000);

    expect(results.map(({ value }) => value)).toMatchObject([{ written: 0, remaining: 8 }]);
    expect(await store.list('curated/')).toEqual([]);
  });

  it('reports what is missing in its environment', async () => {
    await expect(invoke('compactor', {}, [aSchedule()])).rejects.toThrow(/SOURCES: .*\n.*BUCKET: /);
  });
});
