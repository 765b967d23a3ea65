import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConfigurationError } from '../../shared/errors.ts';
import { readSourcesFile, SourcesFileSchema } from '../../shared/model/sources-file.ts';
import { damagedJson, damagedText, runs } from '../support/builders/damage.ts';

const GOOD = readFileSync(join(import.meta.dirname, '../../sources.example.json'), 'utf8');

/** Parses the text. Returns the problems, each with its position. */
const expectReadOrNamed = (text: string): void => {
  try {
    expect(SourcesFileSchema.safeParse(readSourcesFile(text, 'sources.json')).success).toBe(true);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    expect(error.reason).toBe('sources-file');
    const lines = text.split('\n').length;
    for (const problem of error.message.split('\n')) {
      const line = Number(/^sources\.json:(\d+)(?::\d+)? \S/.exec(problem)?.[1]);
      expect(line).toBeGreaterThanOrEqual(1);
      expect(line).toBeLessThanOrEqual(lines);
    }
  }
};

describe('any text of sources.json', () => {
  it('is read, or each problem is named with its line', () => {
    fc.assert(fc.property(damagedText(GOOD), expectReadOrNamed), runs(1500));
  });

  it('is read, or each problem is named with its line, if it is JSON of another form', () => {
    const other = damagedJson(JSON.parse(GOOD));
    fc.assert(fc.property(fc.oneof(other, fc.json()), expectReadOrNamed), runs(1500));
  });

  it.each(['[', '{"a":', '[['])('is refused if it is nested very deeply: %s', (opening) => {
    expect(() => readSourcesFile(opening.repeat(100_000), 'sources.json')).toThrow(ConfigurationError);
    expect(() => readSourcesFile('['.repeat(100_000) + ']'.repeat(100_000), 'sources.json')).toThrow(
      ConfigurationError,
    );
  });
});
