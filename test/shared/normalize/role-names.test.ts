import { expect, it } from '@jest/globals';
import { isBasicRole, isKnownRole, privilegeOf } from '../../../shared/normalize/role-names.ts';

it.each<[string | undefined, boolean, boolean, number | undefined]>([
  ['Member', true, true, 0],
  ['user', true, true, 0],
  [' MEMBER ', true, true, 0],
  ['Billing Admin', true, false, 1],
  ['Admin', true, false, 2],
  ['Co-Owner', true, false, 3],
  ['Owner', true, false, 4],
  ['Room administrators', false, false, 2],
  ['Administrator of phones', false, false, 2],
  ['Site admins', false, false, 2],
  ['Account Owner', true, false, 4],
  ['account co-owner', true, false, 3],
  ['Account Admin', true, false, 2],
  ['Account Billing Admin', true, false, 1],
  ['Account Member', true, true, 0],
  ['Account Administrator', false, false, 2],
  ['Account Owner Helper', false, false, undefined],
  ['Non-admin', false, false, undefined],
  ['Non admin', false, false, undefined],
  ['Nonadmin', false, false, undefined],
  ['Not an admin', false, false, undefined],
  ['Not admin', false, false, undefined],
  ['Ex-Administrator', false, false, undefined],
  ['Former admin', false, false, undefined],
  ['Nonadministrative', false, false, undefined],
  ['Piano admin', false, false, 2],
  ['Badminton', false, false, undefined],
  ['Xadmin', false, false, undefined],
  ['Clerk', false, false, undefined],
  ['', false, false, undefined],
  [undefined, false, false, undefined],
])('the role %j: known %j, basic %j, privileges %j', (role, known, basic, privilege) => {
  expect([isKnownRole(role), isBasicRole(role), privilegeOf(role)]).toEqual([known, basic, privilege]);
});

it('only the beginning of a very long role is looked at', () => {
  expect(privilegeOf(`${'x'.repeat(122)} admin`)).toBe(2);
  expect(privilegeOf(`${'x'.repeat(123)} admin`)).toBeUndefined();
});
