import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPython } from '../emulator/python.ts';
import { virtualEnvironment } from '../emulator/virtual-environment.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const AWS_CLI = join(import.meta.dirname, 'aws-cli-requirements.txt');

/**
 * A folder with the AWS command line, for a PATH. For SQS its version 1 does not read AWS_ENDPOINT_URL: it is passed on each
 * call.
 */
export const awsCli = async (): Promise<string> => {
  const python = findPython();
  if (python.missing !== undefined) throw new Error(python.missing);
  const interpreter = await virtualEnvironment(python, AWS_CLI);
  const folder = temporaryFolder();
  const script = `#!/bin/sh\nexec '${interpreter}' -m awscli --endpoint-url "$AWS_ENDPOINT_URL" "$@"\n`;
  writeFileSync(join(folder, 'aws'), script, { mode: 0o755 });
  return folder;
};
