import { type CompanyOptions, generateCompany, startSimulator } from '../../simulator/index.ts';
import { childArgument } from '../child.ts';
import { type ExactDay, exactDay } from './exact-day.ts';

/** The content of the simulated Zoom. */
export interface LifeWanted {
  /** Its clock, until it is set. */
  readonly now: string;
  readonly exactly?: readonly ExactDay[];
  readonly companies?: readonly CompanyOptions[];
}

/** A simulated Zoom in a separate process. Rows appear as its clock is set. Prints its address. */
const { now, exactly = [], companies = [] } = childArgument() as LifeWanted;
const simulator = await startSimulator({ now, speed: 0, limits: { perDay: 'off' } });
for (const day of exactly) simulator.addRows(exactDay(day));
for (const company of companies) simulator.addRows(generateCompany(company));
const { url, apiUrl, oauthUrl } = simulator;
process.stdout.write(`${JSON.stringify({ url, apiUrl, oauthUrl })}\n`);
