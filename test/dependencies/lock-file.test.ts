import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly optional?: true;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
  readonly engines?: { readonly node?: string } | readonly string[];
  readonly hasInstallScript?: true;
  /** It is bundled in another package, whose digest covers it. */
  readonly inBundle?: true;
}

/** Whether a range of versions, as `engines` states it, has a release of Node.js 20. */
const takesNode20 = (range: string): boolean =>
  range.split('||').some((part) => {
    const [, sign = '', major = ''] = /^\s*(>=|\^|~|)\s*v?(\d+|\*)/.exec(part) ?? [];
    return major === '*' || Number(major) === 20 || (sign === '>=' && Number(major) < 20);
  });

describe('the lock file', () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const { allowScripts, optionalDependencies } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  ) as { allowScripts: Record<string, boolean>; optionalDependencies: Record<string, string> };
  const all = Object.entries(packages).filter(([path, { inBundle }]) => path !== '' && !inBundle);

  it.each(Object.keys(optionalDependencies))('has %s for one system, with its digest', (name) => {
    const entry = packages[`node_modules/${name}`];
    const [, system = '', processor = ''] = /^node-(\w+)-(\w+)$/.exec(name) ?? [];

    expect(entry).toMatchObject({
      version: optionalDependencies[name],
      optional: true,
      os: system === 'win' ? 'win32' : system,
      cpu: processor,
    });
    expect(entry?.version).toMatch(/^24\./);
  });

  it('has a SHA-512 for each package, and no address of a registry', () => {
    const unsure = all.filter(
      ([, { integrity = '', resolved }]) => !integrity.startsWith('sha512-') || resolved !== undefined,
    );

    expect(all.length).toBeGreaterThan(300);
    expect(unsure.map(([path]) => path)).toEqual([]);
  });

  it('has no package that requires more than Node.js 20, because npm warns of each', () => {
    const wanted = Object.entries(packages).flatMap(([path, { engines }]) =>
      engines && 'node' in engines ? [[path, engines.node] as const] : [],
    );

    expect(['^22.18.0 || >=24.11.0', '>=22.0.0'].filter(takesNode20)).toEqual([]);
    expect(wanted.length).toBeGreaterThan(300);
    expect(wanted.filter(([, range]) => !takesNode20(range))).toEqual([]);
  });

  it('allows no package to run an install script', () => {
    const withScript = all
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => path.replace(/^.*node_modules\//, ''));

    expect(withScript.length).toBeGreaterThan(0);
    expect(withScript.filter((name) => allowScripts[name] !== false)).toEqual([]);
    expect(Object.values(allowScripts)).not.toContain(true);
    // For npm 10, which does not know allowScripts.
    expect(readFileSync(join(ROOT, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m);
  });
});
