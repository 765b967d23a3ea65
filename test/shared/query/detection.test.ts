import { describe, expect, it } from '@jest/globals';
import { parseDetection, readDetections } from '../../../shared/query/detection.ts';
import { NAMES, queryOf } from '../../detections/detection-files.ts';

describe('a detection', () => {
  it('is each of those that are shipped, rules and queries, with a title and a level', () => {
    const detections = readDetections();

    expect(detections.map(({ name }) => name)).toEqual(NAMES);
    for (const { name, title, sql } of detections) {
      expect(title).toMatch(/^Zoom /);
      expect(sql).toBe(queryOf(name));
    }
  });

  it.each([
    ['without a title', '-- level: high\nSELECT 1'],
    ['without a level', '-- title: A\nSELECT 1'],
    ['with a level that is none', '-- title: A\n-- level: huge\nSELECT 1'],
  ])('is none %s', (_, sql) => {
    expect(() => parseDetection('a', sql)).toThrow('a: it does not begin with a title and a level');
  });
});
