import * as z from 'zod';
import { DEFAULT_STACK } from '../contract/outputs.ts';
import { DaySchema } from './day.ts';
import { ConfigurationError } from '../errors.ts';
import { issueToSentence } from './issue-to-sentence.ts';
import { type JsonPath, parseLocatedJson } from './located-json.ts';
import { DELIVERED_FORMATS, MAX_READERS, ReaderConfigSchema } from './reader-config.ts';
import { readerProblems } from './reader-problems.ts';
import { SourceConfigSchema } from './source-config.ts';

/** The default configuration file of a deployment. */
export const SOURCES_FILE = 'sources.json';

/** A Lambda's environment is limited to 4 KB, and the callback's must contain all of them (test/infra/connector-stack.test.ts). */
export const MAX_SOURCES = 7;

/** The prefix of the bucket's name, which also contains the account and must be lower-case. */
const STACK_NAME = /^[a-z](?:[a-z0-9-]{0,30}[a-z0-9])?$/;
const KMS_KEY_ARN =
  /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/;
const KMS_KEY_RULE = 'must be true (a key is made), false (S3 has one), or the ARN of a key of yours';

/** The contents of sources.json: the whole configuration of one deployment. */
export const SourcesFileSchema = z
  .strictObject({
    $schema: z.string().optional(),
    stack: z
      .string()
      .regex(STACK_NAME, 'must be 1 to 32 lower-case letters, digits and inner hyphens, a letter first')
      .default(DEFAULT_STACK)
      .describe(
        'Name of the CloudFormation stack: 1 to 32 lower-case letters, digits and inner hyphens, a letter first. Another name makes another deployment with its own bucket.',
      ),
    sources: z
      .array(SourceConfigSchema)
      .min(1)
      .max(MAX_SOURCES, `must have at most ${MAX_SOURCES}: put the others into a file with another "stack"`)
      .describe('The Zoom accounts to collect. For more, use a second file with another "stack".'),
    announce: z
      .array(z.enum(DELIVERED_FORMATS))
      .min(1)
      .default(['flat'])
      .describe('Formats whose new objects are announced on the topic, and so in the queue of your SIEM.'),
    readers: z
      .array(ReaderConfigSchema)
      .max(MAX_READERS)
      .default([])
      .describe('Readers beside your first SIEM. Each gets its own queue, and a role if it needs one.'),
    bucket: z
      .strictObject({
        kmsKey: z
          .union([z.boolean(), z.string().regex(KMS_KEY_ARN, KMS_KEY_RULE)], { error: KMS_KEY_RULE })
          .default(false)
          .describe(
            "Encryption key. false: S3's own. true: a KMS key is made for this bucket. ARN: a KMS key of yours.",
          ),
        oldVersionDays: z
          .int()
          .min(1)
          .max(3650)
          .default(30)
          .describe('Days for which a deleted or replaced object can be restored.'),
        objectLock: z
          .strictObject({
            mode: z
              .enum(['governance', 'compliance'])
              .describe(
                '"governance": a privileged user can remove the lock. "compliance": no one can, not even AWS.',
              ),
            days: z.int().min(1).max(36_500).describe('Days for which no version can be deleted.'),
          })
          .optional()
          .describe(
            'S3 Object Lock: objects cannot be changed or deleted for a time. You cannot switch it off later.',
          ),
      })
      .prefault({})
      .describe('Settings of the bucket.'),
    quietDays: z
      .array(DaySchema)
      .max(60)
      .default([])
      .describe('Holidays, as UTC days such as "2026-12-25". Time on these days does not count as silence.'),
    compaction: z
      .boolean()
      .default(false)
      .describe(
        'Write each closed day also into one Parquet file under curated/, for cheaper queries. At least one source must write "flat".',
      ),
    catalog: z
      .strictObject({
        scanLimitGb: z
          .int()
          .min(1)
          .max(10_000)
          .default(100)
          .describe('Gigabytes that one Athena query may read. A query that needs more is stopped.'),
        resultDays: z.int().min(1).max(3650).default(30).describe('Days for which query results are kept.'),
      })
      .optional()
      .describe(
        'Deploys tables, a view, saved queries and a workgroup for Athena, in a separate stack. Use {} for the defaults.',
      ),
    xray: z.boolean().default(false).describe('Trace the functions with AWS X-Ray.'),
  })
  .superRefine(({ sources, announce, readers, compaction }, context) => {
    if (compaction && !sources.some(({ formats }) => formats.includes('flat'))) {
      const message = 'has no input: it reads flat lines, but no source has "flat" in its formats';
      context.addIssue({ code: 'custom', path: ['compaction'], message, input: compaction });
    }
    for (const [index, { name, formats }] of sources.entries()) {
      const first = sources.findIndex((source) => source.name === name);
      if (first !== index) {
        const message = `sources[${first}] has the same name, but names must be unique`;
        context.addIssue({ code: 'custom', path: ['sources', index, 'name'], message, input: name });
      }
      if (!announce.some((format) => format === 'raw' || formats.includes(format))) {
        const message = `must have one that "announce" names (${announce.join(', ')}), or its events are not announced`;
        context.addIssue({ code: 'custom', path: ['sources', index, 'formats'], message, input: formats });
      }
    }
    for (const problem of readerProblems({ sources, announce, readers })) {
      context.addIssue({ code: 'custom', ...problem });
    }
  })
  .meta({
    title: 'zoom-log-source',
    description: 'Which Zoom accounts to collect audit logs from, and how.',
  });

/** The configuration of a deployment, complete. */
export type SourcesFile = z.output<typeof SourcesFileSchema>;

/** Reads the text of a sources file. Throws ConfigurationError, naming every problem with its line and remedy at once. */
export const readSourcesFile = (text: string, fileName: string): SourcesFile => {
  const json = parseLocatedJson(text);
  if ('message' in json) throw wrong([`${fileName}:${json.line}:${json.column} ${json.message}`]);

  const parsed = SourcesFileSchema.safeParse(json.value, { error: issueToSentence, reportInput: true });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const { path, message, input } = issue;
    const line = json.lineOf(issue.code === 'unrecognized_keys' ? [...path, issue.keys[0] ?? ''] : path);
    return { line, text: `${fileName}:${line} ${pathToText(path)}${inputToText(input)} ${message}` };
  });
  throw wrong(problems.sort((a, b) => a.line - b.line).map(({ text }) => text));
};

const wrong = (problems: string[]): ConfigurationError =>
  new ConfigurationError('sources-file', problems.join('\n'));

/** `sources[1].dropOffMinutes.activity` */
const pathToText = (path: JsonPath): string =>
  path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step}]` : `${text}${text === '' ? '' : '.'}${String(step)}`,
    '',
  ) || 'the file';

const inputToText = (input: unknown): string =>
  input === undefined || (typeof input === 'object' && input !== null) ? '' : ` is ${JSON.stringify(input)}:`;
