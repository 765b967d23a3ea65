import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runChild } from './child.ts';
import type { Measured } from './measured.ts';
import { fitLine, median } from './statistics.ts';

/**
 * `npm run bench:export -- [--megabytes 200,2000] [--messages 1000,10000]`: the memory that an export takes over its size. Each size
 * is exported in processes of its own. Garbage is collected late, so the first hundreds of MB show less than what it takes.
 */
const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '500,1000,2000' },
    messages: { type: 'string', default: '1000,3000,10000' },
    rounds: { type: 'string', default: '3' },
  },
});

const numbersOf = (text: string): number[] => text.split(',').map(Number);

/** What is exported in one measurement. */
export interface ExportCase {
  readonly format: 'bagit' | 'rsmf';
  readonly folder: string;
  readonly messages: number;
  readonly megabytes: number;
}

const folder = await mkdtemp(join(tmpdir(), 'export-memory-'));
try {
  const measure = async (subject: Omit<ExportCase, 'folder'>): Promise<number> => {
    const own = join(folder, 'run');
    await runChild('export/hold.ts', { ...subject, folder: own });
    const rounds: Measured[] = [];
    for (let round = 0; round < Number(values.rounds); round += 1) {
      rounds.push(await runChild<Measured>('export/export.ts', { ...subject, folder: own }));
      await rm(`${own}-export`, { recursive: true });
    }
    await rm(own, { recursive: true });
    const peakMb = median(rounds.map((one) => one.peakMb));
    const seconds = median(rounds.map((one) => one.seconds));
    const { format, messages, megabytes } = subject;
    process.stdout.write(
      `${format.padEnd(6)} ${String(messages).padStart(6)} messages ${String(megabytes).padStart(5)} MB: ${peakMb.toFixed(0)} MB in ${seconds.toFixed(1)} s\n`,
    );
    return peakMb;
  };
  for (const format of ['bagit', 'rsmf'] as const) {
    const bySize: { x: number; y: number }[] = [];
    for (const megabytes of numbersOf(values.megabytes)) {
      bySize.push({ x: megabytes, y: await measure({ format, messages: 1000, megabytes }) });
    }
    const byMessages: { x: number; y: number }[] = [];
    for (const messages of numbersOf(values.messages)) {
      byMessages.push({ x: messages, y: await measure({ format, messages, megabytes: 10 }) });
    }
    process.stdout.write(
      `${format}: ${(1000 * fitLine(bySize).perUnit).toFixed(2)} MB of memory per GB of files, ` +
        `${(1000 * fitLine(byMessages).perUnit).toFixed(2)} MB per 1,000 messages\n`,
    );
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
