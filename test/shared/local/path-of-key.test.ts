import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { pathOfKey } from '../../../shared/local/path-of-key.ts';

describe('the path of a key', () => {
  it.each([
    ['/data/out', 'raw/a/one.json.gz', '/data/out/raw/a/one.json.gz'],
    ['/', 'raw/one', '/raw/one'],
    ['out', '_state/mutes/zls.watcher.json', 'out/_state/mutes/zls.watcher.json'],
    ['/data/out', 'raw/..a/b..c/...d', '/data/out/raw/..a/b..c/...d'],
    ['/data/out', 'raw/%2e%2e/x', '/data/out/raw/%2e%2e/x'],
  ])('under %s of %s is %s', (root, key, path) => {
    expect(pathOfKey(root, key)).toBe(path);
    expect(resolve(path).startsWith(resolve(root))).toBe(true);
  });

  it.each([
    '',
    '..',
    '../one',
    'raw/../../one',
    'raw/../one',
    'raw/..',
    '.',
    'raw/./one',
    '/etc/passwd',
    'raw//one',
    'raw/one/',
    'raw\\..\\..\\one',
    'C:/one',
    'raw/C:one',
    'raw/one\0.gz',
    'raw/.. /one',
    'raw/... /one',
    'raw/ /one',
  ])('is none of %j', (key) => {
    expect(pathOfKey('/data/out', key)).toBeUndefined();
  });

  it('is not valid in a sibling folder whose name begins the same way', () => {
    expect(pathOfKey('/data/out', '../output/one')).toBeUndefined();
  });
});
