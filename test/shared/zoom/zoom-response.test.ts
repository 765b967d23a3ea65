import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseBody, readErrorBody } from '../../../shared/zoom/zoom-response.ts';

describe('an error body', () => {
  it.each([
    ['of the API', '{"code":124,"message":"Invalid."}', 124, 'Invalid.', undefined],
    ['with its number as a text', '{"code":"124","message":"Invalid."}', 124, 'Invalid.', undefined],
    [
      'of the token endpoint',
      '{"reason":"Invalid Token!","error":"invalid_grant"}',
      undefined,
      'invalid_grant: Invalid Token!',
      undefined,
    ],
    [
      'with the field that is wrong',
      '{"code":300,"message":"Validation Failed.","errors":[{"field":"from","message":"x"}]}',
      300,
      'Validation Failed.',
      'from',
    ],
    ['with odd errors', '{"code":300,"message":"Failed.","errors":[null]}', 300, 'Failed.', undefined],
    ['with bare quotes', '{"code":4711,"message":"scopes:["a:b"]."}', 4711, 'scopes:["a:b"].', undefined],
    ['that was cut', '{"code":4711,"message":"does not con', 4711, 'does not con', undefined],
    ['without words', '{}', undefined, '', undefined],
    ['of HTML', '<html>"code"</html>', undefined, '', undefined],
    ['that is empty', '', undefined, '', undefined],
  ])('%s is read', (_, body, code, message, field) => {
    expect(readErrorBody(body)).toEqual({ code, message, field });
  });

  it('is searched for its words, but not parsed, if it is longer than any', () => {
    const body = `{"code":300,"message":"no","more":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;

    expect(parseBody(body)).toBeUndefined();
    expect(readErrorBody(body)).toEqual({
      code: 300,
      message: expect.stringMatching(/^no/),
      field: undefined,
    });
  });

  it('is read in any form, and fast', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (body) => typeof readErrorBody(body) === 'object'),
    );
    expect(readErrorBody(`{"message": "${'}" '.repeat(100_000)}`).message.length).toBeLessThanOrEqual(500);
  });
});
