import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KnownSecrets } from '../../../shared/zoom/known-secrets.ts';

const knowing = (...values: string[]): KnownSecrets => {
  const secrets = new KnownSecrets();
  secrets.add(...values);
  return secrets;
};

const LONG = 'p4/ss+w"rd&<%>\\é=';

describe('a known secret in a text of Zoom', () => {
  it.each([
    ['as it is', LONG],
    ['in a URL', encodeURIComponent(LONG)],
    ['in a URL, in small letters', encodeURIComponent(LONG).toLowerCase()],
    ['in a form', new URLSearchParams({ a: LONG }).toString()],
    ['in JSON', JSON.stringify(LONG)],
    ['in JSON within JSON', JSON.stringify(JSON.stringify(LONG))],
    ['in JSON with escaped slashes', JSON.stringify(LONG).replaceAll('/', '\\/')],
    ['in HTML', LONG.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
    ['in base64', Buffer.from(LONG).toString('base64')],
    ['in base64url', Buffer.from(LONG).toString('base64url')],
    ['in capitals', LONG.toUpperCase()],
    ['with every byte encoded', Buffer.from(LONG).toString('hex').replaceAll(/../g, '%$&')],
    [
      'with every unit escaped',
      Array.from(LONG)
        .map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join(''),
    ],
    [
      'as entities',
      Array.from(LONG)
        .map((c) => `&#${c.charCodeAt(0)};`)
        .join(''),
    ],
    ['with invisible characters in it', Array.from(LONG).join('\u200b')],
    ['over two lines', `${LONG.slice(0, 5)}\n${LONG.slice(5)}`],
    ['within a word', `x${LONG}y`],
    ['cut at the end', `x ${LONG.slice(0, 9)}`],
  ])('is taken out %s', (_, recorded) => {
    const text = knowing(LONG).redact(`Invalid: ${recorded}`);

    expect(text).toContain('[redacted]');
    for (const part of [LONG, recorded, LONG.slice(0, 9)])
      expect(text.toLowerCase()).not.toContain(part.toLowerCase());
  });

  it('is taken out of the Basic header that carries it', () => {
    const secrets = new KnownSecrets();
    secrets.addApp({ clientId: 'the-client', clientSecret: 'abc' });
    const basic = Buffer.from('the-client:abc').toString('base64');

    expect(secrets.redact(`authorization: Basic ${basic} / the-client:abc`)).toBe(
      'authorization: Basic [redacted] / [redacted]',
    );
  });

  it.each(['abc', 'q7', 'x', 'abcdefg', '$.*', '12345'])(
    'of a few characters is taken out as a word: %s',
    (short) => {
      const text = knowing(short).redact(
        `bad ${short}, client_secret=${short}&x "${short}" id:${short} s%3D${encodeURIComponent(short)}%26 \\n${short} _${short}_ ${short}`,
      );

      expect(text.replaceAll('[redacted]', '').replaceAll('x "', '')).not.toContain(short);
      expect(text).toMatch(/^bad \[redacted\], client_secret=\[redacted\]&/);
    },
  );

  it('of a few characters leaves the words alone that hold it', () => {
    expect(knowing('abc', 'or').redact('Error: fabcs of abcd or 0abc')).toBe(
      'Error: fabcs of abcd [redacted] 0abc',
    );
  });

  it('is whole: no half of the longer one is left where one begins the other', () => {
    expect(knowing('firstpart', 'firstpart-secondpart').redact('no firstpart-secondpart here')).toBe(
      'no [redacted] here',
    );
  });

  it.each([
    ['nothing is known', knowing()],
    ['what is known is empty', knowing('', ' ')],
    ['another is known', knowing(LONG, 'abc')],
  ])('is not seen where there is none: %s', (_, secrets) => {
    const text = 'The scope report:read:admin is missing (100% sure), \\o/ &amp; [x](y).';

    expect(secrets.redact(text)).toBe(text);
  });

  it('is dropped once thirty-two newer ones are known', () => {
    const secrets = knowing('the-first-of-all');
    secrets.add(...Array.from({ length: 32 }, (_, index) => `token-number-${index}`));

    expect(secrets.redact('the-first-of-all token-number-0')).toBe('the-first-of-all [redacted]');
  });

  it('of eight or more characters is always removed, in any context', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, maxLength: 40 }), fc.string(), fc.string(), (secret, a, b) => {
        fc.pre(secret.trim().length >= 8 && !'[redacted]'.includes(secret.toLowerCase()));
        return !knowing(secret).redact(`${a}${secret}${b}`).includes(secret);
      }),
    );
  });
});
