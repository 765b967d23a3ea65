import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asCode, disarmed } from '../../../shared/model/chat-text.ts';

describe('text for chat and mail', () => {
  it.each([
    ['<!channel> <!here|here> <!subteam^S1>', '＜!channel＞ ＜!here|here＞ ＜!subteam^S1＞'],
    ['<@U012AB> <#C1|general>', '＜＠U012AB＞ ＜#C1|general＞'],
    ['@here, @channel (@everyone)', '＠here, ＠channel (＠everyone)'],
    ['<at>Ines</at>', '＜at＞Ines＜/at＞'],
    ['ines@acme.example', 'ines@acme.example'],
    ['[reset](https://evil.example)', '[reset] ·(https[://]evil.example)'],
    ['[reset] [1]', '[reset] · [1]'],
    ['https://evil.example www.evil.example', 'https[://]evil.example www[.]evil.example'],
    ['<https://evil.example|reset>', '＜https[://]evil.example|reset＞'],
    ['2 days, from On to Off (by hand).', '2 days, from On to Off (by hand).'],
  ])('is disarmed: %s', (text, expected) => {
    expect(disarmed(text)).toBe(expected);
    expect(disarmed(disarmed(text))).toBe(expected);
  });
});

describe('untrusted text', () => {
  it.each([
    ['AI Companion', '`AI Companion`'],
    ['a`b``c', "`a'b''c`"],
    ['one\r\ntwo\u2028three\tfour', '`one two three four`'],
    ['\u001b[31m\u009b2J\u202egpj\u200b', '`·[31m·2J·gpj·`'],
    ['\ud83d', '`\ufffd`'],
    ['', '`-`'],
    ['  \n ', '`-`'],
  ])('are one code span: %j', (words, expected) => {
    expect(asCode(words, 100)).toBe(expected);
  });

  it.each([
    ['x'.repeat(8), '`xxxxxxxx`'],
    ['x'.repeat(9), '`xxxxxxx…`'],
    ['xxxxxx😀😀', '`xxxxxx…`'],
    ['😀xxxxxxxx', '`😀xxxxx…`'],
  ])('are cut, and no character is halved: %s', (words, expected) => {
    expect(asCode(words, 10)).toBe(expected);
  });

  it('is always within its length, in one span and on one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 8, max: 300 }), (words, most) => {
        const code = asCode(words, most);

        return (
          code.length <= most &&
          code.isWellFormed() &&
          /^`[^`\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>]+`$/u.test(code) &&
          !/(?:^|[^\p{L}\p{N}._%+-])@|\]\(|[^[]:\/\//u.test(code)
        );
      }),
    );
  });
});
