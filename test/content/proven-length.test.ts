import { afterEach, expect, it } from '@jest/globals';
import { type Simulator, startSimulator } from '../../simulator/index.ts';
import { collectContentFrom, SPEED } from '../support/content-collection.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DAY = '2026-11-18';
const BYTES = 150_000;

const simulators: Simulator[] = [];

afterEach(async () => {
  await Promise.all(simulators.splice(0).map((simulator) => simulator.close()));
});

/** One recording of one file. */
const startWithOneFile = async (): Promise<Simulator> => {
  const simulator = await startSimulator({
    now: '2026-11-24T12:00:00Z',
    speed: SPEED,
    accounts: [{ content: { people: [{ id: 'h', email: 'h@example.com', firstName: 'H', lastName: 'O' }] } }],
  });
  simulators.push(simulator);
  simulator.content().addMeeting({
    ...{ hostId: 'h', topic: 'One file', start: `${DAY}T09:00:00Z`, minutes: 30 },
    files: [{ id: 'video', fileType: 'MP4', bytes: BYTES, seed: 1 }],
  });
  return simulator;
};

const collect = (simulator: Simulator, out: string) =>
  collectContentFrom(simulator, { out, from: DAY, to: DAY });

const timesSentWhole = (simulator: Simulator): number[] =>
  simulator
    .content()
    .downloads()
    .map(({ whole }) => whole);

it.each([
  ['whose connection ends early', ['file-connection-close/short']],
  ['that a proxy ends early and properly, in chunks', ['file-no-length', 'file-connection-close/short']],
])('a body %s is not accepted', async (_, faults) => {
  const simulator = await startWithOneFile();
  for (const fault of faults) simulator.faults.arm(fault);

  const { files } = await collect(simulator, temporaryFolder());

  expect(files).toMatchObject({ held: 1, bytes: BYTES, failed: [] });
  expect(timesSentWhole(simulator)).toEqual([1]);
});

it.each([['file-connection-close/whole'], ['file-no-length']])(
  'a whole body without a length (%s) is sent once: the host confirms its size',
  async (fault) => {
    const simulator = await startWithOneFile();
    simulator.faults.arm(fault);
    simulator.faults.arm('wrong-file-size/larger', 9);

    const { files } = await collect(simulator, temporaryFolder());

    expect(files).toMatchObject({ held: 1, bytes: BYTES, failed: [] });
    expect(timesSentWhole(simulator)).toEqual([1]);
  },
);

it('a file without an ETag is not sent again because one list has a wrong size', async () => {
  const simulator = await startWithOneFile();
  const out = temporaryFolder();
  simulator.faults.arm('file-no-etag', 9);
  await collect(simulator, out);
  simulator.faults.clear();
  simulator.faults.arm('wrong-file-size/larger', 2);

  const { files } = await collect(simulator, out);

  expect(files).toMatchObject({ held: 0, failed: [] });
  expect(timesSentWhole(simulator)).toEqual([1]);
});
