import { ConfigurationError } from '../shared/errors.ts';
import { SOURCES_FILE } from '../shared/model/sources-file.ts';
import { ConnectorStack } from './connector-stack.ts';
import { createApp } from './create-app.ts';
import { readSources } from './read-sources.ts';

/** CDK's entry point: `-c sources=PATH` names the configuration, or else it is sources.json. */
const app = createApp();
try {
  const path = app.node.tryGetContext('sources') as string | undefined;
  new ConnectorStack(app, readSources(path ?? SOURCES_FILE));
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
