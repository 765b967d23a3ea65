import { SOURCES_FILE, type SourcesFile } from '../shared/model/sources-file.ts';
import { readSources } from './read-sources.ts';

/** The deployment that an operator requests, and the arguments for CDK. */
export interface Deployment extends SourcesFile {
  readonly synthWords: readonly string[];
  readonly cdkWords: readonly string[];
}

const CONTEXT = ['-c', '--context'];

/**
 * Reads the arguments of `npm run deploy -- …`: context (`-c sources=PATH`) is for the synthesis, the rest for the
 * deployment. Throws ConfigurationError for a sources file that is missing or wrong.
 */
export const deploymentFrom = (words: readonly string[]): Deployment => {
  const isContext = words.map(
    (word, index) => CONTEXT.includes(word) || CONTEXT.includes(words[index - 1] ?? ''),
  );
  const synthWords = words.filter((_, index) => isContext[index]);
  const cdkWords = words.filter((_, index) => !isContext[index]);
  const path = synthWords.findLast((word) => word.startsWith('sources='))?.slice('sources='.length);
  return { ...readSources(path ?? SOURCES_FILE), synthWords, cdkWords };
};
