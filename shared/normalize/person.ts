import { isEmail } from './email.ts';
import type { OcsfDialect } from './ocsf-dialect.ts';
import type { OcsfUser } from './ocsf-event.ts';

/** A person that a row names: always by a text, which is usually an e-mail address. */
export interface Person {
  readonly name: string;
  /** In lower case: people are compared without case. */
  readonly email?: string | undefined;
}

/** The person that a text names: by an address, or by a name with an address in angle brackets. */
export const textToPerson = (name: string): Person => {
  const address = isEmail(name) ? name : bracketed(name);
  return address === undefined ? { name } : { name, email: address.toLowerCase() };
};

const bracketed = (name: string): string | undefined => {
  if (!name.endsWith('>')) return undefined;
  const address = name.slice(name.lastIndexOf('<') + 1, -1).trim();
  return isEmail(address) ? address : undefined;
};

/** The addresses that a text lists, in lower case, each once; undefined if it has anything else. */
export const listedAddresses = (text: string | undefined): [string, ...string[]] | undefined => {
  if (!text?.includes('@')) return undefined;
  const addresses = text
    .split(BETWEEN_PEOPLE)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => textToPerson(part).email);
  const [first, ...others] = new Set(addresses);
  return first === undefined || others.includes(undefined) ? undefined : [first, ...(others as string[])];
};

const BETWEEN_PEOPLE = /[,;\n]| - /;

/** OCSF requires one of `name`, `uid` and `account` for a user; a row always has a name. */
export const personToUser = ({ name, email }: Person, dialect: OcsfDialect): OcsfUser =>
  email !== undefined && dialect.email.test(email) ? { name, email_addr: email } : { name };
