import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');
const MODEL = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');

/** The rows of a section's tables, without their heads. */
const rowsOf = (section: string): string[][] =>
  section
    .split('\n')
    .filter(
      (line, index, lines) =>
        line.startsWith('|') && !line.startsWith('| -') && !(lines[index + 1] ?? '').startsWith('| -'),
    )
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

const sectionOf = (title: string): string =>
  MODEL.split(/^## /m).find((section) => section.startsWith(`${title}\n`)) ?? '';

const PROOF = /`(test\/[\w./-]+\.test\.ts)`: "([^"]+)"/g;

const threats = rowsOf(sectionOf('Threats'));
const proofs = [...MODEL.matchAll(PROOF)].map(([, file = '', name = '']) => [file, name] as const);

describe('docs/security.md', () => {
  it.each(['Assets', 'Actors'])('names %s', (title) => {
    expect(rowsOf(sectionOf(title)).length).toBeGreaterThan(4);
  });

  it.each(threats.map(([threat, ...rest]) => [threat, rest] as const))(
    'has a control and a test: %s',
    (_, rest) => {
      const [control = '', shown = ''] = rest;

      expect(control).not.toBe('');
      expect(shown.split('; ').map((one) => one.replace(PROOF, 'a test'))).toEqual(
        shown.split('; ').map(() => 'a test'),
      );
    },
  );

  it.each(proofs)('names a test that exists: %s, "%s"', (file, name) => {
    const path = join(ROOT, file);

    expect(existsSync(path)).toBe(true);
    // As in the source: a test of a table has its placeholders.
    expect(readFileSync(path, 'utf8').replaceAll('’', "'")).toContain(name);
  });

  it('has threats enough for the checks above to mean something', () => {
    expect(threats.length).toBeGreaterThan(25);
    expect(proofs.length).toBeGreaterThanOrEqual(threats.length);
  });
});

describe('SECURITY.md', () => {
  it('describes how to report, and contains no e-mail address', () => {
    const policy = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8');

    expect(policy).toMatch(/Report a vulnerability privately/);
    expect(policy).not.toMatch(/\S@\S/);
  });
});
