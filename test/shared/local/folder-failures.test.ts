import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '../../../shared/errors.ts';
import { readFailure, writeFailure } from '../../../shared/local/folder-failures.ts';

const failed = (code: string): Error => Object.assign(new Error(`${code}: as the system says it`), { code });

describe('a write that fails', () => {
  it.each([
    ['ENOSPC', 'folder-full', /No space is left for the folder out.*written is kept.*Free some space/s],
    ['EDQUOT', 'folder-full', /No space is left/],
    ['EROFS', 'folder-unwritable', /The folder out can't be written to \(EROFS: out\/raw\).*--out/s],
    ['EACCES', 'folder-unwritable', /Make it writable for this user/],
    ['EPERM', 'folder-unwritable', /can't be written/],
    ['ENOENT', 'folder-gone', /The folder out was removed, moved or unmounted.*Put it back/s],
    ['EIO', 'folder-gone', /unmounted/],
    ['ESTALE', 'folder-gone', /unmounted/],
    ['ENOTDIR', 'folder-in-the-way', /out\/raw can't be written: something else/],
  ])('%s: %s names the folder, what is kept and the remedy', (code, reason, message) => {
    const failure = writeFailure('out', 'out/raw', failed(code)) as ConfigurationError;

    expect(failure).toBeInstanceOf(ConfigurationError);
    expect(failure.reason).toBe(reason);
    expect(failure.message).toMatch(message);
  });

  it('any other error, and one that is explained already, stays what it is', () => {
    const [bug, described] = [new TypeError('a bug'), new ConfigurationError('folder-link', 'a link')];

    expect(writeFailure('out', 'out/raw', bug)).toBe(bug);
    expect(writeFailure('out', 'out/raw', described)).toBe(described);
  });
});

describe('a read that fails', () => {
  it.each(['EACCES', 'EPERM', 'EIO'])('%s: names the folder and the remedy', (code) => {
    const failure = readFailure('out', 'out/raw', failed(code)) as ConfigurationError;

    expect(failure.reason).toBe('folder-unreadable');
    expect(failure.message).toMatch(/The folder out can't be read \(.*--group-readable/s);
  });

  it('any other error stays what it is', () => {
    const bug = new TypeError('a bug');

    expect(readFailure('out', 'out/raw', bug)).toBe(bug);
  });
});
