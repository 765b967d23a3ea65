import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConfigurationError } from '../../shared/errors.ts';
import { readSourcesFile, SourcesFileSchema } from '../../shared/model/sources-file.ts';
import { damagedJson, damagedText, runs } from '../support/builders/damage.ts';

const GOOD = readFileSync(join(import.meta.dirname, '../../sources.example.json'), 'utf8');

/** Reads it, or gives what is wrong, every line of which says where. */
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

describe('the text of sources.json, whatever it is', () => {
  it('is read, or each problem is named with its line', () => {
    fc.assert(fc.property(damagedText(GOOD), expectReadOrNamed), runs(1500));
  });

  it('is read, or each problem is named with its line, if it is JSON of another form', () => {
    const other = damagedJson(JSON.parse(GOOD));
    fc.assert(fc.property(fc.oneof(other, fc.json()), expectReadOrNamed), runs(1500));
  });

  it.each(['[', '{"a":', '[['])('is named as wrong if it nests for ever: %s', (opening) => {
    expect(() => readSourcesFile(opening.repeat(100_000), 'sources.json')).toThrow(ConfigurationError);
    expect(() => readSourcesFile('['.repeat(100_000) + ']'.repeat(100_000), 'sources.json')).toThrow(
      ConfigurationError,
    );
  });
});
