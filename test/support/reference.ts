import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const PROJECT_ROOT = join(import.meta.dirname, '..', '..');

/**
 * The folder of the specification with its vectors, schemas and samples: beside the checkout, and not in every clone.
 * Undefined if it is missing, which is a failure in continuous integration.
 */
export const referenceFolder = (): string | undefined => {
  const folder = join(PROJECT_ROOT, '..', 'shared');
  if (existsSync(join(folder, 'normalization.md'))) return folder;
  if (process.env['CI'] === 'true')
    throw new Error(`the reference is missing: there is no ${folder}/normalization.md`);
  return undefined;
};

/** A suite that needs the reference; without it, a notice replaces the suite. */
export const describeWithReference = (name: string, suite: (folder: string) => void): void =>
  describe(name, () => {
    const folder = referenceFolder();
    if (folder !== undefined) {
      suite(folder);
      return;
    }
    it('has no reference to check against', () => {
      process.stderr.write(`Not checked against the reference: ${name}\n`);
      expect(folder).toBeUndefined();
    });
  });
