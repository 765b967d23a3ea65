import { describe, expect, it } from '@jest/globals';
import { hostOf, isRefusal, proxiesFrom, proxyAdvice } from '../../../shared/model/proxies.ts';

const read = (environment: Record<string, string>) => {
  const proxies = proxiesFrom(environment);
  return proxies && { http: proxies.http?.href, https: proxies.https?.href, direct: proxies.direct };
};

describe('the proxies of an environment', () => {
  it.each<[string, Record<string, string>]>([
    ['nothing is set', {}],
    ['all is empty', { HTTPS_PROXY: '', HTTP_PROXY: ' ' }],
    ['only NO_PROXY is set', { NO_PROXY: 'zoom.us' }],
    ['NO_PROXY names all hosts', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'localhost, *' }],
    ['small letters switch off what capitals set', { HTTPS_PROXY: 'http://p:1', https_proxy: '' }],
  ])('are none where %s', (_, environment) => {
    expect(proxiesFrom(environment)).toBeUndefined();
  });

  it.each<[string, Record<string, string>, string | undefined, string]>([
    ['HTTPS_PROXY', { HTTPS_PROXY: 'http://p.example:3128' }, undefined, 'http://p.example:3128/'],
    ['https_proxy first', { HTTPS_PROXY: 'http://a:1', https_proxy: 'http://b:2' }, undefined, 'http://b:2/'],
    ['HTTP_PROXY for both', { HTTP_PROXY: 'http://a:1' }, 'http://a:1/', 'http://a:1/'],
    ['one for each', { http_proxy: 'http://a:1', HTTPS_PROXY: 'https://b:2' }, 'http://a:1/', 'https://b:2/'],
    ['a host without http://', { HTTPS_PROXY: 'p.example:3128' }, undefined, 'http://p.example:3128/'],
    ['a password', { HTTPS_PROXY: 'http://u:p%40w@p:1' }, undefined, 'http://u:p%40w@p:1/'],
  ])('are read: %s', (_, environment, http, https) => {
    expect(read(environment)).toEqual({ http, https, direct: [] });
  });

  it('have hosts that are reached directly, each with its subdomains', () => {
    expect(
      read({ HTTPS_PROXY: 'http://p:1', NO_PROXY: ' localhost,.Example.com  *.zoom.us:443,,10.0.0.1' })
        ?.direct,
    ).toEqual(['localhost', 'example.com', 'zoom.us:443', '10.0.0.1']);
  });

  it.each([
    ['HTTPS_PROXY', 'socks5://user:hunter2@p:1080'],
    ['HTTP_PROXY', 'http://user:hunter2@p:port'],
    ['HTTPS_PROXY', 'user:hunter2@'],
  ])('says that %s=%s is no address of a proxy, and does not repeat it', (variable, value) => {
    const read = () => proxiesFrom({ [variable]: value });

    expect(read).toThrow(
      expect.objectContaining({
        reason: 'environment',
        message:
          `${variable} is not the address of an HTTP proxy. Write it as http://proxy.example.com:3128, or ` +
          'http://USER:PASSWORD@proxy.example.com:3128 with special characters percent-encoded, such as %40.',
      }),
    );
    expect(read).not.toThrow(/hunter2/);
  });
});

describe('advice about a proxy', () => {
  it.each([
    [407, /proxy p:1 requires a user name and a password.*HTTPS_PROXY to http:\/\/USER:PASSWORD@p:1/],
    [403, /proxy p:1 does not allow the connection \(HTTP 403\)\. Allow the host on port 443 in the proxy/],
    [502, /proxy p:1 failed \(HTTP 502\)\. Check HTTPS_PROXY.*\. Or list the host in NO_PROXY/],
    [429, /proxy p:1 failed \(HTTP 429\)/],
    [undefined, /proxy p:1 could not be reached\. Check HTTPS_PROXY, and that the proxy runs/],
  ])('for its answer %s names it and says what to do', (status, advice) => {
    expect(proxyAdvice('p:1', status)).toMatch(advice);
  });
});

describe('a proxy', () => {
  it('is named without user name and password', () => {
    expect(hostOf(new URL('http://user:hunter2@p.example:3128'))).toBe('p.example:3128');
  });

  it.each([
    [399, false],
    [400, true],
    [407, true],
    [408, false],
    [429, false],
    [499, true],
    [500, false],
  ])('refuses for good with status %d: %s', (status, expected) => {
    expect(isRefusal(status)).toBe(expected);
  });
});
