import { deliver, firstDay, load, pages, type Row, save, streams, today } from './zoom.ts';

/** Searches each page for its newest stored row. It takes a page without that row as all new, repeats later pages, and loses late rows. */
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
