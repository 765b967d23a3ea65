import type { ObjectStore } from '../../collect/ports.ts';
import { findEarlierPerson } from '../earlier-people.ts';
import { HostEmails } from '../host-emails.ts';
import type { Hold } from './hold.ts';

/** A hold with every name of its people: the addresses that it lists, their ids, and the newest address of each. */
export interface ResolvedHold extends Hold {
  readonly names: 'all' | ReadonlySet<string>;
}

/** Finds the people of holds in the stored lists of people: addresses change, and rows of recordings have ids only. */
export const resolveHolds = async (
  store: ObjectStore,
  source: string,
  holds: readonly Hold[],
): Promise<ResolvedHold[]> => {
  const emails = new HostEmails(store, source);
  const resolved: ResolvedHold[] = [];
  for (const hold of holds) {
    if (hold.people === 'all') {
      resolved.push({ ...hold, names: 'all' });
      continue;
    }
    const names = new Set(hold.people);
    for (const address of hold.people) {
      const id = (await findEarlierPerson(store, source, address))?.id;
      const newest = id === undefined ? undefined : await emails.of(id);
      if (id !== undefined) names.add(id);
      if (newest !== undefined) names.add(newest);
    }
    resolved.push({ ...hold, names });
  }
  return resolved;
};
