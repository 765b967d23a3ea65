import { Option } from 'commander';
import { SOURCES_FILE } from '../shared/model/sources-file.ts';

/** The options that select a deployment. */
export const DEPLOYMENT_OPTIONS = {
  config: () => new Option('--config <file>', 'Read the configuration from this file').default(SOURCES_FILE),
  stack: () => new Option('--stack <name>', 'Use this stack instead of the one in the file'),
};
