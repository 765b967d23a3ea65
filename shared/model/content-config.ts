import * as z from 'zod';
import { DaySchema } from './day.ts';

/**
 * What an operator may choose to fetch: types of files, `meetings` for the meetings that were held, and `messages` for Team Chat with
 * its files.
 */
export const CONTENT_TYPES = [
  'video',
  'audio',
  'transcript',
  'chat',
  'timeline',
  'poll',
  'summary',
  'other',
  'meetings',
  'messages',
] as const;

/** How content is collected. */
export const CONTENT_MODES = ['once', 'archive', 'mirror'] as const;
export type ContentMode = (typeof CONTENT_MODES)[number];

/** A type of content. */
export type ContentType = (typeof CONTENT_TYPES)[number];

/** The types that are collected if none are chosen. Team Chat needs scopes of its own, and must be chosen. */
export const DEFAULT_CONTENT_TYPES = CONTENT_TYPES.filter((type) => type !== 'messages');

const PeopleSchema = z
  .strictObject({
    include: z
      .union([
        z.literal('all'),
        z.strictObject({
          emails: z
            .array(z.email())
            .default([])
            .describe('People by the e-mail address of their Zoom account.'),
          groups: z.array(z.string().min(1)).default([]).describe("Zoom's user groups, by name."),
        }),
      ])
      .default('all')
      .describe('Whose content is collected: "all", or chosen people and groups.'),
    exclude: z.array(z.email()).default([]).describe('People whose content is not collected.'),
    future: z
      .boolean()
      .default(true)
      .describe('Collect people who join later, too. If false, the choice is made once, by the first run.'),
  })
  .prefault({});

/** Whose content is collected. */
export type PeopleChoice = z.output<typeof PeopleSchema>;

const DEAUTHORIZATION_RULE =
  'must be "retain" or {"delete": {"afterDays": 0 to 3650}}: there is no default, because law decides it';

/** What happens to collected content when the app is deauthorized: no default, for law decides it. */
const OnDeauthorizationSchema = z
  .union(
    [
      z.literal('retain'),
      z.strictObject({
        delete: z.strictObject({
          afterDays: z.int().min(0).max(3650).describe('Days after the deauthorization.'),
        }),
      }),
    ],
    { error: DEAUTHORIZATION_RULE },
  )
  .describe(
    'What happens to the content when the account removes the app: "retain", or {"delete": {"afterDays": 10}}. There is no default: decide it with your legal department. It acts only in a deployment.',
  );

/** When a mirror hides what left Zoom, and when it must not. */
export const MirrorSchema = z
  .strictObject({
    graceDays: z
      .int()
      .min(0)
      .max(3650)
      .default(30)
      .describe("Days between the proof that a file left Zoom and its hiding. Zoom's own trash has 30."),
    brakePercent: z
      .number()
      .min(0)
      .max(100)
      .default(5)
      .describe('Hide nothing if a larger share of the files of the source left within a day.'),
    brakeItems: z
      .int()
      .min(0)
      .default(200)
      .describe('Hide nothing if more files of the source than this left within a day.'),
  })
  .prefault({});

export type MirrorRules = z.output<typeof MirrorSchema>;

/** The rules of a mirror that says nothing else. */
export const DEFAULT_MIRROR_RULES: MirrorRules = MirrorSchema.parse({});

/** The content of a source, as an operator writes it under `content` in sources.json. */
export const ContentConfigSchema = z
  .strictObject({
    mode: z
      .enum(CONTENT_MODES)
      .default('archive')
      .describe(
        '"archive": collect what is there and what comes, and keep all of it in view. "mirror": the same, and hide what left Zoom. "once": collect a range of days, and end with a certificate.',
      ),
    mirror: MirrorSchema.describe(
      'With "mode": "mirror": when a file that left Zoom is hidden. Nothing that is held is removed.',
    ),
    from: DaySchema.optional().describe('The first day, in UTC. Required with "once".'),
    to: DaySchema.optional().describe('The last day, in UTC. Required with "once".'),
    types: z
      .array(z.enum(CONTENT_TYPES))
      .min(1)
      .default([...DEFAULT_CONTENT_TYPES])
      .describe(
        'What is fetched. Rows about all files are kept in any case. "messages" is Team Chat: it is collected only if it is named.',
      ),
    bots: z.boolean().default(false).describe('Collect the Team Chat messages of bots, too.'),
    people: PeopleSchema.describe('Whose content is collected.'),
    onDeauthorization: OnDeauthorizationSchema,
  })
  .superRefine(({ mode, from, to }, context) => {
    if (mode === 'once' && (from === undefined || to === undefined)) {
      context.addIssue({
        code: 'custom',
        path: ['from'],
        message: 'and "to" are required with "mode": "once"',
      });
    }
    if (from !== undefined && to !== undefined && from > to) {
      context.addIssue({ code: 'custom', path: ['from'], message: `is ${from}, after "to" ${to}` });
    }
  });

/** What content of a source is collected. */
export type ContentConfig = z.output<typeof ContentConfigSchema>;
