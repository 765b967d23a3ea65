import fc from 'fast-check';

const FUZZ_TIMES = Number(process.env['FUZZ_TIMES'] ?? 1);

/** The number of runs of a property in `npm test`; the variable FUZZ_TIMES multiplies it. */
export const runs = (usual: number): { readonly numRuns: number } => ({ numRuns: usual * FUZZ_TIMES });

export const FUZZ_TIMEOUT_MS = 60_000 * FUZZ_TIMES;

/** Texts that have broken parsers before. */
const ODD_TEXTS = [
  ...[
    '',
    '\u0000',
    '\ufeff',
    '\ud800',
    '\u2028',
    '\r',
    '%',
    '%00',
    '&',
    '=',
    '"',
    '\\',
    '{',
    '[',
    '{"a":',
    ']',
  ],
  ...['null', '__proto__', 'constructor', 'toString', '-0', '1e999', '9'.repeat(40), '../../etc/passwd'],
  ...['2026-02-30', '2026-11-20T24:00:00Z', '+275760-09-13T00:00:00Z', '[['.repeat(200), 'a'.repeat(5000)],
];

const oddText = fc.oneof(fc.constantFrom(...ODD_TEXTS), fc.string({ maxLength: 20 }));

interface Cut {
  readonly at: number;
  readonly length: number;
  readonly put: string;
}

const cuts = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.oneof(fc.constantFrom(0, 1), fc.nat({ max: 60 })),
    put: oddText,
  }),
  { minLength: 1, maxLength: 3 },
);

const withCuts = (text: string, made: readonly Cut[]): string =>
  made.reduce((current, { at, length, put }) => {
    const start = Math.floor(at * current.length);
    return `${current.slice(0, start)}${put}${current.slice(start + length)}`;
  }, text);

/** A valid text with parts removed, and unusual texts inserted. */
export const damagedText = (good: string): fc.Arbitrary<string> => cuts.map((made) => withCuts(good, made));

/** Valid bytes, damaged at one position, truncated, or doubled. */
export const damagedBytes = (good: Uint8Array): fc.Arbitrary<Buffer> =>
  fc.oneof(
    fc.nat({ max: good.length }).map((length) => Buffer.from(good.subarray(0, length))),
    fc
      .tuple(fc.nat({ max: Math.max(0, good.length - 1) }), fc.uint8Array({ maxLength: 8 }))
      .map(([at, put]) => Buffer.concat([good.subarray(0, at), put, good.subarray(at + put.length)])),
    fc.constant(Buffer.concat([good, good])),
  );

const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(...ODD_TEXTS),
  fc.constantFrom(null, -1, 1.5, Number.MAX_SAFE_INTEGER, 1e300, [], {}, [[]], true),
);

const pathsIn = (value: unknown, path: readonly string[] = []): (readonly string[])[] => [
  path,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, [...path, name]))
    : []),
];

const GONE = Symbol('gone');

const withValueAt = (value: unknown, [name, ...rest]: readonly string[], put: unknown): unknown => {
  if (name === undefined) return put;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, inner]: [string, unknown]): [string, unknown][] => {
    const next = key === name ? withValueAt(inner, rest, put) : inner;
    return next === GONE ? [] : [[key, next]];
  });
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
};

/** A valid JSON value with one or two of its parts removed or replaced by an unusual value. */
export const damagedValue = (good: unknown): fc.Arbitrary<unknown> =>
  fc
    .array(
      fc.tuple(
        fc.constantFrom(...pathsIn(good)),
        fc.oneof({ arbitrary: oddValue, weight: 3 }, fc.constant(GONE)),
      ),
      { minLength: 1, maxLength: 2 },
    )
    .map((changes) => changes.reduce((value, [path, put]) => withValueAt(value, path, put), good))
    .map((value) => (value === GONE ? undefined : value));

/** The same as JSON text; sometimes empty. */
export const damagedJson = (good: unknown): fc.Arbitrary<string> =>
  damagedValue(good).map((value) => (value === undefined ? '' : JSON.stringify(value)));
