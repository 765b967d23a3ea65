import type { ObjectStore } from '../collect/ports.ts';
import { fieldsOf } from '../model/raw-row.ts';
import { daysOf } from './content-days.ts';
import { openRows } from './content-log.ts';
import { CENSUS_STREAM } from './content-streams.ts';

/** A person of an earlier list. */
export interface EarlierPerson {
  /** Zoom's id; undefined for a pending person. */
  readonly id: string | undefined;
}

/**
 * The person who had an e-mail address, in lower case, by the newest stored list of people that has it; undefined if none has it.
 * People leave, and addresses change: that does not make the choice of an operator wrong.
 */
export const findEarlierPerson = async (
  store: ObjectStore,
  source: string,
  email: string,
): Promise<EarlierPerson | undefined> => {
  for (const day of (await daysOf(store, { source, stream: CENSUS_STREAM })).toReversed()) {
    const log = await openRows(store, { source, stream: CENSUS_STREAM, day });
    for (const { sequence } of log.objects.toReversed()) {
      for (const { row } of (await log.read(sequence)).rows.toReversed()) {
        const { id, email: listed } = fieldsOf(row) ?? {};
        if (typeof listed !== 'string' || listed.toLowerCase() !== email) continue;
        return { id: typeof id === 'string' && id !== '' ? id : undefined };
      }
    }
  }
  return undefined;
};
