import { describe, expect, it } from '@jest/globals';
import { readDeployment } from '../../../shared/aws/deployment.ts';
import { ConfigurationError } from '../../../shared/errors.ts';

const GOOD = {
  SOURCE: '{"name":"acme","auth":"oauth"}',
  BUCKET: 'audit-logs',
  SECRETS: '{"acme":"arn:aws:secretsmanager:eu-central-1:123456789012:secret:zoom/acme-AbCdEf"}',
};

const NAMES = ['source', 'bucket', 'secrets'] as const;

describe('the environment of a deployed function', () => {
  it('is read by the names of the contract, with the defaults of sources.json', () => {
    const { source, bucket, secrets } = readDeployment(GOOD, NAMES);

    expect(source).toMatchObject({ name: 'acme', auth: 'oauth', host: 'zoom.us', lookbackDays: 3 });
    expect(bucket).toBe('audit-logs');
    expect(Object.keys(secrets)).toEqual(['acme']);
  });

  it('is reported with all of its problems at once', () => {
    const environment = { SOURCE: '{"name":"Acme!","auth":"oauth","host":"evil.example"}', SECRETS: '{' };

    const read = (): unknown => readDeployment(environment, NAMES);

    expect(read).toThrow(ConfigurationError);
    for (const part of [/SOURCE\.name/, /SOURCE\.host/, /BUCKET/, /SECRETS: is not JSON/, /npm run deploy/]) {
      expect(read).toThrow(part);
    }
  });

  it('is not required to have what a function does not need', () => {
    expect(readDeployment({ BUCKET: 'audit-logs' }, ['bucket'])).toEqual({ bucket: 'audit-logs' });
  });
});
