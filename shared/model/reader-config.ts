import * as z from 'zod';
import { PROJECTED_FORMATS } from './source-config.ts';
import { STREAM_NAMES, type StreamName } from './stream.ts';

/** Each has a line in the outputs of the stack that list all readers, and the size of an output is limited. */
export const MAX_READERS = 10;

/** The formats that can be announced and read. */
export const DELIVERED_FORMATS = ['raw', ...PROJECTED_FORMATS] as const;

const READER_NAME = /^[a-z](?:[a-z0-9-]{0,22}[a-z0-9])?$/;
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;
/** What AWS accepts as an external id, but at least 16 characters: AWS accepts two. */
const EXTERNAL_ID = /^[\w+=,.@:/-]{16,1224}$/;
const EXTERNAL_ID_RULE =
  'must be 16 characters or more of A-Z a-z 0-9 + = , . @ : / _ - (leave it out to have one made), or false';
const QUEUE_ARN = /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,80}$/;
const WORKSPACE_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A reader of delivered objects, as an operator writes it in sources.json: docs/readers/ has an entry for each known one. */
export const ReaderConfigSchema = z
  .strictObject({
    name: z
      .string()
      .regex(READER_NAME, 'must be 1 to 24 lower-case letters, digits and inner hyphens, a letter first')
      .describe(
        'Your name for the reader, such as "splunk": 1 to 24 lower-case letters, digits and inner hyphens, a letter first.',
      ),
    format: z
      .enum(DELIVERED_FORMATS)
      .default('flat')
      .describe('Format to read. The queue of the reader announces it, and its role can read nothing else.'),
    streams: z
      .array(z.enum(STREAM_NAMES as [StreamName, ...StreamName[]]))
      .min(1)
      .default([...STREAM_NAMES])
      .describe(
        'Reports to read. A SIEM that takes one kind of log from a queue needs one reader for each report.',
      ),
    account: z
      .string()
      .regex(/^\d{12}$/, 'must be the twelve digits of an AWS account, in quotes')
      .optional()
      .describe(
        'AWS account that may assume the role of the reader: twelve digits, in quotes. Without it no role is made.',
      ),
    externalId: z
      .union([z.string().regex(EXTERNAL_ID, EXTERNAL_ID_RULE), z.literal(false)], { error: EXTERNAL_ID_RULE })
      .optional()
      .describe(
        'External id that "account" must give to assume the role: 16 characters or more. Without it one is made. false: no external id, for a vendor that cannot send one.',
      ),
    sentinelWorkspaceId: z
      .string()
      .regex(
        WORKSPACE_ID,
        'must be the id of a Log Analytics workspace, such as 1234abcd-12ab-34cd-56ef-1234567890ab',
      )
      .optional()
      .describe(
        'Id of the Microsoft Sentinel workspace that may assume the role, instead of an AWS account.',
      ),
    roleName: z
      .string()
      .regex(ROLE_NAME, 'must be 1 to 64 letters, digits and + = , . @ _ -')
      .optional()
      .describe('Name of the role, for a vendor that requires one. Without it CloudFormation makes a name.'),
    queueArn: z
      .string()
      .regex(QUEUE_ARN, "must be the ARN of the reader's own queue")
      .optional()
      .describe('ARN of an existing queue of the reader. Without it a queue is made.'),
  })
  .describe('A SIEM or another consumer of delivered objects.');

/** One reader, complete. */
export type ReaderConfig = z.output<typeof ReaderConfigSchema>;
