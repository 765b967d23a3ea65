import { OUTPUTS } from '../shared/contract.ts';
import { ASSEMBLY, cdk } from './cdk.ts';
import { deploymentFrom } from './deployment-from.ts';
import { outputsOf } from './deployed-stack.ts';
import { orStopped } from './stopped.ts';

/** The stack by which CDK has what it needs of an account and region: a bucket to upload to, and roles. */
const BOOTSTRAP_STACK = 'CDKToolkit';

/** `npm run deploy`: checks the configuration, prepares the account if nobody has, deploys, and says what comes next. */
const deploy = async (): Promise<void> => {
  const { stack, sources, synthWords, cdkWords } = deploymentFrom(process.argv.slice(2));
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
  const redirectUrls = JSON.parse(outputs[OUTPUTS.redirectUrls] ?? '{}') as Record<string, string>;
  const lines = [
    '',
    `Deployed ${stack}.`,
    `  Events go to       s3://${outputs[OUTPUTS.bucket] ?? ''}`,
    `  New objects        ${outputs[OUTPUTS.objectsTopic] ?? ''}`,
    `  Queue for a SIEM   ${outputs[OUTPUTS.objectsQueue] ?? ''}`,
    ...Object.entries(redirectUrls).map(([name, url]) => `  Redirect URL       ${url} (${name})`),
    '',
    'Connect each source to its Zoom account:',
    ...sources.map(({ name }) => `  bin/zoom-log-source connect ${name}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
};

await orStopped(deploy);
