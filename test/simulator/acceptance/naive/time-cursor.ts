import { deliver, firstDay, load, pages, type Row, save, streams, today } from './zoom.ts';

/** Takes rows later than its newest stored time, which it advances with each page. It loses late rows and rows of the same second. */
for (const stream of streams) {
  const cursor = load<string>(stream, '');
  const from = cursor === '' ? firstDay : cursor.slice(0, 10);
  const isNewer = (row: Row): boolean => row.time > cursor;
  for await (const page of pages(stream, from, today)) {
    deliver(page.filter(isNewer));
    save(
      stream,
      page.reduce((newest, { time }) => (time > newest ? time : newest), load<string>(stream, '')),
    );
  }
}
