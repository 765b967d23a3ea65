import { describe, expect, it } from '@jest/globals';
import { type ReaderConfig, ReaderConfigSchema } from '../../../shared/model/reader-config.ts';
import { readerProblems } from '../../../shared/model/reader-problems.ts';
import { SourceConfigSchema } from '../../../shared/model/source-config.ts';

const aSource = (fields: object = {}) => SourceConfigSchema.parse({ name: 'acme', auth: 'oauth', ...fields });

const WORKSPACE = '1234abcd-12ab-34cd-56ef-1234567890ab';
const ACCOUNT = '123456789012';

const problemsOf = (
  readers: readonly object[],
  announce: readonly ReaderConfig['format'][] = ['flat'],
  sources = [aSource()],
) =>
  readerProblems({
    sources,
    announce,
    readers: readers.map((fields) => ReaderConfigSchema.parse({ name: 'siem', ...fields })),
  });

describe('readers', () => {
  it.each<[string, object[]]>([
    ['with names of their own', [{ name: 'splunk' }, { name: 'elastic' }]],
    [
      'with an account, a role name and an external id',
      [{ account: ACCOUNT, roleName: 'mine', externalId: false }],
    ],
    ['with a Sentinel workspace', [{ sentinelWorkspaceId: WORKSPACE }]],
    [
      'with a Sentinel workspace and its role',
      [{ sentinelWorkspaceId: WORKSPACE, roleName: 'OIDC_Sentinel' }],
    ],
  ])('%s are as they should be', (_, readers) => {
    expect(problemsOf(readers)).toEqual([]);
  });

  it('may read raw, which every source writes', () => {
    const sources = [aSource({ formats: [] })];

    expect(problemsOf([{ format: 'raw' }], ['raw'], sources)).toEqual([]);
  });

  it('may read a stream that one of the sources collects', () => {
    const sources = [aSource({ streams: ['operation'] }), aSource({ name: 'globex', streams: ['activity'] })];

    expect(problemsOf([{}], ['flat'], sources)).toEqual([]);
  });

  it('are refused with the place where their format would have to be announced', () => {
    expect(problemsOf([{}, { name: 'lake', format: 'raw' }], ['flat', 'ocsf'])).toEqual([
      {
        path: ['readers', 1, 'format'],
        message: '"announce" doesn\'t name it (flat, ocsf), so its queue would stay empty: add it there',
        input: 'raw',
      },
    ]);
  });
});
