import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { AUDIT_CODES } from '../../../shared/audit/audit-codes.ts';

const DOCS = readFileSync(join(import.meta.dirname, '../../../docs/audit.md'), 'utf8');

describe('the codes of the audit log', () => {
  it('are those that docs/audit.md explains, word for word', () => {
    const documented = [...DOCS.matchAll(/^\| `([a-z-]+)` +\| (yes|no) +\| (\w+) +\| (.+?) +\|$/gm)].map(
      ([, code, notice, severity, means]) => [code, { notice: notice === 'yes', severity, means }],
    );

    expect(documented).toEqual(Object.entries(AUDIT_CODES));
  });

  it.each(Object.keys(AUDIT_CODES))(
    '%s is lower-case words with hyphens, as required by keys and filters',
    (code) => {
      expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    },
  );
});
