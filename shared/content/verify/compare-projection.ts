import { unpackLines } from '../../collect/verify/verify-gzip.ts';
import { compareLines } from '../../collect/verify/verify-lines.ts';
import type { Difference } from '../../collect/verify/verify-difference.ts';

/** What a stored object should be. */
export interface ExpectedProjection {
  readonly key: string;
  /** The object of the log that it was made from, in messages: `raw object`. */
  readonly origin: string;
  /** The version of the mapping of this release, and that of a line. */
  readonly mapping: number;
  readonly mappingOf: (line: string) => number;
  /** Makes the object again, by what only its stored lines say, such as the account. */
  readonly project: (stored: readonly string[]) => Promise<Buffer>;
}

/**
 * Makes a projection again, with the collector's own code, and compares it with the stored one. Other bytes are no difference if
 * the lines and the time are the same: another zlib compresses differently.
 */
export const compareProjection = async (
  { key, origin, mapping, mappingOf, project }: ExpectedProjection,
  stored: Buffer | undefined,
): Promise<Difference[]> => {
  if (!stored) {
    const message = `This object is missing, although the ${origin} of the same name exists. Collect its day again to create it.`;
    return [{ kind: 'missing-projection', key, message }];
  }
  const is = await unpackLines(stored);
  if (typeof is === 'string') {
    const message = `The object is damaged: ${is}. Move it away, and collect its day again to create it.`;
    return [{ kind: 'damaged-object', key, message }];
  }
  const newer = is.lines.findIndex((line) => mappingOf(line) > mapping);
  if (newer !== -1) {
    const message = `The line was written by a newer version of zoom-log-source (mapping version ${mappingOf(is.lines[newer] ?? '')}). Update, then verify again.`;
    return [{ kind: 'newer-mapping', key, line: newer + 1, message }];
  }

  const body = await project(is.lines);
  if (body.equals(stored)) return [];
  const should = await unpackLines(body);
  if (typeof should === 'string') throw new Error(`${key}: its new projection is damaged: ${should}`);
  const differences: Difference[] = compareLines(should.lines, is.lines).map((line) => ({ ...line, key }));
  if (should.time.getTime() !== is.time.getTime()) {
    const message = `Its header names ${is.time.toISOString()}, but its rows were committed at ${should.time.toISOString()}.`;
    differences.push({ kind: 'time-changed', key, message });
  }
  return differences;
};
