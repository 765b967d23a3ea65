import { deliver, firstDay, load, pages, save, streams, today } from './zoom.ts';

/** Keeps the day it was last run, saved before anything is asked, and takes all rows from there on: again and again. */
for (const stream of streams) {
  const from = load(stream, firstDay);
  save(stream, today);
  for await (const page of pages(stream, from, today)) deliver(page);
}
