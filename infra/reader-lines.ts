import { OUTPUTS } from '../shared/contract/outputs.ts';

/** The lines for each reader of a deployment: its queue, and how to assume its role. None of it is secret. */
export const readerLines = (outputs: Readonly<Record<string, string>>): string[] => {
  const of = (output: string): Record<string, string> =>
    JSON.parse(outputs[output] ?? '{}') as Record<string, string>;
  const urls = of(OUTPUTS.readerQueues);
  const roles = of(OUTPUTS.readerRoles);
  const externalIds = of(OUTPUTS.readerExternalIds);
  return Object.entries(of(OUTPUTS.readerQueueArns)).flatMap(([name, queueArn]) => [
    `  Reader ${name}`,
    ...[
      ['Queue URL', urls[name]],
      ['Queue ARN', queueArn],
      ['Role ARN', roles[name]],
      ['External id', externalIds[name]],
    ].flatMap(([what = '', value]) => (value === undefined ? [] : [`    ${what.padEnd(16)} ${value}`])),
  ]);
};
