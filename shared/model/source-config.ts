import * as z from 'zod';
import { SourceNameSchema } from './slice.ts';
import { STREAM_NAMES, type StreamName } from './stream.ts';

/** Zoom's commercial and government clouds, or a simulator on this very machine. */
export const ZOOM_HOSTS = ['zoom.us', 'zoomgov.com'] as const;
const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|localhost):\d{1,5}$/;
const HOST_RULE = `must be ${ZOOM_HOSTS.map((host) => `"${host}"`).join(' or ')}`;

/** What is written beside raw, if asked for. */
export const PROJECTED_FORMATS = ['flat', 'ocsf'] as const;

/** How many days before today are still open to late rows, unless the operator says otherwise. */
export const DEFAULT_LOOKBACK_DAYS = 3;

/**
 * Requests a day that a source makes at most, unless the operator says otherwise: a third of the 30,000 that Zoom grants a
 * Pro account for all its apps together.
 */
export const DEFAULT_REQUESTS_PER_DAY = 10_000;

const MINUTES_IN_30_DAYS = 43_200;

/** How long a stream may be silent before on-call is told, in minutes; 0 switches the alarm off. */
export const DropOffMinutesSchema = z
  .int()
  .refine((minutes) => minutes === 0 || (minutes >= 15 && minutes <= MINUTES_IN_30_DAYS), {
    message: `must be 15 to ${MINUTES_IN_30_DAYS} minutes (30 days), or 0 for no alarm`,
  })
  .meta({ anyOf: [{ const: 0 }, { minimum: 15, maximum: MINUTES_IN_30_DAYS }] });

/** One Zoom account to collect from, as an operator writes it in sources.json. */
export const SourceConfigSchema = z.strictObject({
  name: SourceNameSchema.describe(
    "Your name for the Zoom account. It stands in every object's key and every event id: choose it for life.",
  ),
  auth: z
    .enum(['oauth', 'server-to-server'])
    .describe(
      '"oauth": an administrator consents in the browser; "server-to-server": an app of the account itself.',
    ),
  accountId: z
    .string()
    .regex(/^[\w.=+/-]{1,64}$/, 'must be a Zoom account id: 1 to 64 letters, digits and _ . = + / -')
    .optional()
    .describe(
      "Zoom's id of the account (its account profile shows it). A connection to any other account is refused.",
    ),
  host: z
    .union([z.enum(ZOOM_HOSTS), z.string().regex(LOOPBACK, HOST_RULE)], { error: HOST_RULE })
    .default('zoom.us')
    .describe('The Zoom cloud that the account is in.'),
  pollMinutes: z.int().min(1).max(60).default(5).describe('Minutes between two polls.'),
  lookbackDays: z
    .int()
    .min(1)
    .max(30)
    .default(DEFAULT_LOOKBACK_DAYS)
    .describe('Days that stay open to late rows.'),
  backfillDays: z
    .int()
    .min(0)
    .max(184)
    .optional()
    .describe(
      'Days brought at the first connection; all that Zoom keeps (six months) unless said otherwise.',
    ),
  streams: z
    .array(z.enum(STREAM_NAMES as [StreamName, ...StreamName[]]))
    .min(1)
    .default([...STREAM_NAMES])
    .describe('The reports to collect.'),
  formats: z
    .array(z.enum(PROJECTED_FORMATS))
    .default(['flat', 'ocsf'])
    .describe('What to write beside raw, which is always written.'),
  ocsfVersion: z.enum(['1.8.0', '1.1.0']).default('1.8.0').describe('The OCSF version to stamp.'),
  dropOffMinutes: z
    .strictObject({
      operation: DropOffMinutesSchema.optional(),
      activity: DropOffMinutesSchema.optional(),
    })
    .prefault({})
    .describe(
      'A fixed limit for the silence of a stream, in minutes; 0 for no alarm. A stream without one is judged by "learnedBaseline".',
    ),
  learnedBaseline: z
    .boolean()
    .default(true)
    .describe(
      'Whether the silence of a stream without a limit in "dropOffMinutes" is judged by what earlier weeks had, once four weeks are known: sooner on a busy morning, not at all on a weekend. Until then, and if false, the limit is 72 hours.',
    ),
  notify: z.array(z.email()).default([]).describe('Addresses that get the alarms by e-mail.'),
  requestsPerSecond: z
    .number()
    .positive()
    .max(40)
    .default(8)
    .describe("Requests a second at most; Zoom's limit is shared by all apps of the account."),
  requestsPerDay: z
    .int()
    .min(500)
    .max(1_000_000)
    .default(DEFAULT_REQUESTS_PER_DAY)
    .describe(
      "Requests a day at most; Zoom's quota (30,000 on Pro, 60,000 on Business) is shared by all apps of the account.",
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
