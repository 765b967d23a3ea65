import { describe, expect, it } from '@jest/globals';
import { toConfigurationError } from '../../../shared/aws/aws-errors.ts';
import { ConfigurationError } from '../../../shared/errors.ts';

const SUBJECT = { action: 's3:PutObject', resource: 's3://bucket/raw/' };

/** An error as the SDK makes them. */
const anError = (name: string, status?: number, message = 'the account 123456789012'): Error =>
  Object.assign(new Error(message), { name, ...(status && { $metadata: { httpStatusCode: status } }) });

describe('a refusal of AWS', () => {
  it.each([
    ['a denied call', anError('AccessDenied', 403), 'aws-denied'],
    ['a denied call of a JSON service', anError('AccessDeniedException', 400), 'aws-denied'],
    ['a refusal by any other name', anError('SomethingNew', 403), 'aws-denied'],
    ['a key that may not be used', anError('DecryptionFailure', 400), 'aws-denied'],
    ['no credentials', anError('CredentialsProviderError'), 'aws-credentials'],
    ['an expired session', anError('ExpiredToken', 400), 'aws-credentials'],
    ['a wrong access key', anError('InvalidAccessKeyId', 403), 'aws-credentials'],
    ['a wrong secret key', anError('SignatureDoesNotMatch', 403), 'aws-credentials'],
    ['a wrong key of a JSON service', anError('UnrecognizedClientException', 400), 'aws-credentials'],
    ['no region', new Error('Region is missing'), 'aws-region'],
  ])('%s is for the operator to correct', (_, error, reason) => {
    const failure = toConfigurationError(error, SUBJECT) as ConfigurationError;

    expect(failure).toBeInstanceOf(ConfigurationError);
    expect(failure).toMatchObject({ reason, cause: error });
    expect(failure.message).toContain('s3://bucket/raw/');
    expect(failure.message).not.toContain('123456789012');
  });

  it.each([
    ['an outage', anError('InternalError', 500)],
    ['a throttling', anError('SlowDown', 503)],
    ['a broken wire', anError('TimeoutError')],
    ['no error of AWS at all', undefined],
  ])('%s is unchanged', (_, error) => {
    expect(toConfigurationError(error, SUBJECT)).toBe(error);
  });
});
