import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** CDK lists the role of each function as a dependency, which the reference implies as well. That is harmless. */
const BY_CDK = 'W3005';

/** cfn-lint has no module for `python -m`. */
const RUN = 'import sys; from cfnlint.runner import main; sys.exit(main())';

/** The findings of cfn-lint for some templates, in its own words. Empty if there are none. */
export const lint = async (interpreter: string, ...templates: readonly object[]): Promise<string> => {
  const folder = temporaryFolder();
  const files = templates.map((template, index) => {
    const file = join(folder, `template-${index}.json`);
    writeFileSync(file, JSON.stringify(template));
    return file;
  });
  const words = ['-c', RUN, '--ignore-checks', BY_CDK, '--format', 'parseable', '--', ...files];
  const child = spawn(interpreter, words, {
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return out + err;
};
