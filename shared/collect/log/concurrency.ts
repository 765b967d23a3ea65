/** The maximum size of a raw object; a single row may be longer. */
export interface ObjectLimits {
  readonly rows: number;
  readonly characters: number;
}

/** Each slice is read page by page: the time for Zoom's response and our delivery. */
const SECONDS_A_PAGE = 0.2;

/** A higher concurrency would need more memory than a deployed poller has. */
const [FEWEST_SLICES, MOST_SLICES] = [4, 8];

/** The size of an object while the fewest slices are collected; with more slices each is smaller, so that the total is the same. */
const FULL_OBJECT: ObjectLimits = { rows: 10_000, characters: 8 * 1024 * 1024 };

/** The number of concurrent slices with which the request rate limits a run, not Zoom's latency. */
export const sliceConcurrency = (requestsPerSecond: number): number => {
  const enough = Math.ceil(requestsPerSecond * SECONDS_A_PAGE);
  return Math.min(MOST_SLICES, Math.max(FEWEST_SLICES, enough));
};

/** Pages that are read in a second: limited by the request rate, or by the number of concurrent slices. */
export const pagesPerSecond = (requestsPerSecond: number): number =>
  Math.min(requestsPerSecond, sliceConcurrency(requestsPerSecond) / SECONDS_A_PAGE);

/** The largest object while this many slices are collected concurrently: it stays in memory until it is full. */
export const limitsFor = (slices: number): ObjectLimits => {
  const quota = Math.min(1, FEWEST_SLICES / slices);
  return {
    rows: Math.floor(FULL_OBJECT.rows * quota),
    characters: Math.floor(FULL_OBJECT.characters * quota),
  };
};
