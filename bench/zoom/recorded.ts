import { clientEnvironment } from '../../simulator/index.ts';
import { type Serving, serveChild } from '../child.ts';
import { CPU_PATH } from './recorded-zoom.ts';
import type { ZoomWanted } from './zoom.ts';

/** A simulated Zoom that serves rendered pages from a separate process. */
export interface RecordedZoom extends AsyncDisposable {
  /** The environment variables of a client, for a response latency in milliseconds. */
  readonly environment: (latencyMs: number) => Record<string, string>;
  /** Its CPU time so far, in seconds. */
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
