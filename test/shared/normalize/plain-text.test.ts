import { expect, it } from '@jest/globals';
import { plainText, withPlainBlanks } from '../../../shared/normalize/plain-text.ts';

it.each(['\u00a0', '\u2000', '\u200a', '\u202f', '\u205f', '\u3000'])('the blank %j is a space', (blank) => {
  expect(withPlainBlanks(`a${blank}${blank}b${blank}c`)).toBe('a  b c');
});

it('other characters are no blanks', () => {
  expect(withPlainBlanks('a\u009f\u1fff\u200b\n-')).toBe('a\u009f\u1fff\u200b\n-');
});

it.each([
  ['R&amp;D', 'R&D'],
  ['R&AMP;D', 'R&D'],
  ['&lt;a&gt;', '<a>'],
  ['&quot;a&apos;', '"a\''],
  ['a&nbsp;b', 'a b'],
  ['&#65;&#x42;&#X43;', 'ABC'],
  ['&#32;a', 'a'],
  ['a&#32;b', 'a b'],
  ['&#x10ffff;', '\u{10ffff}'],
  ['&#55295;&#57344;', '\ud7ff\ue000'],
  ['&#31;', '&#31;'],
  ['&#x1f;', '&#x1f;'],
  ['&#x110000;', '&#x110000;'],
  ['&#xd800;', '&#xd800;'],
  ['&#xdfff;', '&#xdfff;'],
  ['&#12345678;', '&#12345678;'],
  ['&#x1234567;', '&#x1234567;'],
  ['&copy;', '&copy;'],
  ['&#;', '&#;'],
  ['a & b', 'a & b'],
  ['  a  ', 'a'],
  ['a\u2010b\u2011c\u2012', 'a-b-c\u2012'],
  ['a\u2010b@acme.test', 'a\u2010b@acme.test'],
  ['a\u2010b&#64;acme.test', 'a\u2010b@acme.test'],
])('the plain text of %j is %j', (text, plain) => {
  expect(plainText(text)).toBe(plain);
});
