import { isEmail } from './email.ts';
import type { OcsfDialect } from './ocsf-dialect.ts';
import type { OcsfUser } from './ocsf-event.ts';

/** A person that a row names: always by a text, which is usually an e-mail address. */
export interface Person {
  readonly name: string;
  readonly email?: string | undefined;
}

/** The person that a text names. */
export const textToPerson = (name: string): Person => (isEmail(name) ? { name, email: name } : { name });

/** OCSF requires one of `name`, `uid` and `account` for a user; a row always has a name. */
export const personToUser = ({ name, email }: Person, dialect: OcsfDialect): OcsfUser =>
  email !== undefined && dialect.email?.test(email) !== false ? { name, email_addr: email } : { name };
