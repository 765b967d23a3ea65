import { isOfStream, type ContentProblem, toProblem } from './content-task.ts';
import { HOUR_MS } from '../model/duration.ts';
import type { ContentSlice } from '../model/slice.ts';
import type { ContentContext } from './content-context.ts';
import { CONTENT_STREAMS } from './content-streams.ts';
import { appendCustody, type CustodyRow } from './custody-row.ts';
import { isGone, readSliceFiles } from './slice-files.ts';
import type { SeenItems } from './sweep.ts';
import { zoomOf } from './transfer-to-custody.ts';

/** Zoom sometimes says of a recording that exists that it does not (zoom-content-api: recordings): so many answers are a proof. */
const ANSWERS = 3;

/** Answers that are closer together may be one error of Zoom. */
const APART_MS = 12 * HOUR_MS;

/** When Zoom answered for each item that there is no such recording. */
export type NotFoundAt = Record<string, string[]>;

/**
 * Concludes which files have left Zoom whose host no list is read of any more, because the host has left the account: Zoom is asked for
 * each of them, and must answer three times that there is no such recording. Returns the answers so far.
 */
export const concludeNotFound = async (
  context: ContentContext,
  slice: ContentSlice,
  seen: SeenItems,
  before: NotFoundAt,
  hasLeft: (hostId: string) => boolean,
  signal: AbortSignal,
): Promise<{ readonly notFound: NotFoundAt; readonly problems: readonly ContentProblem[] }> => {
  const { store, clock } = context;
  const isNotFound = CONTENT_STREAMS[slice.stream].files?.isNotFound;
  if (!isNotFound) return { notFound: {}, problems: [] };
  const { custody, items } = await readSliceFiles(store, slice);
  const notFound: NotFoundAt = {};
  const problems: ContentProblem[] = [];
  const rows: CustodyRow[] = [];
  for (const item of items.values()) {
    const file = item.versions.at(-1)?.file;
    if (!file || isGone(item) || seen.listed.has(item.item) || !hasLeft(file.hostId)) continue;
    const now = clock.now();
    const earlier = before[item.item] ?? [];
    const isTooSoon = now.getTime() - Date.parse(earlier.at(-1) ?? '') < APART_MS;
    notFound[item.item] = earlier;
    if (isTooSoon || problems.length > 0) continue;
    try {
      const isMissing = await isNotFound(context, file, slice.day, signal);
      const answers = isMissing ? [...earlier, now.toISOString()] : [];
      notFound[item.item] = answers;
      if (answers.length < ANSWERS) continue;
      rows.push({
        state: 'gone',
        at: now.toISOString(),
        item: item.item,
        version: file.version,
        zoom: zoomOf(file),
        ordinal: item.gone + 1,
        evidence: { kind: 'not-found', not_found_at: answers },
      });
    } catch (error) {
      signal.throwIfAborted();
      if (!isOfStream(error)) throw error;
      problems.push(toProblem(slice.stream, `host:${file.hostId}`, error));
    }
  }
  await appendCustody(custody, rows, () => clock.now());
  const open = Object.entries(notFound).filter(([, answers]) => answers.length % ANSWERS > 0);
  return { notFound: Object.fromEntries(open), problems };
};
