/** The most that a raw object holds; one row alone may be longer. */
export interface ObjectLimits {
  readonly rows: number;
  readonly characters: number;
}

/** Each slice is read page after page: so long it takes for Zoom to answer and for us to deliver. */
const SECONDS_A_PAGE = 0.2;

/** More than the most would need more memory than a deployed poller has. */
const [FEWEST_SLICES, MOST_SLICES] = [4, 8];

/** What an object holds while the fewest slices are collected; of more each holds less, so that all together hold the same. */
const FULL_OBJECT: ObjectLimits = { rows: 10_000, characters: 8 * 1024 * 1024 };

/** Slices to collect side by side, so that it is the requests a second that limit a run and not how long Zoom takes. */
export const sliceConcurrency = (requestsPerSecond: number): number => {
  const enough = Math.ceil(requestsPerSecond * SECONDS_A_PAGE);
  return Math.min(MOST_SLICES, Math.max(FEWEST_SLICES, enough));
};

/** Pages that are read in a second: by what may be asked, or by what so many slices side by side can ask. */
export const pagesPerSecond = (requestsPerSecond: number): number =>
  Math.min(requestsPerSecond, sliceConcurrency(requestsPerSecond) / SECONDS_A_PAGE);

/** What an object holds at most while so many slices are collected side by side: it waits in memory until it is full. */
export const limitsFor = (slices: number): ObjectLimits => {
  const quota = Math.min(1, FEWEST_SLICES / slices);
  return {
    rows: Math.floor(FULL_OBJECT.rows * quota),
    characters: Math.floor(FULL_OBJECT.characters * quota),
  };
};
