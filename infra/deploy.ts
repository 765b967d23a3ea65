import { OUTPUTS } from '../shared/contract/outputs.ts';
import { BUCKET_PARAMETER, catalogStackName } from './catalog-stack.ts';
import { ASSEMBLY, cdk } from './cdk.ts';
import { deploymentFrom } from './deployment-from.ts';
import { outputsOf } from './deployed-stack.ts';
import { readerLines } from './reader-lines.ts';
import { exitOnConfigurationError } from './exit-on-configuration-error.ts';

/** The stack with what CDK needs in an account and region: a bucket for uploads, and roles. */
const BOOTSTRAP_STACK = 'CDKToolkit';

/** `npm run deploy`: checks the configuration, bootstraps the account if needed, deploys, and prints the next steps. */
const deploy = async (): Promise<void> => {
  const { stack, sources, catalog, synthWords, cdkWords } = deploymentFrom(process.argv.slice(2));
  const assembly = ['--app', ASSEMBLY];
  // Without a terminal CDK cannot ask for approval of the roles.
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
    `  Events             s3://${outputs[OUTPUTS.bucket] ?? ''}`,
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
      ? `E-mail alarms go to these addresses once they confirm (AWS asks them once): ${addresses.join(', ')}`
      : 'No e-mail alarms: add addresses to "notify", or subscribe another endpoint to the topic.',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
};

/** Where to query the events in Athena; or that the stack remains although "catalog" was removed. */
const athenaLines = async (catalogStack: string, isWanted: boolean): Promise<string[]> => {
  const outputs = await outputsOf(catalogStack);
  if (!outputs) return [];
  if (isWanted) {
    return [
      `  Athena             workgroup ${outputs['Workgroup'] ?? ''}, database ${outputs['Database'] ?? ''}`,
    ];
  }
  return [
    `  The stack ${catalogStack} still exists, but the configuration no longer has "catalog". To remove it:`,
    `    aws cloudformation delete-stack --stack-name ${catalogStack}`,
  ];
};

await exitOnConfigurationError(deploy);
