import { expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { collectLargeFile } from './large-file.ts';

const BYTES = 250_000_000;

it('takes a large file over a connection that breaks five times, with hardly more memory than a small one', async () => {
  const small = await collectLargeFile({
    bytes: BYTES / 25,
    breaks: 0,
    recut: false,
    out: temporaryFolder(),
  });
  const large = await collectLargeFile({ bytes: BYTES, breaks: 5, recut: false, out: temporaryFolder() });

  expect(large.stored).toBe(large.true);
  expect(large.custody).toBe(large.true);
  expect(large).toMatchObject({ resumes: 5, uploads: 0 });
  // All of it would be 230 MiB more.
  expect(large.maxRssMiB - small.maxRssMiB).toBeLessThan(80);
}, 120_000);

it('holds the new version whole when Zoom cuts the file again in the middle of it', async () => {
  const result = await collectLargeFile({ bytes: BYTES, breaks: 2, recut: true, out: temporaryFolder() });

  expect(result.stored).toBe(result.true);
  expect(result.custody).toBe(result.true);
  expect(result.uploads).toBe(0);
}, 120_000);
