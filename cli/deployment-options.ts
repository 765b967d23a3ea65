import { Option } from 'commander';
import { SOURCES_FILE } from '../shared/model/sources-file.ts';

/** How commands find what was deployed. */
export const DEPLOYMENT_OPTIONS = {
  config: () => new Option('--config <file>', 'the file that says what is deployed').default(SOURCES_FILE),
  stack: () => new Option('--stack <name>', 'the stack, if it is another one than the file names'),
};
