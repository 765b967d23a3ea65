import { afterEach, expect, it } from '@jest/globals';
import { openCustody, readCustody } from '../../shared/content/custody-row.ts';
import { FolderStore } from '../../shared/local/folder-store.ts';
import { type Simulator, startSimulator } from '../../simulator/index.ts';
import { day } from '../support/builders/collector.ts';
import { collectContentFrom, SPEED } from '../support/content-collection.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DAY = '2026-11-18';

const simulators: Simulator[] = [];

afterEach(async () => {
  await Promise.all(simulators.splice(0).map((simulator) => simulator.close()));
});

it('a version that replaces another one before it is fetched is sent once', async () => {
  const simulator = await startSimulator({
    now: '2026-11-24T12:00:00Z',
    speed: SPEED,
    accounts: [{ content: { people: [{ id: 'h', email: 'h@example.com', firstName: 'H', lastName: 'O' }] } }],
  });
  simulators.push(simulator);
  const content = simulator.content();
  const uuid = content.addMeeting({
    hostId: 'h',
    topic: 'Cut again',
    start: `${DAY}T09:00:00Z`,
    minutes: 30,
    files: [{ id: 'video', fileType: 'MP4', bytes: 6_000_000, seed: 1 }],
  });
  const out = temporaryFolder();
  const cutAgain = (): void => content.recut(uuid, 'video', { bytes: 5_000_000, seed: 2 });

  const { files } = await collectContentFrom(simulator, {
    ...{ out, from: DAY, to: DAY },
    observer: { filesFound: cutAgain },
  });

  expect(files).toMatchObject({ held: 1, bytes: 5_000_000, failed: [] });
  expect(content.downloads().map(({ requests, whole }) => ({ requests, whole }))).toEqual([
    { requests: 1, whole: 1 },
  ]);
  const slice = { source: 'acme', stream: 'recording', day: day(DAY) } as const;
  const rows = await readCustody(await openCustody(await FolderStore.openExisting(out), slice));
  expect(rows).toMatchObject([
    { state: 'failed', reason: 'replaced', final: true, requests: 0 },
    { state: 'held', requests: 1, bytes: 5_000_000, sha256: await content.truth().files.at(-1)?.sha256() },
  ]);
});
