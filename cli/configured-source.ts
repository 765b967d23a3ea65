import { readFileSync } from 'node:fs';
import { ConfigurationError } from '../shared/errors.ts';
import type { SourceConfig } from '../shared/model/source-config.ts';
import { readSourcesFile, type SourcesFile } from '../shared/model/sources-file.ts';

/** Reads a sources file. Throws ConfigurationError if it is missing or wrong. */
export const readSources = (path: string): SourcesFile => {
  try {
    return readSourcesFile(readFileSync(path, 'utf8'), path);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(
      'sources-file',
      `Cannot read ${path}. Run this in the folder of your sources.json, or name the file with --config.`,
      { cause: error },
    );
  }
};

/** The source of that name in a sources file. Throws ConfigurationError, naming those that it has. */
export const configuredSource = (name: string, { sources }: SourcesFile, config: string): SourceConfig => {
  const source = sources.find((configured) => configured.name === name);
  if (source) return source;
  const names = sources.map((configured) => configured.name).join(', ');
  throw new ConfigurationError(
    'unknown-source',
    `${config} has no source "${name}"; it has ${names}. Correct the name, or add the source and deploy: npm run deploy`,
  );
};
