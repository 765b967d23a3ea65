import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openTarget, saveFile } from '../../../shared/local/save-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const contentsOf = (text: string, sha256 = hash('sha256', text, 'hex')) => ({
  bytes: (async function* () {
    yield await Promise.resolve(Buffer.from(text.slice(0, 2)));
    yield Buffer.from(text.slice(2));
  })(),
  sha256,
});

describe('saving a copy', () => {
  it('takes the first name that is free', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.txt'), 'other');

    const saved = await saveFile(folder, ['a.txt', 'b.txt', 'c.txt'], contentsOf('mine'));

    expect(saved).toEqual({ state: 'written', name: 'b.txt' });
    expect(readFileSync(join(folder, 'b.txt'), 'utf8')).toBe('mine');
    expect(readdirSync(folder).sort()).toEqual(['a.txt', 'b.txt']);
  });

  it('counts a file with the same bytes as the copy, but not a link to one', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'b.txt'), 'mine');
    symlinkSync(join(folder, 'b.txt'), join(folder, 'a.txt'));

    expect(await saveFile(folder, ['a.txt', 'b.txt'], contentsOf('mine'))).toEqual({
      state: 'present',
      name: 'b.txt',
    });
  });

  it('leaves nothing of bytes that are not the expected ones', async () => {
    const folder = temporaryFolder();

    const saved = await saveFile(folder, ['a.txt'], contentsOf('mine', hash('sha256', 'other', 'hex')));

    expect(saved.state).toBe('damaged');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the folder of copies', () => {
  it('is made if it is missing', async () => {
    const folder = join(temporaryFolder(), 'a', 'b');

    expect(await openTarget(folder, undefined)).toBe(folder);
    expect(existsSync(folder)).toBe(true);
  });

  it('is not inside the folder of collected objects, also not behind a link', async () => {
    const out = join(temporaryFolder(), 'out');
    mkdirSync(out);
    const link = join(temporaryFolder(), 'link');
    symlinkSync(out, link);

    for (const target of [out, join(out, 'x'), link, join(link, 'x', 'y')]) {
      await expect(openTarget(target, out)).rejects.toThrow(/is inside/);
    }
    expect(readdirSync(out)).toEqual([]);
    expect(await openTarget(`${out}-copies`, out)).toBe(`${out}-copies`);
  });
});
