import { ConfigurationError } from '../errors.ts';
import type { ContentSlice } from '../model/slice.ts';
import type { ContentContext } from './content-context.ts';
import { CONTENT_STREAMS } from './content-streams.ts';
import type { ListedFile } from './listed-file.ts';
import { RowRouter } from './row-router.ts';

/** A file in messages: `the MP4 file of the recording "Stand-up" of 2026-11-20 (source acme)`. */
export const describeFile = ({ source, stream, day }: ContentSlice, file: ListedFile): string => {
  const owner = CONTENT_STREAMS[stream].files?.describeOwner(file) ?? 'an item';
  return `the ${file.fileType || 'file'} of ${owner} of ${day} (source ${source})`;
};

/**
 * The present row of a file, with an address of now; undefined if Zoom lists it no more, or does not let the app ask for it alone. What
 * else is listed with it is committed as well.
 */
export const relistFile = async (
  context: ContentContext,
  { stream, day }: ContentSlice,
  file: ListedFile,
  signal: AbortSignal,
): Promise<ListedFile | undefined> => {
  const { files } = CONTENT_STREAMS[stream];
  const found = await files?.relist(context, file, day, signal).catch((error: unknown) => {
    // An app without the scope for single meetings keeps the address of the list.
    if (error instanceof ConfigurationError && error.scope === 'stream') return undefined;
    throw error;
  });
  if (!found || found.rows.length === 0) return found?.file;
  const router = new RowRouter(context, stream);
  await router.add(found.rows);
  await router.flush();
  return found.file;
};
