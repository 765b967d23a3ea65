import { describe, expect, it } from '@jest/globals';
import { isBucketUrl, parseBucketUrl } from '../../../shared/aws/bucket-location.ts';
import { ConfigurationError } from '../../../shared/errors.ts';

describe('a bucket and prefix', () => {
  it.each([
    ['s3://audit-logs', 'audit-logs', ''],
    ['s3://audit-logs/', 'audit-logs', ''],
    ['s3://audit-logs/zoom', 'audit-logs', 'zoom/'],
    ['s3://audit.logs-1/security/zoom/', 'audit.logs-1', 'security/zoom/'],
    ['s3://audit-logs/team=sec/v1.0_x', 'audit-logs', 'team=sec/v1.0_x/'],
  ])('%s is read', (text, bucket, prefix) => {
    expect(parseBucketUrl(text)).toEqual({ bucket, prefix });
  });

  it.each([
    's3://',
    's3:audit-logs',
    's3:///zoom',
    's3://ab',
    's3://Audit-Logs',
    's3://audit_logs',
    's3://-audit',
    'S3://audit-logs',
    's3://audit-logs//zoom',
    's3://audit-logs/a b',
    's3://audit-logs/a+b',
    's3://audit-logs/ü',
    's3://audit-logs/a?b',
    's3://audit-logs/zoom/../x',
    's3://audit-logs/zoom\n',
    `s3://${'a'.repeat(64)}`,
  ])('%j is refused with what it must look like', (text) => {
    expect(() => parseBucketUrl(text)).toThrow(ConfigurationError);
    expect(() => parseBucketUrl(text)).toThrow(/s3:\/\/BUCKET\/PREFIX/);
  });

  it.each([
    ['s3://audit-logs', true],
    ['S3://x', true],
    ['./s3', false],
    ['s3', false],
    ['/var/s3:/x', false],
  ])('%s is meant as one: %s', (text, meant) => {
    expect(isBucketUrl(text)).toBe(meant);
  });
});
