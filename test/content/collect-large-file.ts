import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { collectLargeFile } from './large-file.ts';

/** `npm run simulate:large-file -- --gib 5 [--recut]`: one large file over a connection that breaks five times. */
const { values } = parseArgs({
  options: {
    gib: { type: 'string', default: '5' },
    breaks: { type: 'string', default: '5' },
    recut: { type: 'boolean', default: false },
  },
});

const out = await mkdtemp(join(tmpdir(), 'content-large-'));
const result = await collectLargeFile({
  bytes: Math.floor(Number(values.gib) * 1024 ** 3),
  breaks: Number(values.breaks),
  recut: values.recut,
  out,
});
await rm(out, { recursive: true });
process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
process.exitCode = result.stored === result.true && result.custody === result.true ? 0 : 1;
