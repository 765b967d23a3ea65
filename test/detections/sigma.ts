import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DETECTIONS, RULES } from './detection-files.ts';

const run = promisify(execFile);

/** What the rules are converted for: the names of the folders. */
export const ENGINES = ['sql', 'splunk', 'elastic', 'kql', 'panther'] as const;
export type Engine = (typeof ENGINES)[number];

/** The files that the rules are converted to, for every engine: the text by the path in `detections/`. */
export const convertRules = async (python: string): Promise<Record<string, string>> => {
  const { stdout } = await run(python, [join(DETECTIONS, 'convert.py')], { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout) as Record<string, string>;
};

/** What `sigma check` says of every rule, having failed if it finds anything. */
export const checkRules = async (python: string): Promise<string> => {
  const check = ['-m', 'sigma.cli.main', 'check', '--fail-on-issues'];
  const configuration = ['--validation-config', join(DETECTIONS, 'validation.yaml')];
  const files = RULES.map((name) => join(DETECTIONS, `${name}.yml`));
  const { stdout, stderr } = await run(python, [...check, ...configuration, ...files]);
  return stdout + stderr;
};

/** Syntax errors of queries of ES|QL, by their names. */
export const parseEsql = (python: string, queries: Readonly<Record<string, string>>): Errors =>
  errorsOf(python, [join(import.meta.dirname, 'parse_esql.py')], queries);

/** Errors of queries of KQL, by their names: of the syntax, and names that the table lacks. */
export const analyzeKql = (table: string, queries: Readonly<Record<string, string>>): Errors =>
  errorsOf(process.execPath, [join(import.meta.dirname, 'analyze-kql.ts'), table], queries);

type Errors = Readonly<Record<string, readonly string[]>>;

const errorsOf = (
  command: string,
  parameters: readonly string[],
  queries: Readonly<Record<string, string>>,
): Errors => {
  const input = JSON.stringify(queries);
  const { status, stdout, stderr } = spawnSync(command, parameters, { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Errors;
};
