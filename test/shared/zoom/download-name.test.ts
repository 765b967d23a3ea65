import { describe, expect, it } from '@jest/globals';
import { fileNameOf } from '../../../shared/zoom/download-name.ts';

const TARGET = new URL('https://ssrweb.zoom.us/replay/GMT20261120_640x360.mp4?data=secret');

describe("Zoom's own name of a file", () => {
  it.each([
    ['attachment; filename="weekly.mp4"', 'weekly.mp4'],
    ['attachment; filename=weekly.mp4; size=3', 'weekly.mp4'],
    ['attachment; filename="a \\"b\\".mp4"', 'a "b".mp4'],
    ['attachment; filename="x.mp4"; filename*=UTF-8\'\'gr%C3%BCezi%20%E2%82%AC.mp4', 'grüezi €.mp4'],
    ["attachment; filename*=utf-8'de'gr%C3%BCezi.mp4", 'grüezi.mp4'],
    ["attachment; filename*=UTF-8''%ff; filename=x.mp4", 'x.mp4'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment; filename="C:\\\\temp\\\\x.mp4"', 'x.mp4'],
    ['attachment; filename="a\u0007\u202eb.mp4"', 'ab.mp4'],
    [`attachment; filename="${Buffer.from('grüezi.mp4').toString('latin1')}"`, 'grüezi.mp4'],
    ['attachment; filename="grüezi.mp4"', 'grüezi.mp4'],
    ['attachment; filename=".."', 'GMT20261120_640x360.mp4'],
    ['attachment', 'GMT20261120_640x360.mp4'],
    [undefined, 'GMT20261120_640x360.mp4'],
  ])('%s', (disposition, name) => {
    expect(fileNameOf(disposition, TARGET)).toBe(name);
  });

  it('is no longer than a file system allows', () => {
    expect(fileNameOf(`attachment; filename="${'x'.repeat(999)}.mp4"`, undefined)).toHaveLength(255);
  });

  it.each(['https://zoom.us/rec/download/aSecretToken', 'https://zoom.us/', 'https://zoom.us/%ff.mp4'])(
    'is not in %s',
    (url) => {
      expect(fileNameOf(undefined, new URL(url))).toBeUndefined();
    },
  );

  it('is not known without a redirect', () => {
    expect(fileNameOf(undefined, undefined)).toBeUndefined();
  });
});
