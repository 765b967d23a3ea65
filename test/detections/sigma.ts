import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DETECTIONS } from './detection-files.ts';

const run = promisify(execFile);

/** The query of each rule in the language of a product, by the rule's name. */
export const convertRules = async (
  python: string,
  target: 'duckdb' | 'splunk' | 'esql',
): Promise<Record<string, string>> => {
  const { stdout } = await run(python, [join(DETECTIONS, 'convert.py'), target]);
  return JSON.parse(stdout) as Record<string, string>;
};

/** What `sigma check` says of every rule, having failed if it finds anything. */
export const checkRules = async (python: string): Promise<string> => {
  const check = ['-m', 'sigma.cli.main', 'check', '--fail-on-issues'];
  const configuration = ['--validation-config', join(DETECTIONS, 'validation.yaml')];
  const { stdout, stderr } = await run(python, [...check, ...configuration, DETECTIONS]);
  return stdout + stderr;
};

/** A file of `detections/sql`: a rule's query, and where it comes from. */
export const queryToFile = (name: string, query: string): string => {
  const rule = readFileSync(join(DETECTIONS, `${name}.yml`), 'utf8');
  const [, title = ''] = /^title: (.*)$/m.exec(rule) ?? [];
  const [, level = ''] = /^level: (.*)$/m.exec(rule) ?? [];
  return `-- title: ${title}\n-- level: ${level}\n-- Made from ${name}.yml by: npm run detections\n${query};\n`;
};
