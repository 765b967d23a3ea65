import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from '@jest/globals';
import { inMounts, itWithMounts } from '../../support/mounts.ts';
import { bytesOf } from '../../support/builders/parts.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const KEY = 'files/recording/source=acme/dt=2026-11-20/9f2c41d07a5be613/03b7e1a2c4d5f697.mp4';
const UPLOADS = '_state/uploads';
const CHILD = join(import.meta.dirname, '../../support/upload-process.ts');

interface Line {
  readonly begins?: number;
  readonly created?: boolean;
  readonly sha256?: string;
  readonly rssBytes?: number;
}

/** Runs a process that uploads; `onLine` returns whether to kill it now. Resolves with its last line. */
const upload = (
  folder: string,
  count: number,
  partBytes: number,
  onLine: (line: Line) => Promise<boolean> | boolean = () => false,
): Promise<Line> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, folder, KEY, String(count), String(partBytes)], {
      env: {},
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let last: Line = {};
    createInterface(child.stdout).on('line', (text) => {
      last = JSON.parse(text) as Line;
      void Promise.resolve(onLine(last)).then((isEnd) => isEnd && child.kill('SIGKILL'));
    });
    child.on('error', reject);
    child.on('close', () => resolve(last));
  });

/** Throws unless every recorded part has its bytes in the data file. */
const expectRecordedPartsWhole = (folder: string, partBytes: number): number => {
  const [id = ''] = readdirSync(join(folder, UPLOADS));
  const path = join(folder, UPLOADS, id);
  const records = readdirSync(path).filter((name) => name.startsWith('part-'));
  const data = records.length === 0 ? Buffer.of() : readFileSync(join(path, 'data'));
  for (const name of records) {
    const number = Number(name.slice(5, 10));
    const { sha256 } = JSON.parse(readFileSync(join(path, name), 'utf8')) as { sha256: string };
    const bytes = data.subarray((number - 1) * partBytes, number * partBytes);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  }
  return records.length;
};

describe('a process that uploads', () => {
  it('is killed again and again, at the start of a part and in its middle, and the file is whole in the end', async () => {
    const folder = join(temporaryFolder(), 'out');
    const [count, partBytes] = [6, 8 * 1024 * 1024];
    let kept = 0;
    for (let round = 1; round < count; round += 1) {
      const last = await upload(folder, count, partBytes, async ({ begins = 0 }) => {
        if (begins <= round) return false;
        for (let turn = 0; turn < round * round * 20; turn += 1) await new Promise(setImmediate);
        return true;
      });
      expect(last.created).toBeUndefined();
      expect(existsSync(join(folder, KEY))).toBe(false);
      const stored = expectRecordedPartsWhole(folder, partBytes);
      expect(stored).toBeGreaterThanOrEqual(kept);
      kept = stored;
    }
    expect(kept).toBeGreaterThanOrEqual(count - 2);

    const last = await upload(folder, count, partBytes);

    const whole = Buffer.concat(Array.from({ length: count }, (_, at) => bytesOf(at + 1, partBytes)));
    expect(last).toMatchObject({ created: true, sha256: createHash('sha256').update(whole).digest('hex') });
    expect(readdirSync(join(folder, UPLOADS))).toEqual([]);
  });

  it('needs no more memory for 300 MB than for a few parts', async () => {
    const few = await upload(join(temporaryFolder(), 'out'), 4, 8 * 1024 * 1024);
    const many = await upload(join(temporaryFolder(), 'out'), 38, 8 * 1024 * 1024);

    expect([few.created, many.created]).toEqual([true, true]);
    // All of it would be 272 MiB more.
    expect((many.rssBytes ?? Infinity) - (few.rssBytes ?? 0)).toBeLessThan(96 * 1024 * 1024);
  });

  itWithMounts('names the folder of a full disk, and keeps the parts that are stored', async () => {
    const folder = temporaryFolder();

    const { stdout } = await inMounts(
      `mount -t tmpfs -o size=8m tmpfs "$FOLDER" && "$NODE" "$CHILD" "$FOLDER/out" "$KEY" 3 ${5 * 1024 * 1024}`,
      { FOLDER: folder, NODE: process.execPath, CHILD, KEY },
    );

    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual({
      failure: expect.stringMatching(
        /No space is left for the folder .*out \(ENOSPC\)\. What was already written is kept/,
      ) as unknown,
      stored: 1,
    });
  });
});
