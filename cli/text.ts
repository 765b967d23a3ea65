import { plural } from '../shared/model/format-count.ts';
import { escapeCharacter, oneLine } from '../shared/model/one-line.ts';

export { formatCount, plural } from '../shared/model/format-count.ts';
export { oneLine } from '../shared/model/one-line.ts';

/** The same, but line breaks are kept. */
export const printable = (text: string): string => text.split('\n').map(oneLine).join('\n');

/** The control sequences that this command line writes (colours, the cleared screen of `--watch`), and unprintable characters. */
const OWN_OR_UNPRINTABLE =
  // eslint-disable-next-line no-control-regex -- matches escape sequences on purpose
  /\u001b\[(?:\d{1,2}m|H\u001b\[2J)|(?!\n)[\p{Cc}\p{Zl}\p{Zp}\ufff9-\ufffb[\p{DI}--[\u200c\u200d\p{VS}]]]/gv;

/**
 * Escapes all output, including JSON: there, such characters occur only in strings, where an escape is equivalent. Text that was not
 * escaped before can at most set a colour.
 */
export const safeOutput = (text: string): string =>
  text.replace(OWN_OR_UNPRINTABLE, (found) => (found.startsWith('\u001b[') ? found : escapeCharacter(found)));

/** An age in one unit: `4 min`, `3 h`, `12 days`; `in 4 min` for an instant in the future. */
export const formatAge = (then: Date, now: Date): string => {
  const ms = now.getTime() - then.getTime();
  if (ms <= -60_000) return `in ${formatCoarseDuration(-ms)}`;
  return ms < 60_000 ? 'now' : formatCoarseDuration(ms);
};

/** A duration in one unit. */
export const formatCoarseDuration = (ms: number): string => {
  if (!Number.isFinite(ms)) return 'over 30 days';
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / 1440)} days`;
};

/** An estimated duration. */
export const roughDuration = (seconds: number): string => {
  if (seconds < 60) return plural(Math.max(1, Math.ceil(seconds)), 'second');
  if (seconds < 2 * 3600) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
};
