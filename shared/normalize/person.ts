import { isEmail } from './email.ts';

/** Someone a row names: always by a text, which mostly is an e-mail address. */
export interface Person {
  readonly name: string;
  readonly email?: string | undefined;
}

/** The person behind a text. */
export const textToPerson = (name: string): Person => (isEmail(name) ? { name, email: name } : { name });
