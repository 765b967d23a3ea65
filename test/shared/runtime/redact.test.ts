import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { redact } from '../../../shared/runtime/redact.ts';

const recorded = (value: unknown): string => JSON.stringify(value, redact);

const SECRET = randomBytes(32).toString('base64url');

describe('the redaction of the log', () => {
  it.each([
    ['a token', { note: `got ${SECRET}` }],
    ['a token in hexadecimal', { note: `got ${Buffer.from(SECRET).toString('hex')}`, token: 'short' }],
    ['a short secret under its name', { clientSecret: 'short' }],
    ['a token under its name', { grant: { refresh_token: 'short', accessToken: 'short' } }],
    ['a state', { state: 'short' }],
    ['a header', { note: 'Authorization: Bearer short.token' }],
    ['an address', { note: 'GET /oauth/callback/acme?code=short&state=short' }],
    ['an error', { error: new Error(`no: ${SECRET}`) }],
    ['a cause', { error: new Error('no', { cause: new Error(`token=short ${SECRET}`) }) }],
  ])('removes %s', (_, value) => {
    const line = recorded(value);

    expect(line).toContain('[redacted]');
    expect(line).not.toContain(SECRET);
    expect(line).not.toContain('short');
  });

  it('keeps the useful parts of a log', () => {
    const line = {
      source: 'acme',
      reason: 'grant-dead',
      status: 'status: code 4711',
      requestId: randomUUID(),
      zoomTrackingId: 'WEB_e93cefd55d634b0e9f4b8b2e3b1e2c3d',
      secretId: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:zoom-log-source/acme-AbCdEf',
      alarm: 'zoom-log-source-quillmere-eu-operation-drop-off',
      delivered: 300,
      problem: undefined,
    };

    expect(JSON.parse(recorded(line))).toEqual(JSON.parse(JSON.stringify(line)));
  });

  it('keeps the message, kind and causes of an error', () => {
    const line = recorded({ error: new TypeError('what failed', { cause: new Error('why') }) });

    expect(line).toContain('"name":"TypeError","message":"what failed"');
    expect(line).toContain('"message":"why"');
  });
});
