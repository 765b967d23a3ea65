import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withCliReference } from './cli-reference.ts';

// npm run reference: writes the generated part of docs/cli.md.
const file = join(import.meta.dirname, '../../docs/cli.md');
writeFileSync(file, await withCliReference(readFileSync(file, 'utf8')));
