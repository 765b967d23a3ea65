import { clientEnvironment } from '../../simulator/index.ts';
import { serveChild } from '../child.ts';
import type { LifeWanted } from './living-zoom.ts';

/** The variable with the address that sets the clock of the simulated Zoom. */
const CLOCK_URL = 'BENCH_CLOCK_URL';

/** A simulated Zoom whose clock the caller sets. */
export const startLivingZoom = async (
  wanted: LifeWanted,
): Promise<AsyncDisposable & { readonly environment: Record<string, string> }> => {
  const serving = await serveChild<{ url: string; apiUrl: string; oauthUrl: string }>(
    'zoom/living-zoom.ts',
    wanted,
  );
  const environment = {
    ...clientEnvironment(serving.said),
    ZOOM_REQUESTS_PER_SECOND: '1000',
    [CLOCK_URL]: `${serving.said.url}/_simulator/clock`,
  };
  return { environment, [Symbol.asyncDispose]: () => serving[Symbol.asyncDispose]() };
};

/** Sets the clock of that Zoom, from a process with its environment. */
export const setZoomClock = async (now: Date): Promise<void> => {
  const response = await fetch(process.env[CLOCK_URL] ?? '', {
    method: 'POST',
    body: JSON.stringify({ now }),
  });
  if (!response.ok) throw new Error(`The clock was not set: ${await response.text()}`);
};
