import { deliver, firstDay, load, pages, save, streams, today } from './zoom.ts';

/** Saves the day of its last run before any request, and repeats all rows from that day on in each run. */
for (const stream of streams) {
  const from = load(stream, firstDay);
  save(stream, today);
  for await (const page of pages(stream, from, today)) deliver(page);
}
