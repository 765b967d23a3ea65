import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { documentedCommands, withCliReference } from './cli-reference.ts';

const commands = (await documentedCommands()).flatMap((documented) => [
  documented,
  ...documented.subcommands,
]);

describe('the reference of the command line', () => {
  it('is up to date in docs/cli.md (npm run reference)', async () => {
    const document = readFileSync(join(import.meta.dirname, '../../docs/cli.md'), 'utf8');

    expect(document).toBe(await withCliReference(document));
  });

  it('needs the markers of its generated part', async () => {
    await expect(withCliReference('# No markers\n')).rejects.toThrow(RangeError);
  });

  it.each(commands)('describes $title in a capitalized sentence with a period', ({ command }) => {
    expect(command.description()).toMatch(/^[A-Z].*\.$/);
  });

  it.each(commands)('describes every option of $title, capitalized and without a period', ({ command }) => {
    const shown = command.options.filter(({ hidden }) => !hidden);

    for (const { description } of [...shown, ...command.registeredArguments]) {
      expect(description).toMatch(/^[A-Z].*[^.]$/);
    }
  });

  it.each(commands)('has a meaning for exit codes 0 and 2 of $title', ({ exitCodes }) => {
    expect(exitCodes).toMatchObject({
      0: expect.stringMatching(/^[A-Z].*\.$/),
      2: expect.stringMatching(/^[A-Z].*\.$/),
    });
  });
});
