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

const typeToKind = (type: string): SessionKind => {
  if (type === 'sign in') return SIGN_IN;
  if (type === 'sign out') return SIGN_OUT;
  return type.startsWith('sign in') && type.includes('fail') ? FAILED : OTHER;
};
