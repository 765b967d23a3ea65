import type { ObjectStore } from '../../collect/ports.ts';
import type { LoggedRows } from '../../collect/log/slice-log.ts';
import { parseEventLine } from '../../collect/event-line.ts';
import type { Difference } from '../../collect/verify/verify-difference.ts';
import { objectKey } from '../../contract/object-keys.ts';
import type { ContentStreamName } from '../../model/content-stream.ts';
import { fieldsOf } from '../../model/raw-row.ts';
import type { Slice } from '../../model/slice.ts';
import { CONTENT_MAPPING, project } from '../projection.ts';
import { compareProjection } from './compare-projection.ts';

/**
 * Makes the flat object of a raw object again, and compares it with the stored one. Without `accountId`, the account is the one that
 * the stored lines name.
 */
export const verifyFlat = (
  slice: Slice<ContentStreamName>,
  logged: LoggedRows,
  stored: Buffer | undefined,
  accountId: string | undefined,
): Promise<Difference[]> =>
  compareProjection(
    {
      key: objectKey('flat', slice, logged.sequence),
      origin: 'raw object',
      mapping: CONTENT_MAPPING,
      mappingOf: (line) => Number(fieldOf(line, 'mapping_version') ?? 0),
      project: (lines) => projected(slice, logged, accountId ?? accountIn(lines)),
    },
    stored,
  );

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

const accountIn = (lines: readonly string[]): string => {
  const account = lines.map((line) => fieldOf(line, 'account_id')).find((id) => typeof id === 'string');
  return account ?? '';
};
