/** A whole number for people: `1,234`. */
export const formatCount = (count: number): string => count.toLocaleString('en-US');

/** `1 row`, `2 rows`, `1,234 rows`. */
export const plural = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
