import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createArchive, isNote } from '../../shared/app/archive.ts';
import { readLedger } from '../../shared/collect/ledger/ledger.ts';
import { memberTime } from '../../shared/collect/log/gzip-lines.ts';
import { FolderStore } from '../../shared/local/folder-store.ts';
import { OWNER_ONLY } from '../../shared/local/own-folders.ts';
import type { Day } from '../../shared/model/day.ts';
import { type Simulator, startSimulator } from '../../simulator/index.ts';
import { zoomLogSource } from '../support/command.ts';
import { collectContentFrom, SPEED } from '../support/content-collection.ts';
import { fileActivityProblems } from '../support/ocsf-schema.ts';
import { pack } from '../support/tampering.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DAY = '2026-11-18' as Day;
const SLICE = { source: 'acme', stream: 'recording', day: DAY } as const;

let simulator: Simulator;
const out = join(temporaryFolder(), 'out');

const collect = () => collectContentFrom(simulator, { out, from: DAY, to: DAY });

/** A recording that is cut again, trashed and recovered, each between two collections, until its day has closed. */
beforeAll(async () => {
  simulator = await startSimulator({
    now: '2026-11-19T12:00:00Z',
    speed: SPEED,
    accounts: [{ content: { people: [{ id: 'h', email: 'h@example.com', firstName: 'H', lastName: 'O' }] } }],
  });
  const content = simulator.content();
  const uuid = content.addMeeting({
    hostId: 'h',
    topic: 'Evidence',
    start: `${DAY}T09:00:00Z`,
    minutes: 30,
    files: [{ id: 'video', fileType: 'MP4', bytes: 30_000, seed: 1 }],
  });
  await collect();
  content.recut(uuid, 'video', { bytes: 20_000, seed: 2 });
  simulator.clock.set('2026-11-20T12:00:00Z');
  await collect();
  content.trash(uuid);
  simulator.clock.set('2026-11-21T12:00:00Z');
  await collect();
  content.recover(uuid);
  simulator.clock.set('2026-11-23T12:00:00Z');
  await collect();
}, 120_000);
afterAll(() => simulator.close());

const ocsfKeys = async (): Promise<string[]> =>
  (await (await FolderStore.openExisting(out)).list('ocsf/')).map(({ key }) => key);

const linesOf = (key: string): string[] =>
  gunzipSync(readFileSync(join(out, key)))
    .toString('utf8')
    .split('\n')
    .slice(0, -1);

/** The kind and the object of each difference. */
const verify = async (): Promise<string[]> => {
  const archive = createArchive(await FolderStore.openExisting(out, OWNER_ONLY));
  const { differences } = await archive.verify({ readsFiles: false, signal: new AbortController().signal });
  return differences.filter((one) => !isNote(one)).map(({ kind, key }) => `${kind} ${key}`);
};

/** Runs something while an object is another one, or missing, and restores it. */
const withObject = async <T>(key: string, bytes: Buffer | undefined, run: () => Promise<T>): Promise<T> => {
  const before = readFileSync(join(out, key));
  if (bytes) writeFileSync(join(out, key), bytes);
  else rmSync(join(out, key));
  try {
    return await run();
  } finally {
    writeFileSync(join(out, key), before);
  }
};

it('each change at Zoom is one valid event, in the order of the collections', async () => {
  const events = (await ocsfKeys()).flatMap(linesOf).map((line) => JSON.parse(line) as object);

  expect(events.flatMap(fileActivityProblems)).toEqual([]);
  expect(events).toMatchObject([
    { activity_name: 'Update', metadata: { event_code: 'replaced' }, file: { size: 30_000 } },
    {
      activity_name: 'Delete',
      metadata: { event_code: 'trashed' },
      time_dt: expect.stringMatching(/^2026-11-20T12:/),
    },
    { activity_name: 'Restore', metadata: { event_code: 'recovered' } },
  ]);
});

it('the ledger of the day names the events, and verification finds nothing', async () => {
  const entry = (await readLedger(await FolderStore.openExisting(out), SLICE)).at(-1)?.entry;

  expect(entry?.objects.map(({ key }) => key)).toEqual(expect.arrayContaining(await ocsfKeys()));
  expect(await verify()).toEqual([]);
});

it('verification names an object that is missing, changed or added', async () => {
  const [key = ''] = await ocsfKeys();
  const time = memberTime(readFileSync(join(out, key)));
  const edited = await pack(
    linesOf(key).map((line) => line.replace('Evidence', 'Nothing')),
    time,
  );
  const added = key.replace(/\d{6}\.json\.gz$/, '000000.json.gz');

  expect(await withObject(key, undefined, verify)).toEqual([`missing-projection ${key}`]);
  expect(await withObject(key, edited, verify)).toEqual([`line-changed ${key}`, `object-changed ${key}`]);
  writeFileSync(join(out, added), edited);
  expect(await verify()).toEqual([`foreign-object ${added}`]);
  rmSync(join(out, added));
});

it('an object that was removed is written again with the same bytes', async () => {
  const [key = ''] = await ocsfKeys();
  const before = readFileSync(join(out, key));
  rmSync(join(out, key));

  await collect();

  expect(readFileSync(join(out, key))).toEqual(before);
});

it('query and detect read the logs beside them', async () => {
  const queried = await zoomLogSource(
    ['query', 'SELECT count(*) AS events FROM zoom_ocsf', '--out', out, '--json'],
    {},
  );
  const detected = await zoomLogSource(['detect', '--out', out, '--json'], {});

  expect({ code: queried.code, stdout: queried.stdout }).toEqual({
    code: 0,
    stdout: expect.stringMatching(/"events":\s*0/),
  });
  expect(detected.stderr).not.toMatch(/failed unexpectedly|damaged/);
  expect(detected.code).toBe(0);
});
