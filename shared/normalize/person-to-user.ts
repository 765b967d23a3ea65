import type { OcsfDialect } from './ocsf-dialect.ts';
import type { OcsfUser } from './ocsf-event.ts';
import type { Person } from './person.ts';

/** OCSF demands one of `name`, `uid` and `account` of a user; the name is what a row always gives. */
export const personToUser = ({ name, email }: Person, dialect: OcsfDialect): OcsfUser =>
  email !== undefined && dialect.email?.test(email) !== false ? { name, email_addr: email } : { name };
