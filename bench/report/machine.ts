import { arch, cpus, platform, release, totalmem } from 'node:os';
import type { Machine } from './results.ts';

/** This machine, now. */
export const thisMachine = (now: Date, scale: string): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 1024 ** 3),
  platform: `${platform()} ${release().split('-')[0] ?? ''} ${arch()}`,
  node: process.version,
  date: now.toISOString().slice(0, 10),
  scale,
});
