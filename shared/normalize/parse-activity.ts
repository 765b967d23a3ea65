import { ipAddressesIn } from './ip-address.ts';
import { ACTIVITIES, type OcsfActivity } from './ocsf-activity.ts';
import { textToPerson } from './person.ts';
import type { Outcome, ParsedRow, ParsedStreamRow } from './parsed-row.ts';
import { textOf } from './text.ts';

/** Parses a row of the sign in / sign out report. */
export const parseActivity = (row: ParsedRow['row']): ParsedStreamRow => {
  const email = textOf(row['email']);
  const type = textOf(row['type']);
  const [address, ...others] = ipAddressesIn(textOf(row['ip_address']) ?? '');
  const clientType = textOf(row['client_type']);

  return {
    area: 'sign_in',
    ...typeToKind(type?.toLowerCase() ?? ''),
    ...(type !== undefined && { action: type, message: type, code: type }),
    ...(email !== undefined && { actor: textToPerson(email) }),
    ...(address !== undefined && { addresses: [address, ...others] as const }),
    ...(clientType !== undefined && { clientType }),
  };
};

interface SessionKind {
  readonly eventType: string;
  readonly activity: OcsfActivity;
  readonly outcome: Outcome;
}

const SIGN_IN: SessionKind = { eventType: 'user.sign_in', activity: ACTIVITIES.logon, outcome: 'success' };
const SIGN_OUT: SessionKind = { eventType: 'user.sign_out', activity: ACTIVITIES.logoff, outcome: 'success' };
const FAILED: SessionKind = {
  eventType: 'user.sign_in_failed',
  activity: ACTIVITIES.logon,
  outcome: 'failure',
};
const OTHER: SessionKind = {
  eventType: 'user.session_other',
  activity: ACTIVITIES.otherAuthentication,
  outcome: 'unknown',
};

const BETWEEN_WORDS = /[\s_-]+/g;
const IN = /\b(?:sign(?:ed|ing)?|log(?:ged|ging)?) ?(?:in|on)\b/;
const OUT = /\b(?:sign(?:ed|ing)?|log(?:ged|ging)?) ?(?:out|off)\b/;
const FAILURE = /\b(?:fail(?:ed|ure|s)?|unsuccessful|denied|rejected|blocked|incorrect|invalid)\b/;

/** By its words, in any wording: "Sign in with SSO", "Login", "Failed sign-in". */
const typeToKind = (type: string): SessionKind => {
  const words = type.replace(BETWEEN_WORDS, ' ');
  const isFailure = FAILURE.test(words);
  if (IN.test(words)) return isFailure ? FAILED : SIGN_IN;
  return OUT.test(words) && !isFailure ? SIGN_OUT : OTHER;
};
