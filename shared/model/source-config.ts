import * as z from 'zod';
import { ContentConfigSchema } from './content-config.ts';
import { SourceNameSchema } from './slice.ts';
import { STREAM_NAMES, type StreamName } from './stream.ts';

/** Zoom's commercial and government clouds. The other choice is a simulator on this machine. */
export const ZOOM_HOSTS = ['zoom.us', 'zoomgov.com'] as const;
const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|localhost):\d{1,5}$/;
const HOST_RULE = `must be ${ZOOM_HOSTS.map((host) => `"${host}"`).join(' or ')}`;

/** Formats that a source may write beside raw. */
export const PROJECTED_FORMATS = ['flat', 'ocsf'] as const;

/** Default of `lookbackDays`. */
export const DEFAULT_LOOKBACK_DAYS = 3;

/**
 * Default of `requestsPerDay`: a third of the 30,000 requests that Zoom grants a Pro account for all its apps together.
 */
export const DEFAULT_REQUESTS_PER_DAY = 10_000;

const MINUTES_IN_30_DAYS = 43_200;

/** How long a stream may be silent before its alarm, in minutes; 0 disables the alarm. */
export const DropOffMinutesSchema = z
  .int()
  .refine((minutes) => minutes === 0 || (minutes >= 15 && minutes <= MINUTES_IN_30_DAYS), {
    message: `must be 15 to ${MINUTES_IN_30_DAYS} minutes (30 days), or 0 for no alarm`,
  })
  .meta({ anyOf: [{ const: 0 }, { minimum: 15, maximum: MINUTES_IN_30_DAYS }] })
  .describe('Minutes of silence until the alarm, up to 30 days. 0 disables the alarm.');

/** One Zoom account to collect from, as an operator writes it in sources.json. */
export const SourceConfigSchema = z.strictObject({
  name: SourceNameSchema.describe(
    'Your name for the Zoom account: 1 to 40 lower-case letters, digits and inner hyphens. It is part of every object key and event id. Do not change it later.',
  ),
  auth: z
    .enum(['oauth', 'server-to-server'])
    .describe(
      'How the source connects. "oauth": an administrator consents in a browser. "server-to-server": an app of the account itself.',
    ),
  accountId: z
    .string()
    .regex(/^[\w.=+/-]{1,64}$/, 'must be a Zoom account id: 1 to 64 letters, digits and _ . = + / -')
    .optional()
    .describe(
      "Zoom's id of the account, from its account profile. A connection to another account is refused. Without it, the first account that is connected is the one.",
    ),
  host: z
    .union([z.enum(ZOOM_HOSTS), z.string().regex(LOOPBACK, HOST_RULE)], { error: HOST_RULE })
    .default('zoom.us')
    .describe(
      'The Zoom cloud of the account: commercial or government. For tests also the address of a simulator on this machine, such as "http://127.0.0.1:8080".',
    ),
  pollMinutes: z.int().min(1).max(60).default(5).describe('Minutes between two polls.'),
  lookbackDays: z
    .int()
    .min(1)
    .max(30)
    .default(DEFAULT_LOOKBACK_DAYS)
    .describe('Days after its end for which a day stays open to late rows.'),
  backfillDays: z
    .int()
    .min(0)
    .max(184)
    .optional()
    .describe(
      'Past days to collect after the first connection. Default: all days that Zoom keeps (six months).',
    ),
  streams: z
    .array(z.enum(STREAM_NAMES as [StreamName, ...StreamName[]]))
    .min(1)
    .default([...STREAM_NAMES])
    .describe('The reports to collect.'),
  formats: z
    .array(z.enum(PROJECTED_FORMATS))
    .default(['flat', 'ocsf'])
    .describe('Formats to write. "raw" is always written.'),
  ocsfVersion: z.enum(['1.8.0', '1.1.0']).default('1.8.0').describe('OCSF version of the events in "ocsf".'),
  dropOffMinutes: z
    .strictObject({
      operation: DropOffMinutesSchema.optional(),
      activity: DropOffMinutesSchema.optional(),
    })
    .prefault({})
    .describe('Fixed limits for the silence of a stream. "learnedBaseline" applies to a stream without one.'),
  learnedBaseline: z
    .boolean()
    .default(true)
    .describe(
      'Judge the silence of a stream by the same hours of earlier weeks, once four weeks are known. Until then, and if false, the limit is 72 hours. A limit in "dropOffMinutes" takes precedence.',
    ),
  notify: z
    .array(z.email())
    .default([])
    .describe(
      'E-mail addresses that receive the alarms and notices of this source and of the deployment. AWS asks each address once to confirm.',
    ),
  requestsPerSecond: z
    .number()
    .positive()
    .max(40)
    .default(8)
    .describe("Maximum requests to Zoom a second. All apps of the account share Zoom's limit."),
  requestsPerDay: z
    .int()
    .min(500)
    .max(1_000_000)
    .default(DEFAULT_REQUESTS_PER_DAY)
    .describe(
      "Maximum requests to Zoom a day. All apps of the account share Zoom's limit: 30,000 on Pro, 60,000 on Business.",
    ),
  content: ContentConfigSchema.optional().describe(
    'Zoom content to collect: people, meetings and recordings with their files. Only "collect --content --config FILE" on one machine reads it: a deployment does not collect content yet.',
  ),
});

/** One source, complete. */
export type SourceConfig = z.output<typeof SourceConfigSchema>;

/**
 * The addresses of a source's Zoom. In the commercial cloud each token response names the API of the account's region, so
 * `apiUrl` is undefined; elsewhere there is one API, and a client must not fall back to the commercial one.
 */
export const endpointsOf = ({
  host,
}: Pick<SourceConfig, 'host'>): { oauthUrl: string; apiUrl: string | undefined } => {
  if (host === 'zoom.us') return { oauthUrl: 'https://zoom.us/oauth', apiUrl: undefined };
  if (host.startsWith('http://')) return { oauthUrl: `${host}/oauth`, apiUrl: `${host}/v2` };
  return { oauthUrl: `https://${host}/oauth`, apiUrl: `https://api.${host}/v2` };
};
