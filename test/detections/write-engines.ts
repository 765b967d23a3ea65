import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findPython } from '../emulator/python.ts';
import { virtualEnvironment } from '../emulator/virtual-environment.ts';
import { DETECTIONS, REQUIREMENTS } from './detection-files.ts';
import { convertRules, ENGINES } from './sigma.ts';

// npm run detections: writes what is shipped of the rules for each engine.
const python = findPython();
if (python.missing !== undefined) throw new Error(python.missing);
const files = Object.entries(await convertRules(await virtualEnvironment(python, REQUIREMENTS)));
for (const engine of ENGINES) rmSync(join(DETECTIONS, engine), { recursive: true, force: true });
for (const [path, text] of files) {
  mkdirSync(dirname(join(DETECTIONS, path)), { recursive: true });
  writeFileSync(join(DETECTIONS, path), text);
}
process.stdout.write(
  `${files.length} files written to ${ENGINES.map((name) => `detections/${name}`).join(', ')}.\n`,
);
