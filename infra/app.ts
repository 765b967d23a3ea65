import { ConfigurationError } from '../shared/errors.ts';
import { SOURCES_FILE } from '../shared/model/sources-file.ts';
import { CatalogStack } from './catalog-stack.ts';
import { ConnectorStack } from './connector-stack.ts';
import { createApp } from './create-app.ts';
import { readSources } from './read-sources.ts';

/** CDK's entry point: `-c sources=PATH` names the configuration; default: sources.json. */
const app = createApp();
try {
  const path = app.node.tryGetContext('sources') as string | undefined;
  const file = readSources(path ?? SOURCES_FILE);
  new ConnectorStack(app, file);
  if (file.catalog) new CatalogStack(app, { file, catalog: file.catalog });
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
