import { ConfigurationError, reasonOf } from '../errors.ts';
import type { ListingStrategy, ListingSubject } from './streams/definition.ts';
import type { Unit } from './streams/unit.ts';

/** Lists the units of the first way that applies; if Zoom refuses the app that list, those of the next. Throws as `list` does. */
export const listFirstAllowed = async <T>(
  { ways }: Pick<ListingStrategy, 'ways'>,
  subject: ListingSubject,
  list: (units: readonly Unit[]) => Promise<T>,
): Promise<T> => {
  const refused: unknown[] = [];
  for (const way of ways) {
    const units = await way(subject);
    // Of a way without units nothing is listed: it would count as read whole.
    if (!units || (refused.length > 0 && units.length === 0)) continue;
    try {
      return await list(units);
    } catch (error) {
      if (!isRefused(error)) throw error;
      refused.push(error);
    }
  }
  // An app needs the scope of the best way: that is the one to name.
  const [first, last] = [refused.at(0), refused.at(-1)];
  throw reasonOf(last) === reasonOf(first) ? first : last;
};

const isRefused = (error: unknown): boolean =>
  error instanceof ConfigurationError &&
  (error.reason === 'scope-missing' || error.reason === 'role-too-weak');
