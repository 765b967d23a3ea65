import { clientEnvironment } from '../../simulator/index.ts';
import { type Serving, serveChild } from '../child.ts';
import { CPU_PATH } from './recorded-zoom.ts';
import type { ZoomWanted } from './zoom.ts';

/** A simulated Zoom that serves rendered pages from a process of its own. */
export interface RecordedZoom extends AsyncDisposable {
  /** The variables that point a client at it; each answer comes so many milliseconds late. */
  readonly environment: (latencyMs: number) => Record<string, string>;
  /** CPU that it has used so far, in seconds. */
  readonly cpuSeconds: () => Promise<number>;
}

export const startRecordedZoom = async (wanted: ZoomWanted): Promise<RecordedZoom> => {
  const serving: Serving<{ url: string }> = await serveChild('zoom/zoom.ts', wanted);
  const { url } = serving.said;
  return {
    environment: (latencyMs) => {
      const base = `${url}/after/${latencyMs}`;
      return {
        ...clientEnvironment({ apiUrl: `${base}/v2`, oauthUrl: `${base}/oauth` }),
        ZOOM_REQUESTS_PER_SECOND: '1000',
      };
    },
    cpuSeconds: async () => (await (await fetch(`${url}${CPU_PATH}`)).json()) as number,
    [Symbol.asyncDispose]: () => serving[Symbol.asyncDispose](),
  };
};
