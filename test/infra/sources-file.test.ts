import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { deploymentFrom } from '../../infra/deployment-from.ts';
import { readSources } from '../../infra/read-sources.ts';
import { ConfigurationError } from '../../shared/errors.ts';
import { readSourcesFile } from '../../shared/model/sources-file.ts';
import { sourcesJsonSchema } from '../../shared/model/sources-json-schema.ts';

const ROOT = join(import.meta.dirname, '../..');
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const problemsOf = (text: string): string[] => {
  try {
    readSourcesFile(text, 'sources.json');
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.message.split('\n');
  }
};

const withSource = (source: object): string => JSON.stringify({ sources: [source] });
const withReader = (reader: object, file: object = {}): string =>
  JSON.stringify({
    sources: [{ name: 'acme', auth: 'oauth' }],
    readers: [{ name: 'siem', ...reader }],
    ...file,
  });

describe('a sources file', () => {
  it('needs only a name and a way to connect', () => {
    expect(readSourcesFile('{"sources": [{"name": "acme", "auth": "oauth"}]}', 'sources.json')).toEqual({
      stack: 'zoom-log-source',
      announce: ['flat'],
      readers: [],
      bucket: { kmsKey: false, oldVersionDays: 30 },
      compaction: false,
      quietDays: [],
      xray: false,
      sources: [
        {
          name: 'acme',
          auth: 'oauth',
          host: 'zoom.us',
          pollMinutes: 5,
          lookbackDays: 3,
          streams: ['operation', 'activity'],
          formats: ['flat', 'ocsf'],
          ocsfVersion: '1.8.0',
          dropOffMinutes: {},
          learnedBaseline: true,
          notify: [],
          requestsPerSecond: 8,
          requestsPerDay: 10_000,
        },
      ],
    });
  });

  it('with many errors is refused with all of them, by line, path, value and remedy', () => {
    const text = `{
  "stack": "Zoom",
  "sources": [
    { "name": "acme", "auth": "oauth" },
    {
      "name": "globex",
      "auth": "jwt",
      "pollMinuts": 1,
      "dropOffMinutes": { "activity": 5 },
      "notify": ["me"]
    },
    {}
  ],
  "bucket": { "kmsKey": "alias/mine" }
}`;

    expect(problemsOf(text)).toEqual([
      'sources.json:2 stack is "Zoom": must be 1 to 32 lower-case letters, digits and inner hyphens, a letter first',
      'sources.json:7 sources[1].auth is "jwt": must be "oauth" or "server-to-server"',
      'sources.json:8 sources[1] does not support "pollMinuts": remove or correct it',
      'sources.json:9 sources[1].dropOffMinutes.activity is 5: must be 15 to 43200 minutes (30 days), or 0 for no alarm',
      'sources.json:10 sources[1].notify[0] is "me": must be an e-mail address',
      'sources.json:12 sources[2].name is missing: it must be a text in quotes',
      'sources.json:12 sources[2].auth is missing: it must be "oauth" or "server-to-server"',
      'sources.json:14 bucket.kmsKey is "alias/mine": must be true (a key is made), false (S3 has one), or the ARN of a key of yours',
    ]);
  });

  it('has content only with a policy for the end of the authorization, and a range for "once"', () => {
    const content = (value: object): string => withSource({ name: 'acme', auth: 'oauth', content: value });

    expect(problemsOf(content({ onDeauthorization: 'retain' }))).toEqual([]);
    expect(problemsOf(content({ onDeauthorization: { delete: { afterDays: 30 } } }))).toEqual([]);
    expect(problemsOf(content({}))).toEqual([
      'sources.json:1 sources[0].content.onDeauthorization must be "retain" or {"delete": {"afterDays": 0 to 3650}}: there is no default, because law decides it',
    ]);
    expect(problemsOf(content({ mode: 'once', onDeauthorization: 'retain' }))).toEqual([
      'sources.json:1 sources[0].content.from and "to" are required with "mode": "once"',
    ]);
    expect(problemsOf(content({ types: ['film'], onDeauthorization: 'retain' }))[0]).toMatch(
      /content\.types\[0\] is "film": must be "video" or "audio" or /,
    );
  });

  it('has no two sources with the same name', () => {
    const text = `{ "sources": [
  { "name": "acme", "auth": "oauth" },
  { "name": "acme", "auth": "server-to-server" }
]}`;

    expect(problemsOf(text)).toEqual([
      'sources.json:3 sources[1].name is "acme": sources[0] has the same name, but names must be unique',
    ]);
  });

  it('has a notification address for each source', () => {
    expect(problemsOf(withSource({ name: 'acme', auth: 'oauth', formats: ['ocsf'] }))).toEqual([
      'sources.json:1 sources[0].formats must have one that "announce" names (flat), or its events are not announced',
    ]);
  });

  it('compacts flat lines or nothing', () => {
    const source = { name: 'acme', auth: 'oauth', formats: ['ocsf'] };

    expect(problemsOf(JSON.stringify({ compaction: true, announce: ['ocsf'], sources: [source] }))).toEqual([
      'sources.json:1 compaction is true: has no input: it reads flat lines, but no source has "flat" in its formats',
    ]);
  });

  it.each([
    ['nothing', '', 'sources.json:1:1 is not valid JSON here: value expected'],
    [
      'a comma too many',
      '{\n  "sources": [],\n}',
      'sources.json:3:1 is not valid JSON here: property name expected',
    ],
    [
      'a comma missing',
      '{\n  "stack": "a"\n  "xray": true }',
      'sources.json:3:3 is not valid JSON here: comma expected',
    ],
    ['a comment', '{ // mine\n}', 'sources.json:1:3 is not valid JSON here: invalid comment token'],
    ['a key twice', '{\n  "stack": "a",\n  "stack": "b" }', 'sources.json:3:3 has "stack" a second time'],
    ['a list', '[]', 'sources.json:1 the file must be an object in { }'],
    ['no sources', '{}', 'sources.json:1 sources is missing: it must be a list in [ ]'],
    ['an empty list', '{"sources": []}', 'sources.json:1 sources must have at least 1'],
  ])('that is invalid is refused at its line: %s', (_, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it.each([
    [{ pollMinutes: 0 }, 'pollMinutes is 0: must be at least 1'],
    [{ pollMinutes: 61 }, 'pollMinutes is 61: must be at most 60'],
    [{ lookbackDays: 1.5 }, 'lookbackDays is 1.5: must be a whole number'],
    [{ backfillDays: 185 }, 'backfillDays is 185: must be at most 184'],
    [{ host: 'zoom.example' }, 'host is "zoom.example": must be "zoom.us" or "zoomgov.com"'],
    [{ streams: [] }, 'streams must have at least 1'],
    [{ streams: ['chat'] }, 'streams[0] is "chat": must be "operation" or "activity"'],
    [
      { dropOffMinutes: { operation: 43_201 } },
      'dropOffMinutes.operation is 43201: must be 15 to 43200 minutes (30 days), or 0 for no alarm',
    ],
    [{ requestsPerSecond: 0 }, 'requestsPerSecond is 0: must be more than 0'],
    [
      { name: 'Acme Zoom' },
      'name is "Acme Zoom": must be 1 to 40 lower-case letters, digits and inner hyphens, such as "acme-zoom"',
    ],
  ])('refuses an invalid source with the allowed values: %j', (source, problem) => {
    expect(problemsOf(withSource({ name: 'acme', auth: 'oauth', ...source }))).toEqual([
      `sources.json:1 sources[0].${problem}`,
    ]);
  });

  it('has at most as many sources as fit into the environment of the callback', () => {
    const sources = Array.from({ length: 8 }, (_, i) => ({ name: `zoom-${i}`, auth: 'oauth' }));

    expect(problemsOf(JSON.stringify({ sources }))).toEqual([
      'sources.json:1 sources must have at most 7: put the others into a file with another "stack"',
    ]);
  });

  it('needs only a name for a reader', () => {
    expect(readSourcesFile(withReader({}), 'sources.json').readers).toEqual([
      { name: 'siem', format: 'flat', streams: ['operation', 'activity'] },
    ]);
  });

  it.each([
    [
      { name: 'My SIEM' },
      'name is "My SIEM": must be 1 to 24 lower-case letters, digits and inner hyphens, a letter first',
    ],
    [{ format: 'csv' }, 'format is "csv": must be "raw" or "flat" or "ocsf"'],
    [
      { format: 'ocsf' },
      'format is "ocsf": "announce" doesn\'t name it (flat), so its queue would stay empty: add it there',
    ],
    [{ account: '1234' }, 'account is "1234": must be the twelve digits of an AWS account, in quotes'],
    [{ account: 123456789012 }, 'account is 123456789012: must be a text in quotes'],
    [
      { account: '123456789012', externalId: 'short' },
      'externalId is "short": must be 16 characters or more of A-Z a-z 0-9 + = , . @ : / _ - (leave it out to have one made), or false',
    ],
    [{ externalId: 'sixteen-and-more-characters' }, 'externalId only applies with "account"'],
    [{ roleName: 'mine' }, 'roleName only applies with "account" or "sentinelWorkspaceId"'],
    [
      { sentinelWorkspaceId: '1234abcd-12ab-34cd-56ef-1234567890ab', account: '123456789012' },
      'sentinelWorkspaceId a role is for an AWS account or for Sentinel: remove this or "account"',
    ],
    [
      { sentinelWorkspaceId: '1234abcd-12ab-34cd-56ef-1234567890ab', roleName: 'mine' },
      'roleName is "mine": must begin with OIDC_: Sentinel accepts no other role',
    ],
    [
      { queueArn: 'https://sqs.example' },
      'queueArn is "https://sqs.example": must be the ARN of the reader\'s own queue',
    ],
    [{ queue: 'mine' }, 'does not support "queue": remove or correct it'],
  ])('refuses an invalid reader with the allowed values: %j', (reader, problem) => {
    const [first, ...others] = problemsOf(withReader(reader));

    expect(first?.replace(/^sources\.json:1 readers\[0\][. ]/, '')).toBe(problem);
    expect(others).toEqual([]);
  });

  it.each([
    [
      'a format that no source writes',
      { format: 'ocsf' },
      { announce: ['flat', 'ocsf'], sources: [{ name: 'acme', auth: 'oauth', formats: ['flat'] }] },
      'readers[0].format is "ocsf": no source writes it: add it to the "formats" of one',
    ],
    [
      'a stream that no source brings in that format',
      { format: 'ocsf' },
      {
        announce: ['flat', 'ocsf'],
        sources: [
          { name: 'acme', auth: 'oauth', formats: ['flat'] },
          { name: 'globex', auth: 'oauth', streams: ['operation'] },
        ],
      },
      'readers[0].streams[1] is "activity": no source that writes ocsf collects it: add it to the "streams" of one',
    ],
    [
      'a name twice',
      {},
      { readers: [{ name: 'siem' }, { name: 'siem' }] },
      'readers[1].name is "siem": readers[0] has the same name, but names must be unique',
    ],
  ])('has no reader without announced objects: %s', (_, reader, file, problem) => {
    expect(problemsOf(withReader(reader, file))).toEqual([`sources.json:1 ${problem}`]);
  });

  it('that is missing is reported with the first steps', () => {
    expect(() => readSources('/nowhere/sources.json')).toThrow(/cp sources\.example\.json sources\.json/);
  });
});

describe('the schema for editors', () => {
  it('is up to date: npm run schema', () => {
    expect(JSON.parse(textOf('sources.schema.json'))).toEqual(sourcesJsonSchema());
  });

  it('accepts the example, refuses errors, and describes every field', () => {
    const validate = addFormats.default(new Ajv.default()).compile(sourcesJsonSchema());
    const source = { name: 'acme', auth: 'oauth' };

    expect(validate(JSON.parse(textOf('sources.example.json')))).toBe(true);
    expect(validate({ sources: [{ ...source, dropOffMinutes: { operation: 0 } }] })).toBe(true);
    expect(validate({ sources: [{ ...source, dropOffMinutes: { operation: 5 } }] })).toBe(false);
    expect(validate({ sources: [{ ...source, pollMinuts: 5 }] })).toBe(false);
  });
});

describe('the example', () => {
  it('is a sources file with two sources, and refers to the schema', () => {
    const text = textOf('sources.example.json');

    expect(readSourcesFile(text, 'sources.example.json').sources).toHaveLength(2);
    expect(JSON.parse(text)).toMatchObject({ $schema: './sources.schema.json' });
  });
});

describe('npm run deploy -- …', () => {
  it('accepts another sources file, and passes the other arguments to CDK', () => {
    const words = ['-c', `sources=${join(ROOT, 'sources.example.json')}`, '--require-approval', 'never'];

    expect(deploymentFrom(words)).toMatchObject({
      stack: 'zoom-log-source',
      synthWords: words.slice(0, 2),
      cdkWords: ['--require-approval', 'never'],
    });
  });
});
