import { spreadOf } from '../statistics.ts';

/** Figures as text. */

export const count = (value: number): string => Math.round(value).toLocaleString('en-US');

export const decimals = (value: number, digits: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

export const percent = (share: number): string => `${decimals(100 * share, 0)} %`;

/** Dollars with two decimals, or `< 0.01`. */
export const dollars = (value: number): string =>
  value === 0 ? '0' : value < 0.01 ? '< 0.01' : decimals(value, 2);

/** The median, with minimum and maximum in brackets if there are several values. */
export const spread = (values: readonly number[], figure: (value: number) => string): string => {
  const { median, least, most } = spreadOf(values);
  return values.length === 1 ? figure(median) : `${figure(median)} (${figure(least)}–${figure(most)})`;
};
