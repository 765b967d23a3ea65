import { isOfStream, type ContentProblem, toProblem } from '../content-task.ts';
import type { ContentContext } from '../content-context.ts';
import { CONTENT_STREAMS } from '../content-streams.ts';
import type { MirrorItem } from './mirror-item.ts';

/** What Zoom said about files that were to be hidden. */
export interface LastLook {
  /** Those that Zoom has no more. */
  readonly away: readonly MirrorItem[];
  /** Those that Zoom has still: they were recovered, or are listed under another host. */
  readonly there: readonly MirrorItem[];
  /** Why the others could not be looked for: they are not hidden now. */
  readonly problems: readonly ContentProblem[];
}

/**
 * Looks for each file at Zoom once more before it is hidden: the proof that it left is as old as the grace, and its day may not have
 * been listed since. Throws what the store throws, and the signal's reason.
 */
export const lookBeforeHiding = async (
  context: ContentContext,
  items: readonly MirrorItem[],
  signal: AbortSignal,
): Promise<LastLook> => {
  const away: MirrorItem[] = [];
  const there: MirrorItem[] = [];
  const problems: ContentProblem[] = [];
  const refused = new Set<string>();
  for (const item of items) {
    const { stream, day } = item.slice;
    const isStillThere = CONTENT_STREAMS[stream].files?.isStillThere;
    if (!isStillThere) {
      away.push(item);
      continue;
    }
    if (refused.has(stream)) continue;
    try {
      ((await isStillThere(context, item.file, day, signal)) ? there : away).push(item);
    } catch (error) {
      signal.throwIfAborted();
      if (!isOfStream(error)) throw error;
      refused.add(stream);
      problems.push(toProblem(stream, 'mirror', error));
    }
  }
  return { away, there, problems };
};
