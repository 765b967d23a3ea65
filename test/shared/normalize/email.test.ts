import { describe, expect, it } from '@jest/globals';
import { emailsIn, isEmail, OCSF_ADDRESS } from '../../../shared/normalize/email.ts';

describe('an e-mail address', () => {
  it.each(['ann@acme.test', "o'neil+x@acme.co.test", 'a%b+c@acme.test'])('is recognized: %s', (text) => {
    expect(isEmail(text)).toBe(true);
  });

  it.each([
    'Ann',
    'ann@acme',
    '@acme.test',
    'ann @acme.test',
    'a@b@acme.test',
    `${'a'.repeat(400)}@acme.test`,
  ])('is not taken for one: %s', (text) => {
    expect(isEmail(text)).toBe(false);
  });

  it('is at most 320 characters long', () => {
    const longest = `${'a'.repeat(310)}@acme.test`;

    expect([isEmail(longest), isEmail(`a${longest}`)]).toEqual([true, false]);
    expect([emailsIn(longest), emailsIn(`a${longest}`)]).toEqual([[longest], []]);
  });

  it.each([
    ['ann@acme.test', true],
    ['x ann@acme.test', false],
    ['ann@acme.test x', false],
    ['ann@b\u00fccher.example', false],
  ])('is one of OCSF, or not: %s, %s', (text, expected) => {
    expect(OCSF_ADDRESS.test(text)).toBe(expected);
  });

  it('ends where its domain does', () => {
    expect(isEmail('ann@acme.test!')).toBe(false);
    expect(isEmail('ann@acme.test\n')).toBe(false);
  });

  it('is found at any position in a text', () => {
    expect(
      emailsIn(
        "Moved (ann@acme.test) to bob.b@eu.acme.test. 'cy@acme.test', dee@acme, @, e@f@acme.test: from x",
      ),
    ).toEqual(['ann@acme.test', 'bob.b@eu.acme.test', 'cy@acme.test', 'f@acme.test']);
  });

  it.each([
    ["('ann@acme.test')", ['ann@acme.test']],
    ['-ann@acme.test', ['ann@acme.test']],
    ['...ann@acme.test...', ['ann@acme.test']],
    ['ann@acme.test-.', ['ann@acme.test']],
    ['a-b.c_d%e+f@acme.test', ['a-b.c_d%e+f@acme.test']],
    ["o'neil@acme.test'", ["o'neil@acme.test"]],
    ['AZaz09@AZ-az.09x', ['AZaz09@AZ-az.09x']],
    ['ann@b\u00fccher.example', ['ann@b\u00fccher.example']],
    ['ann@b\u00fccher.example. Then', ['ann@b\u00fccher.example']],
    ['ann@b\u00fccher.example/x', ['ann@b\u00fccher.example']],
    ['ann@acme.\u516c\u53f8', ['ann@acme.\u516c\u53f8']],
    ['ann@acme.test\u306b', ['ann@acme.test']],
    ['ann@acme.t\u516c', ['ann@acme.t\u516c']],
    ['ann@acme.test1\u516c', ['ann@acme.test1\u516c']],
    ['ann@b\u00fccher.example\u2026x', ['ann@b\u00fccher.example']],
    ['ann@bu\u0308cher\u0663.example', ['ann@bu\u0308cher\u0663.example']],
    ['ann@acme\u2026', []],
    ['ann@acme.test\u2026', ['ann@acme.test']],
    ['a@b.cd@e.fg', ['a@b.cd', 'b.cd@e.fg']],
    ['ann@', []],
    ['@acme.test', []],
    ['', []],
  ])('in %j are %j', (text, expected) => {
    expect(emailsIn(text)).toEqual(expected);
  });

  it.each(['a', '@', 'a@', 'a@b', '.@-', 'a@b.c'])(
    'is looked for in linear time in a run of %j',
    (fragment) => {
      expect(Array.isArray(emailsIn(fragment.repeat(100_000)))).toBe(true);
    },
  );
});
