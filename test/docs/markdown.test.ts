import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  anchorsOf,
  codeSpansOf,
  localLinksOf,
  sentencesOf,
  tableRowsOf,
  withoutCode,
  wordsIn,
} from './markdown.ts';

const ROOT = join(import.meta.dirname, '../..');
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Folders that are made, not written. */
const NOT_OURS = /(?:^|\/)(?:node_modules|demo|coverage|cdk\.out|fixture|\.[\w-]+)\//;

const FILES = readdirSync(ROOT, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
  .filter((file) => !NOT_OURS.test(file));
const DOCUMENTS = FILES.filter((file) => file.endsWith('.md'));
const NAMES = new Set(FILES.map((file) => basename(file)));

const FOLDERS = 'bench|bin|cli|detections|docs|infra|lambdas|queries|shared|simulator|test|\\.ci';
const IN_REPOSITORY = new RegExp(`^(?:${FOLDERS})/[\\w./-]*$`);
const SOURCE_FILE = /^[\w./-]+\.ts$/;
/** `queries/NAME.sql`: a file that a reader is to write. */
const PLACEHOLDER = /\b[A-Z]{4,}\b/;

/** Whether a code span is the path of a file or folder here: from the root, or from the document, or a file's name alone. */
const isPath = (codeSpan: string): boolean =>
  (IN_REPOSITORY.test(codeSpan) || SOURCE_FILE.test(codeSpan)) && !PLACEHOLDER.test(codeSpan);

const exists = (codeSpan: string, folder: string): boolean =>
  existsSync(join(ROOT, codeSpan)) ||
  existsSync(join(ROOT, folder, codeSpan)) ||
  (!codeSpan.includes('/') && NAMES.has(codeSpan));

/** A record keeps the names of its time; one line below its title gives the current ones. */
const isRecord = (file: string): boolean => file.startsWith('docs/decisions/');

const missingLinks = (file: string): string[] =>
  localLinksOf(textOf(file)).filter((address) => {
    const [path = '', anchor] = address.split('#');
    const target = path === '' ? join(ROOT, file) : join(ROOT, dirname(file), path);
    if (!existsSync(target)) return true;
    if (anchor === undefined || statSync(target).isDirectory()) return false;
    return !anchorsOf(readFileSync(target, 'utf8')).has(anchor);
  });

const missingPaths = (file: string): string[] =>
  codeSpansOf(textOf(file)).filter((codeSpan) => isPath(codeSpan) && !exists(codeSpan, dirname(file)));

describe('the documents', () => {
  it.each(DOCUMENTS)('%s links only to files and headings that exist', (file) => {
    expect(missingLinks(file)).toEqual([]);
  });

  it.each(DOCUMENTS.filter((file) => !isRecord(file) && file !== 'CHANGELOG.md'))(
    '%s names only paths that exist',
    (file) => {
      expect(missingPaths(file)).toEqual([]);
    },
  );
});

describe('README.md', () => {
  const readme = textOf('README.md');

  it('has at most 150 lines', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(151);
  });

  it('has no table row over 120 characters', () => {
    expect(tableRowsOf(readme).filter((row) => row.length > 120)).toEqual([]);
  });

  it('has no sentence over 20 words', () => {
    expect(sentencesOf(readme).filter((sentence) => wordsIn(sentence) > 20)).toEqual([]);
  });

  it('begins with what it is, prerequisites and set-up', () => {
    const headings = [...withoutCode(readme).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

    expect(headings.slice(0, 3)).toEqual(['Prerequisites', 'Try it', 'Deploy to AWS']);
    expect(readme).toMatch(/^npm ci && npm start\b.*\nnpm ci && npm test\b/m);
  });
});

describe('the reading of documents', () => {
  it('finds links, paths and long sentences, so that the rules above can fail', () => {
    const document =
      'See [a](docs/nowhere.md#b) and `shared/nowhere.ts`.\n\n```sh\n[c](d)\n```\n\n- One two. Three.\n\n| x y | z |';

    expect(localLinksOf(document)).toEqual(['docs/nowhere.md#b']);
    expect(codeSpansOf(document)).toEqual(['shared/nowhere.ts']);
    expect(sentencesOf(document)).toEqual([
      'See a and `shared/nowhere.ts`.',
      'One two.',
      'Three.',
      'x y',
      'z',
    ]);
    expect(wordsIn('One two – three.')).toBe(3);
    expect([...anchorsOf('# A b: `c-d`!')]).toEqual(['a-b-c-d']);
  });
});
