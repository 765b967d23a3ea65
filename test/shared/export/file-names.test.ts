import { describe, expect, it } from '@jest/globals';
import { FreeNames, toExportName } from '../../../shared/export/file-names.ts';

describe('a name of an exported file', () => {
  it.each([
    ['100% sure.pdf', '100_ sure.pdf'],
    ['CON.txt', '_CON.txt'],
    ['com1', '_com1.bin'],
    ['../../etc/passwd', 'etc passwd.bin'],
    ['a\r\nb\u202e.exe', 'a b.exe'],
    ['þ®.txt', 'th(R).txt'],
    ['.hidden', 'hidden.bin'],
    ['', 'file.bin'],
    ['Ä'.repeat(200) + '.txt', `${'Ä'.repeat(80)}.txt`],
  ])('of %j is %j', (text, name) => {
    expect(toExportName(text)).toBe(name);
  });

  it('is different from the others without regard to case and form', () => {
    const names = new FreeNames();

    expect(['a.txt', 'A.TXT', 'e\u0301.txt', '\u00e9.txt'].map((text) => names.take(text))).toEqual([
      'a.txt',
      'A (2).TXT',
      '\u00e9.txt',
      '\u00e9 (2).txt',
    ]);
  });
});
