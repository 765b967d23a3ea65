import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ipAddressesIn } from '../../../shared/normalize/ip-address.ts';

describe('an IP address', () => {
  it.each([
    ...['198.51.100.7', ' 198.51.100.7\n', '198.51.100.7:443', '[198.51.100.7]:443', '"198.51.100.7"'],
    ...['::ffff:198.51.100.7', '::FFFF:198.51.100.7', '0:0:0:0:0:ffff:198.51.100.7', '::ffff:c633:6407'],
    ...['0000:0000:0000:0000:0000:FFFF:C633:6407', '0000:0000:0000:0000:0000:ffff:198.51.100.7'],
    ...[
      '[::ffff:198.51.100.7]',
      '[::ffff:198.51.100.7]:443',
      '::ffff:198.51.100.7:443',
      '::ffff:198.51.100.7%2',
    ],
  ])('is the same in each of its spellings: %j', (text) => {
    expect(ipAddressesIn(text)).toEqual(['198.51.100.7']);
  });

  it.each([
    ...['2001:db8::7', '2001:DB8:0:0:0:0:0:7', '2001:0db8:0000::0007', '[2001:db8::7]', '[2001:db8::7]:443'],
    ...['2001:db8::7%eth0', '[2001:db8::7%25en0]:1', '2001:db8:0:0:0:0:0:7:443'],
  ])('of version 6, too: %j', (text) => {
    expect(ipAddressesIn(text)).toEqual(['2001:db8::7']);
  });

  it.each([
    ['::', ['::']],
    ['::1', ['::1']],
    ['2001:db8:0:1:0:0:0:5', ['2001:db8:0:1::5']],
    ['::198.51.100.7', ['::c633:6407']],
    ['64:ff9b::198.51.100.7', ['64:ff9b::c633:6407']],
    ['::ffff:0:198.51.100.7', ['::ffff:0:c633:6407']],
  ])('is no other than it is: %j', (text, expected) => {
    expect(ipAddressesIn(text)).toEqual(expected);
  });

  it.each([
    ['203.0.113.9, 10.0.0.1', ['203.0.113.9', '10.0.0.1']],
    ['203.0.113.9;203.0.113.9:80|::ffff:203.0.113.9', ['203.0.113.9']],
    ['["203.0.113.9","2001:db8::7"]', ['203.0.113.9', '2001:db8::7']],
    ['unknown, 203.0.113.9 (Bern)', ['203.0.113.9']],
    ["(<'203.0.113.9'>)", ['203.0.113.9']],
    ['203.0.113.9 | 10.0.0.1', ['203.0.113.9', '10.0.0.1']],
    ['::ffff:a:b, ::ffff:1', ['0.10.0.11', '::ffff:1']],
    ['2001:db8:0:0:0:ffff:a:b', ['2001:db8::ffff:a:b']],
    ['1::ffff:a:b', ['1::ffff:a:b']],
    ['203.0.113.9%1:80', ['203.0.113.9']],
    ['203.(0.113.9', []],
    ['203.0).113.9', []],
    ['2001]:80:db8::7', []],
    [`fe80::1%${'e'.repeat(92)}`, ['fe80::1']],
    [`fe80::1%${'e'.repeat(93)}`, []],
  ])('stands in a list, in its order, each once: %j', (text, expected) => {
    expect(ipAddressesIn(text)).toEqual(expected);
  });

  it.each([
    ...['', ' ', '-', 'host', 'unknown', '198.51.100', '198.51.100.256', '198.051.100.007', '5.17.11'],
    ...['198.51.100.7:123456', '::ffff:198.51.100', ':::', '[]', `fe80::1%${'e'.repeat(100)}`],
  ])('is none: %j', (text) => {
    expect(ipAddressesIn(text)).toEqual([]);
  });

  it('is unchanged when parsed again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.ipV4Extended(), fc.string()), (text) => {
        const addresses = ipAddressesIn(text);
        expect(ipAddressesIn(addresses.join(', '))).toEqual(addresses);
      }),
    );
  });
});
