import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');

interface Component {
  readonly purl: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses?: readonly unknown[];
}

interface Locked {
  readonly name?: string;
  readonly version: string;
  readonly integrity?: string;
}

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>;
};
const locked = Object.entries(packages)
  .filter(([path]) => path !== '')
  .map(([path, { name = path.replace(/^.*node_modules\//, ''), version, integrity = '' }]) => ({
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    digest: Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex'),
  }));

describe('npm run sbom', () => {
  let bill: { bomFormat: string; components: Component[]; metadata: { component: Component } };
  beforeAll(async () => {
    const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'sbom'], {
      cwd: ROOT,
      maxBuffer: 64 * 1024 * 1024,
    });
    bill = JSON.parse(stdout) as typeof bill;
  });

  it('prints a bill of materials of this project in CycloneDX', () => {
    expect(bill.bomFormat).toBe('CycloneDX');
    expect(bill.metadata.component.purl).toMatch(/^pkg:npm\/zoom-log-source@/);
  });

  it('has every package of the lock file', () => {
    const listed = new Set(bill.components.map(({ purl }) => purl));

    expect(locked.length).toBeGreaterThan(500);
    expect(locked.filter(({ purl }) => !listed.has(purl))).toEqual([]);
  });

  it('has the digest of each, except of those that are also bundled in another package', () => {
    const withinAnother = new Set(locked.filter(({ digest }) => digest === '').map(({ purl }) => purl));
    const digests = new Map(
      bill.components.map(({ purl, hashes = [] }) => [purl, hashes.map(({ content }) => content)]),
    );
    const others = locked.filter(({ purl }) => !withinAnother.has(purl));

    expect(others.length).toBeGreaterThan(500);
    expect(others.filter(({ purl, digest }) => !digests.get(purl)?.includes(digest))).toEqual([]);
  });

  it('has the license of each package', () => {
    expect(bill.components.filter(({ licenses = [] }) => licenses.length === 0)).toEqual([]);
  });
});
