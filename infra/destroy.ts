import { OUTPUTS } from '../shared/contract/outputs.ts';
import { catalogStackName } from './catalog-stack.ts';
import { ASSEMBLY, cdk } from './cdk.ts';
import { deploymentFrom } from './deployment-from.ts';
import { outputsOf } from './deployed-stack.ts';
import { exitOnConfigurationError } from './exit-on-configuration-error.ts';

/** `npm run destroy`: says what goes and what stays, then asks CDK, which asks the operator, to remove the stack. */
const destroy = async (): Promise<void> => {
  const { stack, sources, bucket, catalog, synthWords, cdkWords } = deploymentFrom(process.argv.slice(2));
  const outputs = await outputsOf(stack);
  if (!outputs) {
    process.stdout.write(`There is no stack ${stack} in this account and region: nothing to remove.\n`);
    return;
  }
  const kept = outputs[OUTPUTS.bucket] ?? '';
  const lines = [
    `What goes: the schedules, the functions and their logs, the queues with what is in them, the alarms, the dashboard, the topics, the`,
    `  callback's address and the secrets, without a way back. A grant lives on at Zoom unless it is revoked first:`,
    ...sources.map(({ name }) => `    bin/zoom-log-source disconnect ${name}`),
    ...(catalog
      ? [
          `  So do the tables, the saved queries and the workgroup of Athena; results of queries stay until they expire.`,
        ]
      : []),
    `What stays: the bucket ${kept} with every event that was delivered${bucket.kmsKey === true ? ', and its key, without which nobody can read them' : ''}.`,
    `  A later deployment begins a bucket of its own, with what Zoom still keeps by then (six months).`,
    ...(bucket.objectLock
      ? [
          `  Object lock holds each version for ${bucket.objectLock.days} days: the bucket can't be emptied before.`,
        ]
      : []),
    `  To remove it as well: S3 console > ${kept} > Empty (its old versions go too), then Delete.`,
    `  What CDK keeps for itself in the account (the stack CDKToolkit) may serve other stacks and stays too.`,
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  const removed =
    (await cdk('synth', '--quiet', '--output', ASSEMBLY, ...synthWords)) &&
    (await cdk(
      'destroy',
      stack,
      ...(catalog ? [catalogStackName(stack)] : []),
      '--app',
      ASSEMBLY,
      ...cdkWords,
    ));
  process.exitCode = removed ? 0 : 1;
};

await exitOnConfigurationError(destroy);
