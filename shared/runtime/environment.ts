import * as z from 'zod';
import { ConfigurationError } from '../errors.ts';

/** The environment of a process: `process.env`, passed in by an entry point. */
export type Environment = Readonly<Record<string, string | undefined>>;

const required = (what: string) =>
  z
    .string({ error: `is not set: ${what}` })
    .trim()
    .min(1, `is empty: ${what}`);

const CredentialsSchema = z.object({
  ZOOM_ACCOUNT_ID: required('the account id of the Server-to-Server OAuth app'),
  ZOOM_CLIENT_ID: required('the client id of the app'),
  ZOOM_CLIENT_SECRET: required('the client secret of the app'),
  ZOOM_API_URL: z.string().optional(),
  ZOOM_OAUTH_URL: z.string().default('https://zoom.us/oauth'),
  ZOOM_REQUESTS_PER_SECOND: z.coerce
    .number({ error: 'must be a number of requests' })
    .positive('must be more than 0')
    .max(1000, 'must be at most 1000')
    .default(8),
  ZOOM_TIMEOUT_SECONDS: z.coerce
    .number({ error: 'must be a number of seconds' })
    .positive('must be more than 0')
    .max(600, 'must be at most 600')
    .default(30),
});

/** The environment variables about Zoom. */
export type ZoomEnvironment = z.infer<typeof CredentialsSchema>;

/** Reads the environment. Throws ConfigurationError, naming every variable that is missing or wrong at once. */
export const readEnvironment = (environment: Environment): ZoomEnvironment => {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = CredentialsSchema.safeParse(set);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')} ${message}`);
  throw new ConfigurationError(
    'environment',
    `Missing configuration:\n${problems.join('\n')}\n` +
      `Create a Server-to-Server OAuth app in Zoom's App Marketplace and set these variables to the values it shows.`,
  );
};

/** The requests a second that the environment sets; the credentials need not be set. Throws ConfigurationError. */
export const readRequestsPerSecond = (environment: Environment): number => {
  const text = environment['ZOOM_REQUESTS_PER_SECOND'];
  const parsed = CredentialsSchema.shape.ZOOM_REQUESTS_PER_SECOND.safeParse(text === '' ? undefined : text);
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(
    'environment',
    `ZOOM_REQUESTS_PER_SECOND ${parsed.error.issues[0]?.message ?? 'is wrong'}`,
  );
};
