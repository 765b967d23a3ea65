import { describe, expect, it } from '@jest/globals';
import { reasonOf } from '../../../shared/errors.ts';
import { readSourcesFile, SOURCES_FILE } from '../../../shared/model/sources-file.ts';

const ACME = { name: 'acme', auth: 'oauth' };

const read = (file: object) => readSourcesFile(JSON.stringify({ sources: [ACME], ...file }), 'it.json');

const problemOf = (file: object): string => {
  try {
    read(file);
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a sources file', () => {
  it('is called sources.json, and its errors are for the operator', () => {
    let reason = '';
    try {
      readSourcesFile('', SOURCES_FILE);
    } catch (error) {
      reason = reasonOf(error);
    }

    expect(SOURCES_FILE).toBe('sources.json');
    expect(reason).toBe('sources-file');
  });

  it('compacts if one of its sources writes flat lines', () => {
    const sources = [ACME, { name: 'globex', auth: 'oauth', formats: ['ocsf'] }];

    expect(read({ sources, compaction: true, announce: ['flat', 'ocsf'] }).compaction).toBe(true);
  });

  it('may announce only raw, which every source writes', () => {
    const sources = [{ ...ACME, formats: [] }];

    expect(read({ sources, announce: ['raw'] }).announce).toEqual(['raw']);
    expect(problemOf({ sources, announce: ['flat', 'ocsf'] })).toContain(
      'names (flat, ocsf), or its events are not announced',
    );
  });

  it.each([
    ['a', true],
    ['zoom-logs-2', true],
    ['z'.repeat(32), true],
    ['z'.repeat(33), false],
    ['2zoom', false],
    ['zoom-', false],
  ])('may be of a stack called "%s": %s', (stack, isName) => {
    expect(problemOf({ stack }) === 'none').toBe(isName);
  });

  it.each([
    ['arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab', true],
    ['arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab', true],
    ['arn:aws:kms:eu-west-1:123456789012:alias/mine', false],
    ['my arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab', false],
    ['arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890abc', false],
    [5, false],
  ])('may have its bucket encrypted by %p: %s', (kmsKey, isKey) => {
    expect(problemOf({ bucket: { kmsKey } })).toEqual(
      isKey
        ? 'none'
        : expect.stringMatching(/ must be true \(a key is made\), false \(S3 has one\), or the ARN of a key/),
    );
  });

  it('is refused with its actual value', () => {
    expect(problemOf({ sources: null })).toBe('it.json:1 sources is null: must be a list in [ ]');
    expect(problemOf({ xray: 'yes' })).toBe('it.json:1 xray is "yes": must be true or false');
    expect(problemOf({ quietDays: ['2026-02-30'] })).toContain(
      '"2026-02-30" is not a calendar day (YYYY-MM-DD)',
    );
  });
});
