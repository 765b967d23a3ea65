import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');

/** Licenses that require no more than a notice, as the lock file spells them. A choice is listed with the chosen one. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'Apache-2.0 AND MIT',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
  '(MIT OR CC0-1.0)', // MIT
  '(MIT OR GPL-3.0-or-later)', // MIT
]);

/** For tools that we do not distribute: they bind only those who modify or distribute them. */
const ALLOWED_IN_DEVELOPMENT = new Set(['CC-BY-4.0', 'MPL-2.0']);

interface Locked {
  readonly license?: string;
  readonly dev?: boolean;
}

/** The packages of a lock file, for any system, without a listed license. */
const unlisted = (packages: Readonly<Record<string, Locked>>): string[] =>
  Object.entries(packages)
    .filter(([path]) => path !== '')
    .filter(([, { license = '' }]) => !ALLOWED.has(license))
    .filter(([, { license = '', dev = false }]) => !(dev && ALLOWED_IN_DEVELOPMENT.has(license)))
    .map(([path, { license = 'no license' }]) => `${path}: ${license}`);

describe('the licenses of dependencies', () => {
  it('are all on the list', () => {
    const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, Locked>;
    };

    expect(Object.keys(packages).length).toBeGreaterThan(500);
    expect(unlisted(packages)).toEqual([]);
  });

  it('are named if they are not', () => {
    const packages = {
      '': { license: 'UNLICENSED' },
      'node_modules/fine': { license: 'MIT' },
      'node_modules/copyleft': { license: 'GPL-3.0-only', dev: true },
      'node_modules/tool': { license: 'MPL-2.0', dev: true },
      'node_modules/shipped': { license: 'MPL-2.0' },
      'node_modules/silent': {},
    };

    expect(unlisted(packages)).toEqual([
      'node_modules/copyleft: GPL-3.0-only',
      'node_modules/shipped: MPL-2.0',
      'node_modules/silent: no license',
    ]);
  });
});
