import { afterEach, expect, it } from '@jest/globals';
import { openRows } from '../../shared/content/content-log.ts';
import { FolderStore } from '../../shared/local/folder-store.ts';
import { valueAt } from '../../shared/model/raw-row.ts';
import { type Simulator, startSimulator } from '../../simulator/index.ts';
import { day } from '../support/builders/collector.ts';
import { collectContentFrom, SPEED } from '../support/content-collection.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DAY = '2026-11-18';

const simulators: Simulator[] = [];

afterEach(async () => {
  await Promise.all(simulators.splice(0).map((simulator) => simulator.close()));
});

it('host by host, meetings with one participant are listed as well', async () => {
  const host = { id: 'h', email: 'h@example.com', firstName: 'H', lastName: 'O' };
  const simulator = await startSimulator({
    now: '2026-11-24T12:00:00Z',
    speed: SPEED,
    faults: ['scope-missing/400-4711@history-meetings'],
    accounts: [{ content: { people: [host] } }],
  });
  simulators.push(simulator);
  const ofHost = { name: 'H O', email: host.email, personId: host.id };
  for (const [topic, participants] of [
    ['Alone', [ofHost]],
    ['Together', [ofHost, { name: 'A guest' }]],
  ] as const) {
    simulator.content().addMeeting({
      ...{ hostId: 'h', topic, start: `${DAY}T09:00:00Z`, minutes: 30, files: [] },
      participants: [...participants],
    });
  }
  const out = temporaryFolder();

  const { problems } = await collectContentFrom(simulator, {
    ...{ out, from: DAY, to: DAY },
    streams: ['person', 'meeting'],
  });

  const log = await openRows(await FolderStore.openExisting(out), {
    ...{ source: 'acme', stream: 'meeting' as const, day: day(DAY) },
  });
  const listed = await Promise.all(log.objects.map(({ sequence }) => log.read(sequence)));
  const meetings = listed
    .flatMap(({ rows }) => rows.map(({ row }) => row))
    .filter((row) => valueAt(row, 'kind') === 'meeting')
    .map((row) => valueAt(row, 'row.topic'));
  expect(problems).toEqual([]);
  expect(meetings.sort()).toEqual(['Alone', 'Together']);
});
