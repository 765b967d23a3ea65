import { isEmail } from './email.ts';
import type { OcsfDialect } from './ocsf-dialect.ts';
import type { OcsfUser } from './ocsf-event.ts';

/** Someone a row names: always by a text, which mostly is an e-mail address. */
export interface Person {
  readonly name: string;
  readonly email?: string | undefined;
}

/** The person behind a text. */
export const textToPerson = (name: string): Person => (isEmail(name) ? { name, email: name } : { name });

/** OCSF demands one of `name`, `uid` and `account` of a user; the name is what a row always gives. */
export const personToUser = ({ name, email }: Person, dialect: OcsfDialect): OcsfUser =>
  email !== undefined && dialect.email?.test(email) !== false ? { name, email_addr: email } : { name };
