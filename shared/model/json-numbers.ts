/** Parts of JSON that TypeScript does not declare yet: raw JSON in output, and the source text of a value. */
interface JsonWithSource {
  parse(
    text: string,
    reviver: (name: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): object;
  isRawJSON(value: unknown): value is { readonly rawJSON: string };
}
const json = JSON as unknown as JsonWithSource;

/**
 * Parses JSON whose numbers keep their text: one that JavaScript would write differently (`1.0`, `-0`, `1e400`, or one of more
 * digits than a double has) becomes an object that `JSON.stringify` writes as that text. Throws a SyntaxError as JSON.parse does.
 */
export const parseKeepingNumbers = (text: string): unknown => {
  const value: unknown = JSON.parse(text);
  if (JSON.stringify(value) === text) return value;
  return json.parse(text, (_, inner, { source }) =>
    typeof inner === 'number' && source !== undefined && source !== JSON.stringify(inner)
      ? json.rawJSON(source)
      : inner,
  );
};

/** Whether a value is a number that kept its text. Called for every row; the prototype usually decides. */
export const isNumberText = (value: object): boolean =>
  Object.getPrototypeOf(value) === null && json.isRawJSON(value);

/**
 * A value in a row's identity. Numbers are compared by value, not by notation: `1.0` is 1. A number that a double can't
 * represent keeps its text, because otherwise different rows would be copies of each other.
 */
export const withPlainNumbers = (value: unknown): unknown => {
  if (json.isRawJSON(value)) return isHeld(value.rawJSON) ? Number(value.rawJSON) : value;
  if (Array.isArray(value)) return value.map(withPlainNumbers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withPlainNumbers(inner)]));
};

/** No real number is longer; parsing a longer one could take very long. */
const LONGEST_NUMBER = 400;

/** Whether a double represents the text without loss. */
const isHeld = (text: string): boolean => {
  const value = Number(text);
  return (
    text.length <= LONGEST_NUMBER && Number.isFinite(value) && decimalOf(text) === decimalOf(String(value))
  );
};

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

/** A canonical form of a decimal number: its significant digits as a fraction, and the power of ten it is multiplied by. */
const decimalOf = (text: string): string => {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return significant;
  const power = BigInt(exponent) + BigInt(digits.length - fraction.length);
  return `${sign}${significant}e${power}`;
};
