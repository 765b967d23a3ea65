import { hash } from 'node:crypto';
import type { Day } from './day.ts';
import type { RowDigest } from './raw-row.ts';
import type { AnyStreamName } from './stream.ts';

/** UUIDv5 of `urn:zoom-audit-log:event:v1` in the URL namespace; never change it, because every id depends on it. */
const NAMESPACE = Buffer.from('2d131e78482f5147b1ff963ac6f44e31', 'hex');

export interface EventIdentity {
  /** The operator's name of the Zoom account. */
  readonly source: string;
  readonly stream: AnyStreamName;
  /** The UTC day of the row's own time. */
  readonly day: Day;
  readonly digest: RowDigest;
  /** The number of earlier copies of the row in its slice: 0 for the first. */
  readonly occurrence: number;
}

/** A stable id for one occurrence of one row: the same for every collector, at any time, in any order. */
export const eventIdOf = ({ source, stream, day, digest, occurrence }: EventIdentity): string =>
  uuidv5(`v1\n${source}\n${stream}\n${day}\n${digest}\n${occurrence}`);

/** RFC 9562, 5.5, with one native call per name: a run makes hundreds of thousands. */
const uuidv5 = (name: string): string => {
  const hex = hash('sha1', Buffer.concat([NAMESPACE, Buffer.from(name)]), 'hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
