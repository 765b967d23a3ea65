import { fieldsOf } from '../../model/raw-row.ts';
import type { Slice } from '../../model/slice.ts';
import { type Format, OCSF_VERSIONS, type OcsfVersion } from '../../normalize/index.ts';
import { type Kind, objectKey } from '../object-keys.ts';
import { parseEventLine } from '../event-line.ts';
import type { ObjectStore } from '../ports.ts';
import { project } from '../projection.ts';
import type { LoggedRows } from '../slice-log.ts';
import type { Difference } from './verify-difference.ts';
import { compareLines } from './verify-lines.ts';
import { type UnpackedLines, unpackLines } from './verify-packing.ts';

/** What is made of the log. */
export const PROJECTED = ['flat', 'ocsf', 'rejected'] as const satisfies readonly Kind[];
export type Projected = (typeof PROJECTED)[number];

/** What projections are held against. */
export interface ExpectedProjections {
  /** The formats that each raw object must have. Those that it has besides are checked all the same. */
  readonly formats: readonly Format[];
  /** Zoom's id of the account; undefined if nobody knows, so that the lines' own word is taken. */
  readonly accountId: string | undefined;
}

/**
 * Makes the projections of a raw object again, with the collector's own hands, and compares them line by line with those
 * stored. What they have beyond the rows of `logged` may be of as many damaged lines of the raw object. Other bytes are no difference if the lines and the time are the same: another zlib packs otherwise.
 */
export const verifyProjections = async (
  slice: Slice,
  logged: LoggedRows,
  stored: ReadonlyMap<Projected, Buffer>,
  expected: ExpectedProjections,
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
    if (body && is) differences.push(...(await compareObjects(key, body, is, damagedLines)));
  }
  return differences;
};

const damaged = (problem: string): string =>
  `The object is damaged: ${problem}. Move it away, and collect its day again to have it made anew.`;

const MISSING =
  'The raw object of the same name has rows for it, but it is not there. Collect its day again to have it made.';
const UNCALLED = 'The raw object of the same name has no row for it: it was added by hand.';

const compareObjects = async (
  key: string,
  body: Buffer,
  is: UnpackedLines,
  damagedLines: number,
): Promise<Difference[]> => {
  const should = await unpackLines(body);
  if (typeof should === 'string')
    throw new Error(`${key}: what was made of the log is itself damaged: ${should}`);
  const compared = compareLines(should.lines, is.lines);
  const isOfDamaged = compared.length <= Math.min(damagedLines, is.lines.length - should.lines.length);
  const differences: Difference[] = isOfDamaged ? [] : compared.map((line) => ({ ...line, key }));
  if (should.time.getTime() !== is.time.getTime()) {
    const message = `Its header names ${is.time.toISOString()}, but its rows were committed at ${should.time.toISOString()}.`;
    differences.push({ kind: 'time-changed', key, message });
  }
  return differences;
};

const formatsAmong = (stored: ReadonlyMap<Projected, Buffer>): Format[] =>
  [...stored.keys()].filter((kind) => kind !== 'rejected');

/** The OCSF version of an object's lines, for the operator may have changed it between two objects. */
const versionIn = (object: UnpackedLines | undefined): OcsfVersion => {
  for (const line of object?.lines ?? []) {
    const version = fieldsOf(fieldsOf(parseEventLine(line)?.value)?.['metadata'])?.['version'];
    const known = OCSF_VERSIONS.find((one) => one === version);
    if (known) return known;
  }
  return OCSF_VERSIONS[0];
};

/** The account that the lines themselves name, in `_connector` where a row has a field of that name. */
const accountIn = (found: ReadonlyMap<Projected, UnpackedLines>): string => {
  for (const line of [...found.values()].flatMap(({ lines }) => lines)) {
    const event = fieldsOf(parseEventLine(line)?.value);
    const id =
      fieldsOf(event?.['_connector'])?.['account_id'] ??
      event?.['account_id'] ??
      fieldsOf(event?.['metadata'])?.['tenant_uid'];
    if (typeof id === 'string') return id;
  }
  return '';
};

/** A store that keeps what it is given, for a moment. */
class OnlyCreated implements Pick<ObjectStore, 'create'> {
  readonly created = new Map<string, Buffer>();

  create(key: string, body: Buffer) {
    this.created.set(key, body);
    return Promise.resolve({ key, version: '' });
  }
}
