const UNITS = ['KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** A size for people, in powers of 1000: `812 bytes`, `1.2 MB`, `734 MB`. */
export const formatBytes = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  let value = bytes / 1000;
  let unit = 0;
  // 999.5 would be shown as 1000.
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 9.95 ? value.toFixed(1) : String(Math.round(value))} ${UNITS[unit]}`;
};
