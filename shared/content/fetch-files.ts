import { isAborted } from '../collect/collect-slices.ts';
import { CLAIM_MS } from './claims.ts';
import type { ContentContext } from './content-context.ts';
import { type FetchReport, FetchTotals, type FileSlice } from './fetch-report.ts';
import { SliceFetch } from './slice-fetch.ts';

/** Files that are transferred at the same time: Zoom states no limit for downloads (zoom-content-api: downloads). */
export const DEFAULT_TRANSFERS = 4;

/** How long a collector waits before it looks again at files that another one transfers. */
const LOOK_AGAIN_MS = 2000;

/**
 * Fetches every wanted file of some slices, in the order given, a few at a time. Files that another collector transfers are left
 * to it, and looked at again. A failure of a file does not stop the others: it is in the report and in custody. Throws what the store
 * throws, and ConfigurationError and RateLimitedError from the token, after the conclusions so far are committed.
 */
export const fetchFiles = async (
  context: ContentContext,
  slices: readonly FileSlice[],
  signal: AbortSignal,
  concurrency = DEFAULT_TRANSFERS,
): Promise<FetchReport> => {
  const totals = new FetchTotals();
  let left = slices;
  for (let round = 0; left.length > 0; round += 1) {
    if (round > 0) await context.clock.sleep(LOOK_AGAIN_MS, signal);
    left = await fetchRound(context, left, totals, round, signal, concurrency);
  }
  return totals.report();
};

/** One pass over slices. Returns those of which another collector transfers files. */
const fetchRound = async (
  context: ContentContext,
  slices: readonly FileSlice[],
  totals: FetchTotals,
  round: number,
  signal: AbortSignal,
  concurrency: number,
): Promise<readonly FileSlice[]> => {
  const left: FileSlice[] = [];
  const running = new Set<Promise<void>>();
  const stops: unknown[] = [];
  const opened: SliceFetch[] = [];
  const renewal = new AbortController();
  const renewing = renewClaims(context, opened, renewal.signal).catch((error: unknown) => {
    stops.push(error);
  });
  try {
    for (const slice of slices) {
      if (stops.length > 0 || signal.aborted) break;
      const fetch = await SliceFetch.open(context, slice, totals, round === 0, signal);
      opened.push(fetch);
      for (const versions of fetch.wanted) {
        if (stops.length > 0 || isAborted(signal)) break;
        const work = fetch.transfer(versions, signal).catch((error: unknown) => {
          stops.push(error);
        });
        running.add(work);
        void work.then(() => running.delete(work));
        if (running.size >= concurrency) await Promise.race(running);
      }
    }
  } finally {
    await Promise.all(running);
    renewal.abort();
    await renewing;
    for (const fetch of opened) await fetch.flush();
  }
  signal.throwIfAborted();
  if (stops.length > 0) throw stops[0] as Error;
  for (const fetch of opened) if (fetch.isLeftToOthers) left.push(fetch.slice);
  return left;
};

const renewClaims = async (
  { clock }: ContentContext,
  fetches: readonly SliceFetch[],
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    await clock.sleep(CLAIM_MS / 3, signal).catch(() => undefined);
    if (isAborted(signal)) return;
    for (const fetch of fetches) await fetch.renew();
  }
};
