import type { ObjectStore } from '../collect/ports.ts';
import { findEarlierPerson } from '../content/earlier-people.ts';
import type { ChatConversation } from './chat-messages.ts';

/** The choice of people of an export. It notes of whom something was found. */
export class ExportPeople {
  readonly #emails: readonly string[] | undefined;
  readonly #found = new Set<string>();

  constructor(people: 'all' | readonly string[]) {
    this.#emails = people === 'all' ? undefined : people.toSorted();
  }

  /** Whether the recordings of a host are selected. */
  isHost(email: string): boolean {
    return this.#note([email]).length > 0 || !this.#emails;
  }

  /** The selected people of a chat session: members, or senders of its messages; undefined if it is not selected. */
  inConversation({ session, messages }: ChatConversation): readonly string[] | undefined {
    const there = this.#note([...session.members, ...messages.map(({ sender }) => sender.email)]);
    return this.#emails && there.length === 0 ? undefined : there;
  }

  /** The selected people of whom nothing was found. */
  get without(): string[] {
    return (this.#emails ?? []).filter((email) => !this.#found.has(email));
  }

  #note(emails: readonly string[]): string[] {
    const there = new Set(emails);
    const found = (this.#emails ?? []).filter((email) => there.has(email));
    for (const email of found) this.#found.add(email);
    return found;
  }
}

/** Which of some addresses a list of people of a source has. */
export const findKnownPeople = async (
  store: ObjectStore,
  sources: readonly string[],
  emails: readonly string[],
): Promise<ReadonlySet<string>> => {
  const known = new Set<string>();
  for (const email of emails) {
    for (const source of sources) {
      if (await findEarlierPerson(store, source, email)) known.add(email);
    }
  }
  return known;
};
