import { generateCompany, type SimulatedRow } from '../../simulator/index.ts';

export interface ExactDay {
  readonly day: string;
  /** Rows of the operation log. */
  readonly rows: number;
  /** Only rows that are visible before this time of the day (`HH:MM`). */
  readonly before?: string;
}

/** An exact number of operations of a day. Each appears a few seconds after its event. */
export function* exactDay({ day, rows, before = '24:00' }: ExactDay): Generator<SimulatedRow> {
  let given = 0;
  const company = generateCompany({
    seed: 1,
    from: day,
    to: day,
    rowsPerDay: rows * 1.3 + 10,
    weekends: 1,
    operationShare: 1,
  });
  const latest = before === '24:00' ? Infinity : Date.parse(`${day}T${before}:00Z`);
  for (const row of company) {
    if (given === rows) return;
    if (new Date(row.visibleFrom ?? day).getTime() > latest) continue;
    given += 1;
    yield row;
  }
  if (given < rows) throw new Error(`The company had only ${given} rows.`);
}
