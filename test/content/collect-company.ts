import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { collectCompany } from './company.ts';

/** The share of versions that may be sent whole more than once: those that a kill or a race broke off. */
const MOST_SENT_AGAIN = 0.05;

/**
 * `npm run simulate:company -- --seed 1`: one company of content, collected by three processes that are killed twenty times. Ends with 1
 * if a version is missing, invented or stored twice, if a day is wrong, or if too many versions were sent again.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    people: { type: 'string', default: '60' },
    meetings: { type: 'string', default: '400' },
    files: { type: 'string', default: '1500' },
    kills: { type: 'string', default: '20' },
    faults: { type: 'string', default: '0.15' },
  },
});

const out = await mkdtemp(join(tmpdir(), 'content-company-'));
const result = await collectCompany({
  seed: Number(values.seed),
  people: Number(values.people),
  meetings: Number(values.meetings),
  files: Number(values.files),
  kills: Number(values.kills),
  faultRate: Number(values.faults),
  collectors: 3,
  out,
});
await rm(out, { recursive: true });
process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
const wrong = result.missing.length + result.invented.length + result.storedTwice + result.wrongDays.length;
const mostSentAgain = MOST_SENT_AGAIN * result.versions;
process.exitCode = wrong === 0 && result.sentAgain <= mostSentAgain ? 0 : 1;
