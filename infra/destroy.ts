import { OUTPUTS } from '../shared/contract/outputs.ts';
import { catalogStackName } from './catalog-stack.ts';
import { ASSEMBLY, cdk } from './cdk.ts';
import { deploymentFrom } from './deployment-from.ts';
import { outputsOf } from './deployed-stack.ts';
import { exitOnConfigurationError } from './exit-on-configuration-error.ts';

/** `npm run destroy`: lists what is removed and what is kept, then removes the stack. CDK asks for confirmation. */
const destroy = async (): Promise<void> => {
  const { stack, sources, bucket, catalog, synthWords, cdkWords } = deploymentFrom(process.argv.slice(2));
  const outputs = await outputsOf(stack);
  if (!outputs) {
    process.stdout.write(
      `The stack ${stack} does not exist in this account and region. Nothing to remove.\n`,
    );
    return;
  }
  const kept = outputs[OUTPUTS.bucket] ?? '';
  const lines = [
    `Removed permanently: the schedules, the functions and their logs, the queues and their messages, the alarms, the dashboard, the`,
    `  topics, the callback URL and the secrets. A grant stays valid at Zoom unless you revoke it first:`,
    ...sources.map(({ name }) => `    bin/zoom-log-source disconnect ${name}`),
    ...(catalog
      ? [
          `  Also removed: the tables, saved queries and workgroup of Athena. Query results are kept until they expire.`,
        ]
      : []),
    `Kept: the bucket ${kept} with every delivered event${bucket.kmsKey === true ? ', and its key, which is needed to read them' : ''}.`,
    `  A later deployment creates a new bucket, with the events that Zoom still keeps by then (six months).`,
    ...(bucket.objectLock
      ? [
          `  Object lock keeps each version for ${bucket.objectLock.days} days. The bucket can't be emptied before.`,
        ]
      : []),
    `  To remove it as well: S3 console > ${kept} > Empty (this also deletes old versions), then Delete.`,
    `  The CDKToolkit stack, which other stacks may use, is kept as well.`,
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
