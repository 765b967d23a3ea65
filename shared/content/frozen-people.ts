import * as z from 'zod';
import type { ObjectStore } from '../collect/ports.ts';
import { jsonBytes, parseJson } from '../collect/state/state-file.ts';
import { frozenPeopleKey } from '../contract/object-keys.ts';
import { ConfigurationError } from '../errors.ts';
import type { PeopleChoice } from '../model/content-config.ts';
import type { ContentContext } from './content-context.ts';
import { choosePeople, type PeopleContext } from './people.ts';
import type { Person } from './streams/definition.ts';
import type { Census } from './streams/person.ts';

const FrozenPeopleSchema = z.object({
  at: z.iso.datetime(),
  include: z.union([
    z.literal('all'),
    z.object({ emails: z.array(z.string()), groups: z.array(z.string()) }),
  ]),
  exclude: z.array(z.string()),
  people: z.array(z.object({ id: z.string().optional(), email: z.string() })),
});

/** The people of a source with `future: false`, as its first run chose them: written once. */
export type FrozenPeople = z.output<typeof FrozenPeopleSchema>;

/** The people of a run, and since when they are fixed. */
export interface ChosenPeople {
  readonly people: readonly Person[];
  /** Undefined if people who join later are collected too. */
  readonly frozenAt: string | undefined;
}

/**
 * The people whose content a run collects. With `future: false` the first run that has the whole list of people fixes them, and each
 * later run has those of them who are still in the account. Throws ConfigurationError as `choosePeople` does, and if the choice is
 * another than that of the first run.
 */
export const peopleOfRun = async (
  context: Pick<ContentContext, 'clock' | 'store'> & PeopleContext,
  census: Pick<Census, 'people' | 'isProven'>,
  signal: AbortSignal,
): Promise<ChosenPeople> => {
  const { store, source, choice, clock } = context;
  if (choice.people.future)
    return { people: await choosePeople(context, census, signal), frozenAt: undefined };
  const before = await readFrozenPeople(store, source);
  if (before) return ofCensus(before, census, context);
  const people = await choosePeople(context, census, signal);
  // From a list that may lack people nothing is fixed: the next run does it.
  if (!census.isProven) return { people, frozenAt: undefined };
  const frozen: FrozenPeople = {
    at: clock.now().toISOString(),
    ...choiceOf(choice.people),
    people: people.map(({ id, email }) => ({ ...(id !== undefined && { id }), email })),
  };
  await store.create(frozenPeopleKey(source), jsonBytes(frozen), {});
  // Another collector may have fixed them first.
  return ofCensus((await readFrozenPeople(store, source)) ?? frozen, census, context);
};

/** The same for a run that only counts: it fixes nothing. `store` is undefined if there is no folder yet. */
export const peopleOfEstimate = async (
  context: PeopleContext,
  census: Pick<Census, 'people'>,
  signal: AbortSignal,
): Promise<readonly Person[]> => {
  const { store, source, choice } = context;
  const frozen = store && !choice.people.future ? await readFrozenPeople(store, source) : undefined;
  return frozen ? ofCensus(frozen, census, context).people : choosePeople(context, census, signal);
};

/** The people that the first run of a source fixed; undefined if none did. */
const readFrozenPeople = async (store: ObjectStore, source: string): Promise<FrozenPeople | undefined> => {
  const key = frozenPeopleKey(source);
  const bytes = await store.read(key);
  if (!bytes) return undefined;
  const frozen = parseJson(bytes, FrozenPeopleSchema);
  if (frozen) return frozen;
  throw new ConfigurationError(
    'damaged-object',
    `${key} cannot be read. It has the people that the first run of the source "${source}" chose, because people who join later are ` +
      `not collected. Restore it from a copy, or collect into another source (--source).`,
  );
};

/** Those of the census who were fixed. A pending person had no id: the address decides. */
const ofCensus = (
  frozen: FrozenPeople,
  census: Pick<Census, 'people'>,
  { source, choice }: Pick<PeopleContext, 'source' | 'choice'>,
): ChosenPeople => {
  assertSameChoice(frozen, choice.people, source);
  const ids = new Set(frozen.people.flatMap(({ id }) => id ?? []));
  const pending = new Set(frozen.people.flatMap(({ id, email }) => (id === undefined ? [email] : [])));
  const people = census.people.filter(
    ({ id, email }) => (id !== undefined && ids.has(id)) || pending.has(email),
  );
  return { people, frozenAt: frozen.at };
};

const assertSameChoice = (frozen: FrozenPeople, choice: PeopleChoice, source: string): void => {
  const before = choiceOf(frozen);
  if (JSON.stringify(before) === JSON.stringify(choiceOf(choice))) return;
  throw new ConfigurationError(
    'people-fixed',
    `The source "${source}" collects the people that its first run chose on ${frozen.at.slice(0, 10)}: ${inWords(before)} ` +
      `(${frozen.people.length} in all), without people who join later. Another choice of people is asked for now. Ask for the same ` +
      `again, collect into another source (--source), or collect people who join later too ("future": true).`,
  );
};

/** A choice in one form: in lower case, sorted, each once. */
const choiceOf = ({
  include,
  exclude,
}: Pick<PeopleChoice, 'include' | 'exclude'>): Pick<FrozenPeople, 'include' | 'exclude'> => ({
  include:
    include === 'all'
      ? 'all'
      : { emails: sorted(include.emails, true), groups: sorted(include.groups, false) },
  exclude: sorted(exclude, true),
});

const sorted = (names: readonly string[], isCaseless: boolean): string[] =>
  [...new Set(isCaseless ? names.map((text) => text.toLowerCase()) : names)].sort();

const inWords = ({ include, exclude }: Pick<FrozenPeople, 'include' | 'exclude'>): string => {
  const included =
    include === 'all'
      ? 'everyone'
      : [...include.emails, ...include.groups.map((group) => `the group ${JSON.stringify(group)}`)].join(
          ', ',
        ) || 'no one';
  return exclude.length === 0 ? included : `${included} except ${exclude.join(', ')}`;
};
