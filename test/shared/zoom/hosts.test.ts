import { describe, expect, it } from '@jest/globals';
import { apiBaseOf, isZoomAddress, zoomAddress } from '../../../shared/zoom/hosts.ts';

const ZOOM_OAUTH = 'https://zoom.us/oauth';
const LOCAL_OAUTH = 'http://127.0.0.1:4000/oauth';

const TAKEN = [
  'https://zoom.us/oauth',
  'https://api.zoom.us/v2',
  'https://api-eu.zoom.us',
  'https://quillmere.zoom.us/v2',
  'https://ZOOM.US/oauth',
  'https://zoom.us:443/oauth',
  'https://zoomgov.com/oauth',
  'https://api.zoomgov.com/v2',
  'http://127.0.0.1:8080/v2',
  'http://localhost:8080/v2',
  'http://[::1]:8080/v2',
  'https://localhost/v2',
];

const REFUSED = [
  'http://zoom.us/oauth',
  'http://api.zoom.us/v2',
  'https://zoom.us.evil.example/oauth',
  'https://evilzoom.us/oauth',
  'https://zoom.us.',
  'https://zoom.com/oauth',
  'https://xn--zom-6na.us/oauth',
  'https://zoom.us:8443/oauth',
  'https://zoom.us@evil.example/oauth',
  'https://user@zoom.us/oauth',
  'https://user:pass@127.0.0.1/oauth',
  'https://zoom.us/oauth?next=',
  'https://zoom.us/oauth#part',
  'http://127.0.0.2:8080/v2',
  'http://10.0.0.1/v2',
  'http://169.254.169.254/latest',
  'http://localhost.evil.example/v2',
  'ftp://zoom.us/oauth',
  'ftp://localhost/v2',
  'file:///etc/passwd',
  'javascript:alert(1)',
];

describe('an address that credentials are sent to', () => {
  it.each(TAKEN)('may be %s', (text) => {
    expect(isZoomAddress(new URL(text))).toBe(true);
  });

  it.each(REFUSED)('is never %s', (text) => {
    expect(isZoomAddress(new URL(text))).toBe(false);
  });
});

describe('an address that the operator gives', () => {
  it.each([
    ['https://zoom.us/oauth', 'https://zoom.us/oauth'],
    ['https://zoom.us/oauth/', 'https://zoom.us/oauth'],
    ['https://api.zoom.us/v2///', 'https://api.zoom.us/v2'],
    ['  https://api.zoom.us/v2\n', 'https://api.zoom.us/v2'],
    ['HTTPS://API.ZOOM.US/v2', 'https://api.zoom.us/v2'],
    ['http://localhost:8080', 'http://localhost:8080'],
  ])('%j is read as %s', (text, expected) => {
    expect(zoomAddress('ZOOM_API_URL', text)).toBe(expected);
  });

  it.each([...REFUSED, 'zoom.us/oauth', '//zoom.us', ''])(
    '"%s" is refused by the name of its setting',
    (text) => {
      expect(() => zoomAddress('ZOOM_API_URL', text)).toThrow(
        expect.objectContaining({
          name: 'ConfigurationError',
          reason: 'not-zoom',
          message: expect.stringMatching(/^ZOOM_API_URL .*zoom\.us or zoomgov\.com.*omit it/),
        }),
      );
    },
  );

  it.each(['s3cr3t-client-secret', 'https://me:s3cr3t@evil.example/', 'https://evil.example/?key=s3cr3t'])(
    'is not repeated, because it may be a secret in the wrong place: "%s"',
    (text) => {
      expect(() => zoomAddress('ZOOM_API_URL', text)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('s3cr3t') }),
      );
    },
  );
});

describe('the API that a token response names', () => {
  it.each([
    ['https://api.zoom.us', 'https://api.zoom.us/v2'],
    ['https://api-eu.zoom.us/', 'https://api-eu.zoom.us/v2'],
    ['https://api-eu.zoom.us/v2', 'https://api-eu.zoom.us/v2'],
    ['https://quillmere.zoom.us', 'https://quillmere.zoom.us/v2'],
    ['https://api.zoomgov.com', 'https://api.zoomgov.com/v2'],
  ])('is used if it is Zoom: %s', (apiUrl, expected) => {
    expect(apiBaseOf(apiUrl, ZOOM_OAUTH)).toBe(expected);
  });

  it.each([undefined, '', 'api.zoom.us', ...REFUSED])('is passed over otherwise: %s', (apiUrl) => {
    expect(apiBaseOf(apiUrl, ZOOM_OAUTH)).toBeUndefined();
    expect(apiBaseOf(apiUrl, LOCAL_OAUTH)).toBeUndefined();
  });

  it('is on this machine only if the token came from this machine', () => {
    expect(apiBaseOf('http://127.0.0.1:4000', LOCAL_OAUTH)).toBe('http://127.0.0.1:4000/v2');
    expect(apiBaseOf('http://127.0.0.1:4000', ZOOM_OAUTH)).toBeUndefined();
  });
});
