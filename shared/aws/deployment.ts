import * as z from 'zod';
import { ENVIRONMENT } from '../contract/environment.ts';
import { ConfigurationError } from '../errors.ts';
import { SourceNameSchema } from '../model/slice.ts';
import { SourceConfigSchema } from '../model/source-config.ts';
import { MonitorConfigSchema } from '../model/monitored-source.ts';

const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);

/** The environment variables that the template gives its functions. */
const VARIABLES = {
  source: json(SourceConfigSchema),
  sources: json(z.array(SourceConfigSchema).min(1)),
  bucket: z.string().min(3),
  secrets: json(z.record(SourceNameSchema, z.string().min(1))),
  collectQueues: json(z.record(SourceNameSchema, z.url())),
  stack: z.string().min(1),
  watched: json(MonitorConfigSchema),
  pollerLogs: json(z.record(SourceNameSchema, z.string().min(1))),
  noticesTopic: z.string().min(1),
} satisfies Record<keyof typeof ENVIRONMENT, z.ZodType>;

type Variables = typeof VARIABLES;
type Deployment<N extends keyof Variables> = { readonly [name in N]: z.output<Variables[name]> };

/** Reads what a function was deployed with. Throws ConfigurationError, naming every variable that is missing or wrong. */
export const readDeployment = <N extends keyof Variables>(
  environment: Readonly<Record<string, string | undefined>>,
  names: readonly N[],
): Deployment<N> => {
  const read = names.map((name) => ({ name, ...VARIABLES[name].safeParse(environment[ENVIRONMENT[name]]) }));
  const problems = read.flatMap(({ name, error }) =>
    (error?.issues ?? []).map(
      ({ path, message }) => `  ${[ENVIRONMENT[name], ...path].join('.')}: ${message}`,
    ),
  );
  if (problems.length === 0) {
    return Object.fromEntries(read.map(({ name, data }) => [name, data])) as Deployment<N>;
  }
  throw new ConfigurationError(
    'environment',
    `The environment differs from what the deployment sets:\n${problems.join('\n')}\nDeploy again: npm run deploy`,
  );
};
