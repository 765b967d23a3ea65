import { writeFileSync } from 'node:fs';
import { findPython } from '../emulator/python.ts';
import { virtualEnvironment } from '../emulator/virtual-environment.ts';
import { REQUIREMENTS, sqlFile } from './detection-files.ts';
import { convertRules, queryToFile } from './sigma.ts';

// npm run detections: writes what is shipped of the rules in SQL.
const python = findPython();
if (python.missing !== undefined) throw new Error(python.missing);
const queries = await convertRules(await virtualEnvironment(python, REQUIREMENTS), 'duckdb');
for (const [name, query] of Object.entries(queries)) writeFileSync(sqlFile(name), queryToFile(name, query));
process.stdout.write(`${Object.keys(queries).length} rules written to detections/sql.\n`);
