import type { Plan } from './plan.ts';

/** The name of a part of a plan that can be left out: `r3` a row, `p0` a poll, `t7` a fault, `w` the monitor. */
export type Part = string;

/** Every part of a plan. */
export const partsOf = ({ rows, polls, faults, climate }: Plan): Part[] => [
  ...faults.map((_, index) => `t${index}`),
  ...(climate.isMonitored ? ['w'] : []),
  ...rows.map((_, index) => `r${index}`),
  ...polls.map((_, index) => `p${index}`),
];

/** The plan with these parts only, in the order of effects that `schedule` selects. */
export const withOnly = (plan: Plan, kept: ReadonlySet<Part>, schedule: number): Plan => ({
  ...plan,
  schedule,
  climate: { ...plan.climate, isMonitored: kept.has('w') && plan.climate.isMonitored },
  rows: plan.rows.filter((_, index) => kept.has(`r${index}`)),
  polls: plan.polls.filter((_, index) => kept.has(`p${index}`)),
  faults: plan.faults.filter((_, index) => kept.has(`t${index}`)),
});

/** `p0-2,t7`, as on the command line. */
export const formatParts = (parts: readonly Part[]): string => {
  const spans: { letter: string; from: number; to: number }[] = [];
  for (const part of parts) {
    const [letter, number] = [part.slice(0, 1), Number(part.slice(1))];
    const last = spans.at(-1);
    if (last?.letter === letter && last.to + 1 === number) last.to = number;
    else spans.push({ letter, from: number, to: number });
  }
  return spans
    .map(({ letter, from, to }) =>
      letter === 'w' ? 'w' : from === to ? `${letter}${from}` : `${letter}${from}-${to}`,
    )
    .join(',');
};

/** Parses parts from the command line. */
export const readParts = (text: string): Part[] =>
  text.split(',').flatMap((range) => {
    const match = /^(?<letter>[crptw])(?:(?<from>\d+)(?:-(?<to>\d+))?)?$/.exec(range.trim());
    if (!match?.groups) throw new RangeError(`"${range}" names no part: r3, p0-2, t7, c1 or w do.`);
    const { letter = '', from, to = from } = match.groups;
    if (from === undefined) return [letter];
    return Array.from(
      { length: Number(to) - Number(from) + 1 },
      (_, index) => `${letter}${Number(from) + index}`,
    );
  });
