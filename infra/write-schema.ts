import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourcesJsonSchema } from '../shared/model/sources-json-schema.ts';

/** `npm run schema`: writes the schema with which editors check sources.json. */
writeFileSync(
  join(import.meta.dirname, '../sources.schema.json'),
  `${JSON.stringify(sourcesJsonSchema(), undefined, 2)}\n`,
);
