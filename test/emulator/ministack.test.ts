import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { describeWithEmulator } from './describe-with-emulator.ts';
import { startMinistack } from './ministack.ts';

const MODULE = join(import.meta.dirname, 'ministack.ts');
const SCRIPT = `
  const { startMinistack } = await import(${JSON.stringify(MODULE)});
  process.stdout.write((await startMinistack()).endpoint);
  setInterval(() => undefined, 1000);
`;

const isUp = (endpoint: string): Promise<boolean> =>
  fetch(`${endpoint}/_ministack/health`).then(
    ({ ok }) => ok,
    () => false,
  );

const isDownSoon = async (endpoint: string): Promise<boolean> => {
  for (let tries = 0; tries < 50; tries += 1) {
    if (!(await isUp(endpoint))) return true;
    await sleep(100);
  }
  return false;
};

describeWithEmulator('the emulator', (emulator) => {
  it('is one of several that run concurrently', async () => {
    const another = await startMinistack();

    expect(another.endpoint).not.toBe(emulator().endpoint);
    expect(await isUp(another.endpoint)).toBe(true);

    await another.stop();
    expect(await isUp(another.endpoint)).toBe(false);
    expect(await isUp(emulator().endpoint)).toBe(true);
  });

  it('ends with the process that started it, even if that is killed', async () => {
    const env = { ...process.env, NODE_OPTIONS: '' }; // without jest's
    const starter = spawn(process.execPath, ['--input-type=module', '--eval', SCRIPT], { env });
    const [endpoint] = (await once(starter.stdout, 'data')).map(String);

    expect(await isUp(endpoint ?? '')).toBe(true);
    starter.kill('SIGKILL');

    expect(await isDownSoon(endpoint ?? '')).toBe(true);
  });
});
