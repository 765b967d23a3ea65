import { fieldsOf } from '../../model/raw-row.ts';
import type { Slice } from '../../model/slice.ts';
import { wellFormedJson } from '../../model/well-formed.ts';
import { envelopeOnTop, type Format, OCSF_VERSIONS, type OcsfVersion } from '../../normalize/index.ts';
import { type Kind, objectKey } from '../../contract/object-keys.ts';
import { parseEventLine } from '../event-line.ts';
import type { ObjectStore } from '../ports.ts';
import { project } from '../log/projection.ts';
import type { LoggedRows } from '../log/slice-log.ts';
import type { Difference } from './verify-difference.ts';
import { compareLines } from './verify-lines.ts';
import { isNewer, otherMappingLines } from './verify-mapping.ts';
import { type UnpackedLines, unpackLines } from './verify-gzip.ts';

/** The projections of the log. */
export const PROJECTED = ['flat', 'ocsf', 'rejected'] as const satisfies readonly Kind[];
export type Projected = (typeof PROJECTED)[number];

/** The number of lines of each mapping older than this release's. */
export type OtherMappings = Map<number, number>;

/** What projections are compared with. */
export interface ExpectedProjections {
  /** The formats that each raw object must have. Others that it has are checked as well. */
  readonly formats: readonly Format[];
  /** Zoom's id of the account; undefined if unknown: then the id in the lines is used. */
  readonly accountId: string | undefined;
}

/**
 * Makes the projections of a raw object again, with the collector's own code, and compares them line by line with those
 * stored. Additional lines may come from damaged lines of the raw object. Other bytes are not a difference if the lines and the
 * time are the same: another zlib compresses differently. Lines of an older mapping are counted in
 * `otherMappings`, and compared with the row alone. Lines of a newer mapping are a difference.
 */
export const verifyProjections = async (
  slice: Slice,
  logged: LoggedRows,
  stored: ReadonlyMap<Projected, Buffer>,
  expected: ExpectedProjections,
  otherMappings: OtherMappings = new Map(),
  damagedLines = 0,
): Promise<Difference[]> => {
  const keyOf = (kind: Projected): string => objectKey(kind, slice, logged.sequence);
  const differences: Difference[] = [];
  const found = new Map<Projected, UnpackedLines>();
  for (const [kind, bytes] of stored) {
    const unpacked = await unpackLines(bytes);
    if (typeof unpacked !== 'string') found.set(kind, unpacked);
    else differences.push({ kind: 'damaged-object', key: keyOf(kind), message: damaged(unpacked) });
  }

  const should = new OnlyCreated();
  await project(should, slice, logged, {
    formats: [...new Set([...expected.formats, ...formatsAmong(stored)])],
    ocsfVersion: versionIn(found.get('ocsf')),
    accountId: expected.accountId ?? accountIn(found),
  });
  for (const kind of PROJECTED) {
    const key = keyOf(kind);
    const body = should.created.get(key);
    const is = found.get(kind);
    const isOfDamaged = is !== undefined && is.lines.length <= damagedLines;
    if (!body && stored.has(kind) && !isOfDamaged)
      differences.push({ kind: 'foreign-object', key, message: UNCALLED });
    if (body && !stored.has(kind)) differences.push({ kind: 'missing-projection', key, message: MISSING });
    if (body && is) {
      differences.push(...(await compareObjects(kind, key, body, is, otherMappings, damagedLines)));
    }
  }
  return differences;
};

const damaged = (problem: string): string =>
  `The object is damaged: ${problem}. Move it away, and collect its day again to recreate it.`;

const MISSING =
  'This object is missing, although the raw object of the same name has rows for it. Collect its day again to create it.';
const UNCALLED = 'The raw object of the same name has no row for it: it was added by hand.';

const compareObjects = async (
  kind: Projected,
  key: string,
  body: Buffer,
  is: UnpackedLines,
  otherMappings: OtherMappings,
  damagedLines: number,
): Promise<Difference[]> => {
  const should = await unpackLines(body);
  if (typeof should === 'string') throw new Error(`${key}: its new projection is damaged: ${should}`);
  const { lines, departures } = inThisMapping(kind, should.lines, is.lines, otherMappings);
  const compared = compareLines(should.lines, lines);
  const isOfDamaged = compared.length <= Math.min(damagedLines, lines.length - should.lines.length);
  const differences: Difference[] = [...(isOfDamaged ? [] : compared), ...departures].map((line) => ({
    ...line,
    key,
  }));
  if (should.time.getTime() !== is.time.getTime()) {
    const message = `Its header names ${is.time.toISOString()}, but its rows were committed at ${should.time.toISOString()}.`;
    differences.push({ kind: 'time-changed', key, message });
  }
  return differences;
};

/** The stored lines as this release writes them, and where those of another mapping differ from their row. */
const inThisMapping = (
  kind: Projected,
  expected: readonly string[],
  stored: readonly string[],
  otherMappings: OtherMappings,
): { lines: readonly string[]; departures: Omit<Difference, 'key'>[] } => {
  // A rejected row names no mapping: version 1 left half a surrogate pair in it.
  if (kind === 'rejected') return { lines: stored.map(wellFormedJson), departures: [] };
  const others = otherMappingLines(kind, expected, stored);
  const byMapping = Map.groupBy(others, ([, { mapping }]) => mapping);
  for (const [mapping, { length }] of byMapping) {
    if (!isNewer(mapping)) otherMappings.set(mapping, (otherMappings.get(mapping) ?? 0) + length);
  }
  return {
    lines: stored.map((line, index) => others.get(index)?.expected ?? line),
    departures: [
      ...[...byMapping].flatMap(([mapping, ofIt]) => (isNewer(mapping) ? [newerMapping(mapping, ofIt)] : [])),
      ...[...others]
        .filter(([, { departures }]) => departures.length > 0)
        .map(([index, { mapping, id, departures }]): Omit<Difference, 'key'> => ({
          kind: 'line-changed',
          line: index + 1,
          message: `The event ${id} (mapping version ${mapping}) differs from the raw log in ${departures.join(', ')}.`,
        })),
    ],
  };
};

/** One difference for all lines of a mapping in an object, with the number of the first. */
const newerMapping = (
  mapping: number,
  lines: readonly (readonly [index: number, ...unknown[]])[],
): Omit<Difference, 'key'> => {
  const [[first] = [0]] = lines;
  const which = lines.length === 1 ? 'This line was' : `This line and ${lines.length - 1} more were`;
  return {
    kind: 'newer-mapping',
    line: first + 1,
    message: `${which} written by a newer version of zoom-log-source (mapping version ${mapping}). Update, then verify again.`,
  };
};

const formatsAmong = (stored: ReadonlyMap<Projected, Buffer>): Format[] =>
  [...stored.keys()].filter((kind) => kind !== 'rejected');

/** The OCSF version of an object's lines, because the operator may have changed it between two objects. */
const versionIn = (object: UnpackedLines | undefined): OcsfVersion => {
  for (const line of object?.lines ?? []) {
    const version = fieldsOf(fieldsOf(parseEventLine(line)?.value)?.['metadata'])?.['version'];
    const known = OCSF_VERSIONS.find((one) => one === version);
    if (known) return known;
  }
  return OCSF_VERSIONS[0];
};

/** The account that the lines themselves name. */
const accountIn = (found: ReadonlyMap<Projected, UnpackedLines>): string => {
  for (const line of [...found.values()].flatMap(({ lines }) => lines)) {
    const event = envelopeOnTop(fieldsOf(parseEventLine(line)?.value) ?? {});
    const id = event['account_id'] ?? fieldsOf(event['metadata'])?.['tenant_uid'];
    if (typeof id === 'string') return id;
  }
  return '';
};

/** A temporary store in memory. */
class OnlyCreated implements Pick<ObjectStore, 'create'> {
  readonly created = new Map<string, Buffer>();

  create(key: string, body: Buffer) {
    this.created.set(key, body);
    return Promise.resolve({ key, version: '' });
  }
}
