import { describe, expect, it } from '@jest/globals';
import { type CompanyOptions, generateCompany, type SimulatedRow } from '../../simulator/index.ts';
import { aSimulator, asMultiset } from './zoom-client.ts';

const WEEK = { seed: 1, from: '2026-11-16', to: '2026-11-22', rowsPerDay: 1000 };

const company = (options: Partial<CompanyOptions> = {}): SimulatedRow[] => [
  ...generateCompany({ ...WEEK, ...options }),
];

const fieldsOf = ({ row }: SimulatedRow) => row as Record<string, string | undefined>;
const timeOf = (one: SimulatedRow) =>
  Date.parse(`${(fieldsOf(one)['time'] ?? '').slice(0, 19).replace(' ', 'T')}Z`);
const delayOf = (one: SimulatedRow) => new Date(one.visibleFrom ?? '').getTime() - timeOf(one);
const onDay = (rows: SimulatedRow[], day: string) => rows.filter((one) => one.day === day);

describe('a generated company', () => {
  it('is the same for the same seed and another for another', () => {
    expect(company()).toEqual(company());
    expect(company({ seed: 2 })).not.toEqual(company());
  });

  it('has the same rows on a day, independent of the other days', () => {
    expect(onDay(company(), '2026-11-18')).toEqual(company({ from: '2026-11-18', to: '2026-11-18' }));
  });

  it('works on weekdays by day, and rests at night and at weekends', () => {
    const rows = company();
    const hours = onDay(rows, '2026-11-18').map((one) => new Date(timeOf(one)).getUTCHours());

    expect(onDay(rows, '2026-11-21').length).toBeLessThan(onDay(rows, '2026-11-20').length / 4);
    expect(hours.filter((hour) => hour >= 7 && hour < 18).length).toBeGreaterThan(hours.length * 0.7);
  });

  it('has about as many rows as requested, in the requested shares', () => {
    const day = company({ from: '2026-11-18', to: '2026-11-18', operationShare: 0.5 });
    const operations = day.filter(({ stream }) => stream === 'operation').length;

    expect(day.length).toBeGreaterThan(880);
    expect(day.length).toBeLessThan(1120);
    expect(operations / day.length).toBeCloseTo(0.5, 1);
  });

  it('puts every row on the day of its time', () => {
    expect(company().every((one) => new Date(timeOf(one)).toISOString().startsWith(one.day ?? '-'))).toBe(
      true,
    );
  });

  it('has bursts in one second, and as many twins as requested', () => {
    const twins = (rows: SimulatedRow[]) =>
      rows.length - new Set(asMultiset(rows.map(({ row }) => row))).size;
    const seconds = new Set(company({ burstShare: 0.5, twinShare: 0 }).map(timeOf));

    expect(seconds.size).toBeLessThan(company().length * 0.7);
    expect(twins(company({ twinShare: 0 }))).toBeLessThan(5);
    expect(twins(company({ twinShare: 0.2 })) / company().length).toBeCloseTo(0.2, 1);
  });

  it.each([
    ['none', 0, 0],
    ['seconds', 2000, 60_000],
    [{ hours: 24 }, 0, 24 * 3_600_000],
  ] as const)('shows rows with the lateness %j', (lateness, least, most) => {
    const delays = company({ lateness }).map(delayOf);

    // A row's time may have lost its fraction; it never had one worth a second.
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...delays)).toBeLessThanOrEqual(most);
  });

  it('has a long tail of late rows when hours are given', () => {
    const delays = company({ lateness: { hours: 24 }, rowsPerDay: 3000 }).map(delayOf);
    const late = delays.filter((ms) => ms > 3_600_000).length;

    expect(late).toBeGreaterThan(0);
    expect(late / delays.length).toBeLessThan(0.05);
  });

  it('leaves fields out, leaves them empty, writes odd times and sometimes adds unknown fields', () => {
    const rows = company({ rowsPerDay: 5000 });
    const lacking = (stream: string, name: string) =>
      rows.filter((one) => one.stream === stream && !(name in fieldsOf(one))).length;
    const having = (test: (fields: Record<string, string | undefined>) => boolean) =>
      rows.filter((one) => test(fieldsOf(one))).length;

    for (const name of ['operator', 'action', 'category_type'])
      expect(lacking('operation', name)).toBeGreaterThan(0);
    for (const name of ['ip_address', 'client_type', 'version'])
      expect(lacking('activity', name)).toBeGreaterThan(0);
    expect(having(({ operator }) => operator === '')).toBeGreaterThan(0);
    expect(having(({ time }) => !/^\S{10}T\S{8}Z$/.test(time ?? ''))).toBeGreaterThan(0);
    expect(having((fields) => 'trace_tag' in fields)).toBeGreaterThan(0);
  });

  it.each([
    ['a head alone', /^Deactivate User \S+ $/],
    ['a change', / {2}- Annotation \(whiteboard\): from (On to Off|Off to On)$/],
    ['an empty new value in the middle', /: set to {2}- Name: from /],
    ['an empty old value', /: from {2}to \d+$/],
    ['an empty new value at the end', /: from \S+ to $/],
    ['a range with a separator inside', /Search Date: \S+ - \S+$/],
    ['the lower-case style', /^delete user - \S+$/],
    ['a JSON array', / {2}- \[\{"userId"/],
    ['no separator at all', /^Change account setting .* from (ON|OFF) to (ON|OFF)$/],
    ['a licence', /from Basic to Licensed$/],
    ['a role privilege', /^Edit Role /],
    ['single sign-on', /^(Single Sign-On|SAML Response Mapping) /],
    ['billing', /^Update Subscription /],
    ['a sub account', /^Add Sub Account /],
    ['Zoom Rooms in five parts', / - Current: .* - Previous: .* - Lock: .* - Affected: /],
    ['a cut text', /\.\.\.$/],
    ['a line separator', /\u2028/],
    ['an emoji', /\p{Extended_Pictographic}/u],
    ['Chinese or Japanese', /\p{Script=Han}/u],
    ['umlauts', /ü/],
  ])('writes details with %s', (_, pattern) => {
    const details = company({ rowsPerDay: 3000 }).map((one) => fieldsOf(one)['operation_detail'] ?? '');

    expect(details.some((detail) => pattern.test(detail))).toBe(true);
  });

  it('has unreadable rows only on request', () => {
    const unreadable = (rows: SimulatedRow[]) =>
      rows.filter((one) => Number.isNaN(new Date(timeOf({ ...one, row: one.row ?? {} })).getTime()));

    expect(unreadable(company())).toEqual([]);
    expect(unreadable(company({ unreadable: true })).length).toBeGreaterThan(10);
  });

  it('can be served whole', async () => {
    const simulator = await aSimulator({ now: '2026-11-25T00:00:00Z' });
    const rows = company({ unreadable: true });
    simulator.addRows(rows);

    expect(asMultiset(simulator.rows())).toEqual(asMultiset(rows.map(({ row }) => row)));
  });
});
