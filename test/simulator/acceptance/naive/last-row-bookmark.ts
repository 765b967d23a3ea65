import { deliver, firstDay, load, pages, type Row, save, streams, today } from './zoom.ts';

/** Looks on each page for the newest row it had; a page without that row is all new. Repeats the pages behind it, loses late rows. */
for (const stream of streams) {
  const bookmark = load<Row | undefined>(stream, undefined);
  const isBookmark = (row: Row): boolean => JSON.stringify(row) === JSON.stringify(bookmark);
  let newest = bookmark;
  let isFirst = true;
  for await (const page of pages(stream, bookmark?.time.slice(0, 10) ?? firstDay, today)) {
    const until = page.findIndex(isBookmark);
    deliver(until === -1 ? page : page.slice(0, until));
    if (isFirst) newest = page[0] ?? newest;
    isFirst = false;
  }
  if (newest) save(stream, newest);
}
