import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flatJsonSchema, ocsfJsonSchema } from '../shared/contract/record-schemas.ts';
import { sourcesJsonSchema } from '../shared/model/sources-json-schema.ts';

/** `npm run schema`: writes the schema with which editors check sources.json, and those of the delivered lines. */
const SCHEMAS = {
  'sources.schema.json': sourcesJsonSchema(),
  'schema/flat.schema.json': flatJsonSchema(),
  'schema/ocsf.schema.json': ocsfJsonSchema(),
};

for (const [name, schema] of Object.entries(SCHEMAS)) {
  writeFileSync(join(import.meta.dirname, '..', name), `${JSON.stringify(schema, undefined, 2)}\n`);
}
