import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { anHttpServer } from '../support/doubles/http-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Runs the check of CI with real npm, against a local registry. */
const audit = (registry: string): Promise<{ code: number; stdout: string }> =>
  new Promise((resolve) => {
    const environment = {
      PATH: process.env['PATH'] ?? '',
      HOME: temporaryFolder(),
      npm_config_registry: `${registry}/`,
    };
    execFile(join(ROOT, '.ci/audit'), { env: environment }, (error, stdout) =>
      resolve({ code: error ? Number(error.code) : 0, stdout }),
    );
  });

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { version: string }>;
};
const UNDICI = packages['node_modules/undici']?.version ?? '';

/** A registry that knows of one advisory, about undici. */
const knowing =
  (severity: string): RequestListener =>
  (request, response) => {
    const advisory = {
      id: 1,
      title: 'An example',
      url: 'https://example.com/1',
      vulnerable_versions: `<=${UNDICI}`,
      severity,
    };
    const isAudit = request.url?.endsWith('/advisories/bulk') ?? false;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(
        isAudit
          ? { undici: [advisory] }
          : { name: 'undici', versions: { [UNDICI]: { name: 'undici', version: UNDICI } } },
      ),
    );
  };

describe('the audit of CI', () => {
  it('fails on a finding of high severity', async () => {
    const { url } = await anHttpServer(knowing('high'));

    const { code, stdout } = await audit(url);

    expect(code).toBe(1);
    expect(stdout).toMatch(/^Known vulnerabilities: 0 critical, 1 high, .*\n {2}high {2}undici /);
  });

  it('names findings of lower severity, and passes', async () => {
    const { url } = await anHttpServer(knowing('moderate'));

    const { code, stdout } = await audit(url);

    expect(code).toBe(0);
    expect(stdout).toMatch(/1 moderate, 0 low\.\n {2}moderate {2}undici/);
  });

  it('passes without findings', async () => {
    const { url } = await anHttpServer((_, response) => response.end('{}'));

    expect(await audit(url)).toEqual({
      code: 0,
      stdout: 'Known vulnerabilities: 0 critical, 0 high, 0 moderate, 0 low.\n',
    });
  });

  it('passes if the registry does not support audits, and reports that nothing was checked', async () => {
    const { url } = await anHttpServer((_, response) => response.writeHead(405).end());

    const { code, stdout } = await audit(url);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^Known vulnerabilities: NOT CHECKED\. The registry does not answer audits: 405/);
  });
});
