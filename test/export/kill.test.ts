import { hash } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { zoomLogSource } from '../support/command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { filesIn, FIRST, holdRecording, openHeld } from './held-company.ts';

const FILES = 40;

it('an export that is killed again and again ends as one that was not', async () => {
  const held = join(temporaryFolder(), 'held');
  const store = await openHeld(held);
  for (let index = 0; index < FILES; index += 1) {
    await holdRecording(store, FIRST, `r${index}`, Buffer.alloc(3_000_000, `file ${index} `));
  }
  const run = (into: string, killAfterMs?: number) =>
    zoomLogSource(
      [
        'export',
        '--out',
        held,
        '--into',
        into,
        '--format',
        'bagit',
        '--people',
        'all',
        '--from',
        FIRST,
        '--to',
        FIRST,
      ],
      killAfterMs === undefined ? {} : { killAfterMs },
    );
  const [whole, killed] = [join(temporaryFolder(), 'whole'), join(temporaryFolder(), 'killed')];
  expect((await run(whole)).code).not.toBe(2);

  const codes: (number | null)[] = [];
  for (const ms of [300, 400, 500, 600, 700, 800]) {
    if (codes.at(-1) === undefined || codes.at(-1) === null) codes.push((await run(killed, ms)).code);
  }
  if (codes.at(-1) === null) codes.push((await run(killed)).code);

  expect(codes[0]).toBeNull();
  expect(sumsIn(killed)).toEqual(sumsIn(whole));
});

const sumsIn = (folder: string): string[] =>
  [...filesIn(folder)].map(([path, bytes]) => `${path} ${hash('sha256', bytes, 'hex')}`);
