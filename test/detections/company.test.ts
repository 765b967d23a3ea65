import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateCompany } from '../../simulator/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { never } from '../support/zoom.ts';
import { collectInto, type Lake, openLake } from './delivered.ts';
import { NAMES, queryOf } from './detection-files.ts';

const SOURCE = 'quillmere';
const NIGHT = new Date('2026-11-18T23:59:59Z');

/** Three working days of the company that the demo shows, with its twins; all of it published. */
const COMPANY = [
  ...generateCompany({
    seed: 20_261,
    from: '2026-11-16',
    to: '2026-11-18',
    rowsPerDay: 700,
    twinShare: 0.03,
    lateness: 'none',
  }),
];

type Row = Readonly<Record<string, string | undefined>>;
const rowsOf = (stream: string): Row[] =>
  COMPANY.filter((row) => row.stream === stream).map(({ row }) => row as Row);
const OPERATIONS = rowsOf('operation');
const timeOf = ({ time = '' }: Row): number => new Date(/[Z+]/.test(time) ? time : `${time}Z`).getTime();

/** Rows of a category, by the beginning and end of the detail: the company has few wordings. */
const count = (category: string, start: string, end = ''): number =>
  OPERATIONS.filter(
    ({ category_type: type, operation_detail: detail = '' }) =>
      type === category && detail.startsWith(start) && detail.includes(end),
  ).length;

const PRIVILEGED = ['Owner', 'Co-Owner', 'Admin', 'Billing Admin'];

/** Promotions as a person would count them: by the two roles at the end, on either page. */
const promotions = (): readonly Row[] =>
  OPERATIONS.filter(({ category_type: type, operation_detail: detail = '' }) => {
    const [, from = '', to = ''] = /: from ([^:]+) to ([^:]+)$/.exec(detail) ?? [];
    if (type !== 'User' || !PRIVILEGED.includes(to)) return false;
    if (/^(?:Update|Edit) User/.test(detail) && detail.includes('User Role')) return true;
    const isStepDown = PRIVILEGED.includes(from) && PRIVILEGED.indexOf(from) < PRIVILEGED.indexOf(to);
    return detail.startsWith('Change Role') && !isStepDown;
  });

interface SignIn {
  readonly time: number;
  readonly email: string;
  readonly network: string;
  readonly isSix: boolean;
}

/** In order of time. The order within a second has no meaning. */
const SIGN_INS: readonly SignIn[] = rowsOf('activity')
  .filter(({ type, email, ip_address: ip }) => type === 'Sign in' && Boolean(email) && Boolean(ip))
  .map((row) => {
    const ip = row['ip_address'] ?? '';
    const isSix = ip.includes(':');
    const network = isSix ? ip.split(':').slice(0, 2).join(':') : ip.split('.').slice(0, 2).join('.');
    return { time: timeOf(row), email: row['email'] ?? '', network, isSix };
  })
  .sort((a, b) => a.time - b.time);

const distantPairs = (): number =>
  SIGN_INS.filter((here, index) =>
    SIGN_INS.slice(0, index).some(
      (there) =>
        there.email === here.email &&
        there.isSix === here.isSix &&
        there.network !== here.network &&
        here.time - there.time <= 15 * 60_000,
    ),
  ).length;

const firstSignIns = (): number => {
  const networks = new Map<string, Set<string>>();
  for (const { email, network } of SIGN_INS)
    networks.set(email, (networks.get(email) ?? new Set()).add(network));
  return [...networks.values()].reduce((sum, { size }) => sum + size - 1, 0);
};

/** Rows whose detail has two numbers that compare so. */
const numbers = (pattern: RegExp, isSo: (before: number, after: number) => boolean): number =>
  OPERATIONS.filter(({ operation_detail: detail = '' }) => {
    const [, before, after] = pattern.exec(detail) ?? [];
    return before !== undefined && isSo(Number(before), Number(after));
  }).length;

const addressesIn = ({ operation_detail: detail = '' }: Row): readonly string[] =>
  detail.match(/\S+@\S+/g) ?? [];

/** Rows that delete several users; one may be listed twice. */
const BATCHES = OPERATIONS.filter(({ action }) => action === 'Batch Delete');

/** Sign-ins from a network that is new to a person who was on others before. */
const newSignIns = (): readonly SignIn[] =>
  SIGN_INS.filter(({ email, network }, index) => {
    const before = SIGN_INS.slice(0, index).filter((other) => other.email === email);
    return before.length > 0 && !before.some((other) => other.network === network);
  });

const DAY_MS = 86_400_000;

const personIn = ({ operation_detail: detail = '' }: Row): string => /\S+@[a-z.]+/.exec(detail)?.[0] ?? '';

const adminsBefore = (time: number): ReadonlySet<string | undefined> =>
  new Set([
    ...OPERATIONS.filter((row) => timeOf(row) < time).map(({ operator }) => operator),
    ...promotions()
      .filter((row) => timeOf(row) < time)
      .map(personIn),
  ]);

const adminsFromNewNetworks = (): number =>
  newSignIns().filter(({ email, time }) => adminsBefore(time).has(email)).length;

/** The first export of each person in the day after a grant. */
const exportsOfNewAdmins = (): number =>
  new Set(
    promotions().flatMap((grant) =>
      OPERATIONS.filter(
        (row) =>
          row['action'] === 'Export' &&
          row['operator'] === personIn(grant) &&
          timeOf(row) >= timeOf(grant) &&
          timeOf(row) <= timeOf(grant) + DAY_MS,
      ).slice(0, 1),
    ),
  ).size;

const changesFromNewNetworks = (): number =>
  [
    ...promotions(),
    ...OPERATIONS.filter(({ operation_detail: detail = '' }) =>
      /^Edit Role|two-factor sign-in: from On to Off$/.test(detail),
    ),
  ].filter((row) =>
    newSignIns().some(
      ({ email, time }) => email === row['operator'] && timeOf(row) >= time && timeOf(row) <= time + DAY_MS,
    ),
  ).length;

/** The expected findings of each detection. The others describe behavior that this company does not have. */
const EXPECTED: Readonly<Record<string, () => number>> = {
  'admin-sign-in-from-new-network': adminsFromNewNetworks,
  'app-or-recording-access-widened': () =>
    count('Recording', 'Share Recording', 'Viewers can download: from Off to On'),
  'auto-mapping-grants-admin': () => count('Account', 'SAML Response Mapping', ' to Admin'),
  'automatic-sign-out-off': () =>
    numbers(/^Security {2}- Sign users out after minutes: from (\d+) to (\d+)$/, (a, b) => b > a),
  'batch-user-deletion': () => BATCHES.filter((row) => addressesIn(row).length >= 5).length,
  'billing-or-owner-changed': () => count('Billing', ''),
  'encryption-or-waiting-room-off': () => count('Account', 'Meeting  - Waiting room: from On to Off'),
  'first-sign-in-from-new-network': firstSignIns,
  'mass-user-deletion': () => BATCHES.filter((row) => new Set(addressesIn(row)).size >= 10).length,
  'new-admin-exports': exportsOfNewAdmins,
  'new-network-then-privileged-change': changesFromNewNetworks,
  'passcode-off': () =>
    count('User Group', 'Edit Group', 'Meeting passcode: from Locked to Unlocked') +
    count('Account', 'Change account setting Meeting Passcode from ON to OFF'),
  'promotion-to-privileged-role': () => promotions().length,
  'report-exported': () => count('Report', 'Export Report'),
  'role-privileges-widened': () => count('Role', 'Edit Role'),
  'scheduling-privilege-granted': () => count('User Settings', 'Scheduling Privilege'),
  'sign-in-method-added': () =>
    count('Sign-in Methods', 'Sign-in Methods', ': from Off to On') +
    count('Account', 'Sign-in Methods', ': from Off to On'),
  'sign-in-requirements-weakened': () =>
    count('Account', 'Password Policy', 'Needs a digit: from On to Off') +
    numbers(/^Password Policy {2}- Minimum length: from (\d+) to (\d+)$/, (a, b) => b < a),
  'sso-or-saml-changed': () => count('Account', 'Single Sign-On') + count('Account', 'SAML'),
  'sub-account-changed': () => count('Sub Account', 'Add Sub Account'),
  'two-distant-networks': distantPairs,
  'two-factor-off': () => count('Account', 'Security', 'two-factor sign-in: from On to Off'),
};

describe('a company without an attack', () => {
  let lake: Lake;
  beforeAll(async () => {
    const folder = join(temporaryFolder(), 'out');
    await collectInto(folder, NIGHT, [{ source: SOURCE, rows: COMPANY }], never);
    lake = await openLake(folder);
  });
  afterAll(() => lake.close());

  it('is delivered whole', async () => {
    const [events] = await lake.query(
      SOURCE,
      'SELECT (SELECT count(*) FROM zoom_operation)::INTEGER + (SELECT count(*) FROM zoom_activity)::INTEGER AS events',
    );

    expect(events).toEqual({ events: COMPANY.length });
  });

  it.each(NAMES.map((name) => [name, EXPECTED[name]?.() ?? 0] as const))(
    'gives rise to %s as often as its rows say: %i',
    async (name, expected) => {
      const found = await lake.query(SOURCE, queryOf(name));

      expect(found).toHaveLength(expected);
    },
  );

  it('has findings for each detection that expects some', () => {
    const found = Object.entries(EXPECTED).map(([name, expected]) => [name, expected() > 0]);

    expect(found).toEqual(Object.keys(EXPECTED).map((name) => [name, true]));
  });
});
