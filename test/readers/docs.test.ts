import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readSourcesFile } from '../../shared/model/sources-file.ts';

const FOLDER = join(import.meta.dirname, '../../docs/readers');
const pages = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));
const textOf = (page: string): string => readFileSync(join(FOLDER, page), 'utf8');

/** Placeholders for values of the user, each with an example. */
const PLACEHOLDERS: [RegExp, string][] = [
  [/<workspace id>/g, '1234abcd-12ab-34cd-56ef-1234567890ab'],
  [/<region>/g, 'eu-central-1'],
  [/<[^>]* account[^>]*>/g, '123456789012'],
];

/** The entries for sources.json of a page. */
const entriesOf = (page: string): string[] =>
  [...textOf(page).matchAll(/```json\n(.*?)```/gs)]
    .map(([, block = '']) => block)
    .filter((block) => /^"(?:readers|announce)"/.test(block))
    .map((block) => PLACEHOLDERS.reduce((text, [pattern, value]) => text.replace(pattern, value), block));

const entries = pages.flatMap((page) => entriesOf(page).map((entry) => [page, entry] as const));

describe('the pages of readers', () => {
  it('have an entry each, except for pages that only explain', () => {
    const without = pages.filter((page) => entriesOf(page).length === 0);

    expect(without).toEqual(['tried.md']);
  });

  it.each(entries)('%s has an entry that sources.json takes', (_, entry) => {
    const file = `{ "sources": [{ "name": "acme", "auth": "oauth" }], ${entry} }`;

    expect(() => readSourcesFile(file, 'sources.json')).not.toThrow();
  });

  it.each(pages)('%s leads nowhere that is not there', (page) => {
    const targets = [...textOf(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#[^)]*)?\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => target !== '');

    expect(targets.filter((target) => !existsSync(join(FOLDER, target)))).toEqual([]);
  });
});
