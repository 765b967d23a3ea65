import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { documentsOf, readResults } from '../../bench/report/documents.ts';
import { fillMarked } from '../../bench/report/marked.ts';
import { plotOf } from '../../bench/report/plot.ts';
import { partsOf } from '../../bench/report/tables.ts';
import { aDay, aPart, aRound } from './measurements.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('the figures', () => {
  let documents: Map<string, string>;
  beforeAll(async () => {
    documents = await documentsOf(ROOT, readResults(ROOT));
  });

  it.each(['docs/benchmark.md', 'docs/benchmark.svg', 'docs/benchmark.json'])(
    'in %s have the measured figures: npm run bench -- --write',
    (file) => {
      expect(readFileSync(join(ROOT, file), 'utf8')).toBe(documents.get(file));
    },
  );
});

describe('a marked part', () => {
  it('is replaced, and nothing around it', () => {
    const document = 'Before.\n\n<!-- bench:aims -->\nold\n<!-- /bench:aims -->\n\nAfter.';

    const filled = fillMarked(document, { aims: 'new' });

    expect(filled).toBe('Before.\n\n<!-- bench:aims -->\n\nnew\n\n<!-- /bench:aims -->\n\nAfter.');
  });

  it('must be one that is written, and must be there', () => {
    expect(() => fillMarked('<!-- bench:tides -->\n<!-- /bench:tides -->', { aims: '' })).toThrow(RangeError);
    expect(() => fillMarked('Nothing.', { aims: '' })).toThrow(RangeError);
  });
});

describe('a table', () => {
  const throughput = aPart([
    aDay(100_000, 0, [aRound(100_000, 4, 2), aRound(100_000, 5, 4), aRound(100_000, 2, 1)]),
  ]);

  it('gives medians, and the least and the most beside them', () => {
    const [, , line] = partsOf({ throughput }).throughput.split('\n');

    expect(line).toContain('| 25,000 (20,000–50,000) | 50,000 (25,000–100,000) | 2.00 (1.25–2.00) |');
  });

  it('marks the parts that were measured elsewhere', () => {
    const start = aPart([], { cpu: 'Slide rule' });

    const { aims } = partsOf({ throughput, start });

    expect(aims).toMatch(/Abacus.* \(throughput\)\.\n.*Slide rule.* \(start\)\./);
  });

  it('of what was not measured says so', () => {
    expect(partsOf({ throughput }).growth).toBe('_Not measured yet._');
  });
});

describe('the drawing', () => {
  it('is a picture without a script, with names for all that it shows', () => {
    const plot = plotOf({
      throughput: aPart([aDay(1000, 0, [aRound(1000, 2, 1)]), aDay(10_000, 0, [aRound(10_000, 2, 1)])]),
    });

    expect(plot).not.toMatch(/<script|NaN|undefined/);
    for (const name of [
      '<title',
      'rows of the day',
      'rows a second',
      'ours',
      'floor',
      'prefers-color-scheme',
    ]) {
      expect(plot).toContain(name);
    }
    expect(plot.match(/<circle/g)).toHaveLength(4);
    expect(plot).toContain('not measured yet');
  });
});
