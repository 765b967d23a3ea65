import { readFileSync } from 'node:fs';
import { ConfigurationError } from '../shared/errors.ts';
import { readSourcesFile, type SourcesFile } from '../shared/model/sources-file.ts';

/** Reads the sources file at a path. Throws ConfigurationError for one that is missing or wrong. */
export const readSources = (path: string): SourcesFile => readSourcesFile(textOf(path), path);

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigurationError(
      'sources-file',
      `${path} can't be read. It lists the Zoom accounts to collect from. Start with the example:\n` +
        `  cp sources.example.json sources.json\nOr name another file: npm run deploy -- -c sources=PATH`,
      { cause: error },
    );
  }
};
