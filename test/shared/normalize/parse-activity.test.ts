import { describe, expect, it } from '@jest/globals';
import { ACTIVITIES } from '../../../shared/normalize/ocsf-activity.ts';
import { parseActivity } from '../../../shared/normalize/parse-activity.ts';
import { anActivity } from './rows.ts';

describe('a row of the sign in / sign out report', () => {
  it('is read', () => {
    expect(parseActivity(anActivity({ email: ' ann@acme.test ', client_type: ' iPad ' }))).toStrictEqual({
      area: 'sign_in',
      eventType: 'user.sign_in',
      activity: ACTIVITIES.logon,
      outcome: 'success',
      action: 'Sign in',
      message: 'Sign in',
      code: 'Sign in',
      actor: { name: 'ann@acme.test', email: 'ann@acme.test' },
      addresses: ['198.51.100.7'],
      clientType: 'iPad',
    });
  });

  it.each([
    [
      anActivity({ ip_address: 'unknown', email: 'Ann' }),
      ['action', 'message', 'code', 'actor', 'clientType'],
    ],
    [anActivity({ ip_address: undefined, client_type: ' ' }), ['action', 'message', 'code', 'actor']],
    [{ email: 7, type: '', ip_address: null }, []],
  ])('has no fields for missing values: %j', (row, names) => {
    expect(Object.keys(parseActivity(row))).toEqual(['area', 'eventType', 'activity', 'outcome', ...names]);
  });

  it.each([
    ['Sign in', 'user.sign_in', 'logon', 'success'],
    ['sign OUT', 'user.sign_out', 'logoff', 'success'],
    ['Sign in failed', 'user.sign_in_failed', 'logon', 'failure'],
    ['Sign in: failure of SSO', 'user.sign_in_failed', 'logon', 'failure'],
    ['Sign in again', 'user.sign_in', 'logon', 'success'],
    ['Logged-in', 'user.sign_in', 'logon', 'success'],
    ['LOGIN', 'user.sign_in', 'logon', 'success'],
    ['log_on via SSO', 'user.sign_in', 'logon', 'success'],
    ['Logout', 'user.sign_out', 'logoff', 'success'],
    ['Signed off', 'user.sign_out', 'logoff', 'success'],
    ['Logoff failed', 'user.session_other', 'otherAuthentication', 'unknown'],
    ['Login denied', 'user.sign_in_failed', 'logon', 'failure'],
    ['Design in progress', 'user.session_other', 'otherAuthentication', 'unknown'],
    ['Token renewal failed', 'user.session_other', 'otherAuthentication', 'unknown'],
    ['Sign in: fail', 'user.sign_in_failed', 'logon', 'failure'],
    ['Sign  -  in', 'user.sign_in', 'logon', 'success'],
    ['Failed sign in', 'user.sign_in_failed', 'logon', 'failure'],
  ] as const)('of the type %s is %s', (type, eventType, name, outcome) => {
    const activity = ACTIVITIES[name];

    expect(parseActivity(anActivity({ type }))).toMatchObject({ eventType, activity, outcome, action: type });
  });
});
