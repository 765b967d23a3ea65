import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { configurationPage, configurationReference } from './configuration-reference.ts';

describe('docs/configuration.md', () => {
  it('is up to date: npm run reference:configuration', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/configuration.md'), 'utf8');

    expect(page).toBe(await configurationPage());
  });

  it('describes every setting in sentences of at most 20 words', () => {
    for (const item of configurationReference().split(/^- /m).slice(1)) {
      const [head = '', description = ''] = item.split('\n');
      expect(`${head}: ${description}`).toMatch(/: .+\.$/);
      for (const sentence of description.split(/[.:] /)) expect(sentence.split(' ').length).toBeLessThan(21);
    }
  });

  it('gives a setting its path, type, allowed values and default', () => {
    const schema = {
      properties: {
        limits: {
          items: {
            properties: {
              minutes: { type: 'integer', minimum: 1, maximum: 1000, default: 5, description: 'M.' },
            },
          },
          type: 'array',
          maxItems: 3,
          description: 'L.',
        },
      },
      required: ['limits'],
    };

    expect(configurationReference(schema)).toBe(
      [
        '### Top level\n',
        '- **`limits`**: list of objects, 0 to 3 entries. Required.\n  L.\n',
        '### `limits[]`\n',
        '- **`limits[].minutes`**: whole number, 1 to 1,000. Default: `5`.\n  M.',
      ].join('\n'),
    );
  });
});
