import { parse, v5 } from 'uuid';
import type { Day } from './day.ts';
import type { RowDigest } from './raw-row.ts';
import type { StreamName } from './stream.ts';

/** UUIDv5 of `urn:zoom-audit-log:event:v1` in the URL namespace; fixed for ever, for every id hangs on it. */
const NAMESPACE = parse('2d131e78-482f-5147-b1ff-963ac6f44e31');

export interface EventIdentity {
  /** The operator's name of the Zoom account. */
  readonly source: string;
  readonly stream: StreamName;
  /** The UTC day of the row's own time. */
  readonly day: Day;
  readonly digest: RowDigest;
  /** How many copies of the row stood before it in its slice: 0 for the first. */
  readonly occurrence: number;
}

/** A stable id for one occurrence of one row: the same whoever reads the row, whenever, in whatever order. */
export const eventIdOf = ({ source, stream, day, digest, occurrence }: EventIdentity): string =>
  v5(Buffer.from(`v1\n${source}\n${stream}\n${day}\n${digest}\n${occurrence}`), NAMESPACE);
