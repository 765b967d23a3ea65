import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const validators = new Map<string, ValidateFunction>();

/** The errors of a delivered line by the JSON Schema that is published for its format. Empty for a valid line. */
export const publishedSchemaProblems = (format: 'flat' | 'ocsf', line: unknown): string[] => {
  const validate = validators.get(format) ?? compile(format);
  validators.set(format, validate);
  if (validate(line)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${format}.schema.json: ${instancePath} ${message ?? 'is refused'}`,
  );
};

const compile = (format: string): ValidateFunction => {
  const path = join(import.meta.dirname, `../../schema/${format}.schema.json`);
  const ajv = addFormats.default(new Ajv2020({ strict: true, strictRequired: false, allErrors: true }));
  return ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as object);
};
