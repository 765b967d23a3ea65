import { gzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import { objectEvents } from '../../../shared/compact/object-events.ts';
import { CorruptObjectError } from '../../../shared/errors.ts';

const KEY = 'flat/operation/source=acme/dt=2026-11-18/operation_2026-11-18_000000.json.gz';

const read = async (text: string): Promise<unknown[]> => {
  const events: unknown[] = [];
  for await (const piece of objectEvents(KEY, gzipSync(text))) events.push(...piece);
  return events;
};

it('gives the events of an object, line by line', async () => {
  expect(await read('{"n":1}\n{"n":2}\n')).toEqual([{ n: 1 }, { n: 2 }]);
});

it.each([
  ['no JSON', '{"n":1}\n{\n', 'it does not unpack into lines of JSON'],
  [
    'nested deeper than any',
    `{"n":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`,
    'it does not unpack into lines of JSON',
  ],
  ['without an end', '{"n":1}\n{"n":2}', 'its last line has no end'],
])('names an object with a line that is %s', async (_, text, problem) => {
  const failure = await read(text).catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(CorruptObjectError);
  expect(failure).toMatchObject({ key: KEY, message: expect.stringContaining(problem) as unknown });
});
