import { expect, it } from '@jest/globals';
import { isIpAddress } from '../../../shared/normalize/ip-address.ts';

it.each([
  ['198.51.100.7', true],
  ['2001:db8::7', true],
  ['fe80::1%eth0', true],
  [`fe80::1%${'e'.repeat(32)}`, true],
  [`fe80::1%${'e'.repeat(33)}`, false],
  ['198.51.100', false],
  ['host', false],
  ['', false],
])('%s is an IP address: %s', (text, expected) => {
  expect(isIpAddress(text)).toBe(expected);
});
