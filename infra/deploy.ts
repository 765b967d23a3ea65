import { OUTPUTS } from '../shared/contract/outputs.ts';
import { BUCKET_PARAMETER, catalogStackName } from './catalog-stack.ts';
import { ASSEMBLY, cdk } from './cdk.ts';
import { deploymentFrom } from './deployment-from.ts';
import { outputsOf } from './deployed-stack.ts';
import { readerLines } from './reader-lines.ts';
import { exitOnConfigurationError } from './exit-on-configuration-error.ts';

/** The stack by which CDK has what it needs of an account and region: a bucket to upload to, and roles. */
const BOOTSTRAP_STACK = 'CDKToolkit';

/** `npm run deploy`: checks the configuration, prepares the account if nobody has, deploys, and says what comes next. */
const deploy = async (): Promise<void> => {
  const { stack, sources, catalog, synthWords, cdkWords } = deploymentFrom(process.argv.slice(2));
  const assembly = ['--app', ASSEMBLY];
  // Without a terminal nobody can be asked whether the roles may be made.
  const approval = process.stdin.isTTY ? [] : ['--require-approval', 'never'];

  const done =
    (await cdk('synth', '--quiet', '--output', ASSEMBLY, ...synthWords)) &&
    ((await outputsOf(BOOTSTRAP_STACK)) !== undefined || (await cdk('bootstrap', ...assembly))) &&
    (await cdk('deploy', stack, ...assembly, ...approval, ...cdkWords));
  if (!done) {
    process.exitCode = 1;
    return;
  }

  const outputs = (await outputsOf(stack)) ?? {};
  const catalogStack = catalogStackName(stack);
  const bucket = `${catalogStack}:${BUCKET_PARAMETER}=${outputs[OUTPUTS.bucket] ?? ''}`;
  if (
    catalog &&
    !(await cdk('deploy', catalogStack, ...assembly, ...approval, '--parameters', bucket, ...cdkWords))
  ) {
    process.exitCode = 1;
    return;
  }

  const redirectUrls = JSON.parse(outputs[OUTPUTS.redirectUrls] ?? '{}') as Record<string, string>;
  const addresses = [...new Set(sources.flatMap(({ notify }) => notify))];
  const lines = [
    '',
    `Deployed ${stack}.`,
    `  Events go to       s3://${outputs[OUTPUTS.bucket] ?? ''}`,
    `  New objects        ${outputs[OUTPUTS.objectsTopic] ?? ''}`,
    `  Queue for a SIEM   ${outputs[OUTPUTS.objectsQueue] ?? ''}`,
    ...readerLines(outputs),
    `  Alarms             ${outputs[OUTPUTS.alarmsTopic] ?? ''}`,
    `  Notices            ${outputs[OUTPUTS.noticesTopic] ?? ''}`,
    `  Dashboard          CloudWatch > Dashboards > ${stack}`,
    ...(await athenaLines(catalogStack, catalog !== undefined)),
    ...Object.entries(redirectUrls).map(([name, url]) => `  Redirect URL       ${url} (${name})`),
    '',
    'Connect each source to its Zoom account:',
    ...sources.map(({ name }) => `  bin/zoom-log-source connect ${name}`),
    '',
    addresses.length > 0
      ? `Alarms go by e-mail to whoever has confirmed it (AWS asks them once): ${addresses.join(', ')}`
      : 'Alarms go to nobody by e-mail: name addresses in "notify", or subscribe something else to the topic.',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
};

/** Where Athena finds the events; or that it still does, though nobody wants it any more. */
const athenaLines = async (catalogStack: string, isWanted: boolean): Promise<string[]> => {
  const outputs = await outputsOf(catalogStack);
  if (!outputs) return [];
  if (isWanted) {
    return [
      `  Athena             workgroup ${outputs['Workgroup'] ?? ''}, database ${outputs['Database'] ?? ''}`,
    ];
  }
  return [
    `  The stack ${catalogStack} is still there, though the configuration has no "catalog" any more. To remove it:`,
    `    aws cloudformation delete-stack --stack-name ${catalogStack}`,
  ];
};

await exitOnConfigurationError(deploy);
