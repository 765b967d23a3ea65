import type { ObjectStore } from '../../collect/ports.ts';
import type { LoggedRows } from '../../collect/log/slice-log.ts';
import { parseEventLine } from '../../collect/event-line.ts';
import type { Difference } from '../../collect/verify/verify-difference.ts';
import { unpackLines } from '../../collect/verify/verify-gzip.ts';
import { compareLines } from '../../collect/verify/verify-lines.ts';
import { objectKey } from '../../contract/object-keys.ts';
import type { ContentStreamName } from '../../model/content-stream.ts';
import { fieldsOf } from '../../model/raw-row.ts';
import type { Slice } from '../../model/slice.ts';
import { CONTENT_MAPPING, project } from '../projection.ts';

/**
 * Makes the flat object of a raw object again, with the collector's own code, and compares it with the stored one. Other bytes are
 * no difference if the lines and the time are the same: another zlib compresses differently. Without `accountId`, the account is
 * the one that the stored lines name.
 */
export const verifyFlat = async (
  slice: Slice<ContentStreamName>,
  logged: LoggedRows,
  stored: Buffer | undefined,
  accountId: string | undefined,
): Promise<Difference[]> => {
  const key = objectKey('flat', slice, logged.sequence);
  if (!stored) return [{ kind: 'missing-projection', key, message: MISSING }];
  const is = await unpackLines(stored);
  if (typeof is === 'string') {
    const message = `The object is damaged: ${is}. Move it away, and collect its day again to create it.`;
    return [{ kind: 'damaged-object', key, message }];
  }
  const newer = is.lines.findIndex((line) => mappingOf(line) > CONTENT_MAPPING);
  if (newer !== -1) {
    const message = `The line was written by a newer version of zoom-log-source (mapping version ${mappingOf(is.lines[newer] ?? '')}). Update, then verify again.`;
    return [{ kind: 'newer-mapping', key, line: newer + 1, message }];
  }

  const body = await projected(slice, logged, accountId ?? accountIn(is.lines));
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

const MISSING =
  'This object is missing, although the raw object of the same name exists. Collect its day again to create it.';

/** The projection of a raw object, in memory. */
const projected = async (
  slice: Slice<ContentStreamName>,
  logged: LoggedRows,
  accountId: string,
): Promise<Buffer> => {
  let made = Buffer.alloc(0);
  const store: Pick<ObjectStore, 'create'> = {
    create: (key, body) => {
      made = Buffer.from(body);
      return Promise.resolve({ key, version: '' });
    },
  };
  await project(store, slice, logged, accountId);
  return made;
};

const fieldOf = (line: string, name: string): unknown => fieldsOf(parseEventLine(line)?.value)?.[name];

const mappingOf = (line: string): number => Number(fieldOf(line, 'mapping_version') ?? 0);

const accountIn = (lines: readonly string[]): string => {
  const account = lines.map((line) => fieldOf(line, 'account_id')).find((id) => typeof id === 'string');
  return account ?? '';
};
