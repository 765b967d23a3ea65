import { readFileSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Figures } from '../../../shared/report/figures.ts';
import type { SimulatedRow } from '../../../simulator/index.ts';
import { day } from '../../support/builders/collector.ts';
import { deliverDemo, TODAY } from '../../support/fixtures/demo-archive.ts';
import { collectRows, figuresOf } from './read-report.ts';

interface Line {
  readonly event_time: string;
  readonly event_type: string;
  readonly area: string;
  readonly controls?: readonly string[];
}

const linesOf = (out: string): Line[] =>
  globSync('flat/*/source=*/dt=*/*.json.gz', { cwd: out })
    .flatMap((file) =>
      gunzipSync(readFileSync(join(out, file)))
        .toString('utf8')
        .split('\n'),
    )
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);

/** The sum of counts, by kind. */
const totals = (counts: readonly { readonly kind: string; readonly count: number }[]) =>
  Object.fromEntries(
    [...Map.groupBy(counts, ({ kind }) => kind)].map(([kind, ofKind]) => [
      kind,
      ofKind.reduce((sum, { count }) => sum + count, 0),
    ]),
  );

const countOf = (names: readonly string[]) => totals(names.map((kind) => ({ kind, count: 1 })));

describe('the figures of the demo', () => {
  const period = { from: day('2026-11-16'), to: day('2026-11-18') };
  let figures: Figures;
  let lines: readonly Line[];
  beforeAll(async () => {
    const { out } = await deliverDemo();
    figures = await figuresOf(out, period);
    lines = linesOf(out).filter(({ event_time: at }) => at >= period.from && at.slice(0, 10) <= period.to);
  });

  it('count each event of the period once by area, and by each of its controls', () => {
    const { byArea, byControl, withoutControls } = figures.events;

    expect(lines.length).toBeGreaterThan(500);
    expect(totals(byArea)).toEqual(countOf(lines.map(({ area }) => area)));
    expect(totals(byControl)).toEqual(countOf(lines.flatMap(({ controls = [] }) => controls)));
    expect(withoutControls).toBe(0);
    expect(new Set(byArea.map((count) => count.day))).toEqual(
      new Set(['2026-11-16', '2026-11-17', '2026-11-18']),
    );
  });

  it('count each sign-in of the period once, from a known network or a new one', () => {
    const { daily, networks } = figures.signIns;
    const signIns = lines.filter(
      (line) => line.event_type === 'user.sign_in' && 'any_ip_addresses' in line && 'actor_name' in line,
    );

    const counted = daily.reduce((sum, { known, fromNewNetwork }) => sum + known + fromNewNetwork, 0);

    expect(counted).toBe(signIns.length);
    expect(networks.rows.length).toBe(networks.total);
    expect(networks.rows.map(({ network }) => network)).toContain('198.51.100.0/24');
  });
});

const settingRow = (time: string, detail: string): SimulatedRow => ({
  stream: 'operation',
  row: {
    time: `2026-11-${time}Z`,
    operator: 'ines@quillmere.example',
    category_type: /^(?:Edit|Update) (?:Group|User) /.test(detail) ? 'User' : 'Account',
    action: 'Update',
    operation_detail: detail,
  },
});

const signIn = (time: string, address: string): SimulatedRow => ({
  stream: 'activity',
  row: {
    time: `2026-11-${time}Z`,
    email: 'yuki@quillmere.example',
    type: 'Sign in',
    ip_address: address,
    client_type: 'Browser',
    version: '6.0',
  },
});

describe('the settings that are still weak', () => {
  const period = { from: day('2026-11-16'), to: day('2026-11-18') };
  let figures: Figures;
  let earlier: Figures;
  beforeAll(async () => {
    const out = await collectRows(
      [
        settingRow('15T10:00:00', 'Security  - Require two-factor sign-in: from On to Off'),
        settingRow('16T10:00:00', 'Meeting  - Waiting room: from On to Off'),
        settingRow('17T10:00:00', 'Meeting  - Waiting room: from Off to On'),
        settingRow('16T11:00:00', 'Password Policy  - Minimum length: from 8 to 16'),
        settingRow('17T11:00:00', 'Password Policy  - Minimum length: from 16 to 6'),
        settingRow('17T12:00:00', 'Edit Group Sales  - Meeting passcode: from Locked to Unlocked'),
        settingRow('17T13:00:00', 'Edit Group Interns  - Meeting passcode: from Locked to Unlocked'),
        settingRow('18T13:00:00', 'Edit Group Interns  - Meeting passcode: from Unlocked to Locked'),
        settingRow('18T14:00:00', 'Update User yuki@quillmere.example  - User Role: from Member to Admin'),
        settingRow('18T15:00:00', 'Update User yuki@quillmere.example  - User Role: from Admin to Member'),
        signIn('14T08:00:00', '198.51.100.7'),
        signIn('16T08:00:00', '198.51.100.9'),
        signIn('17T08:00:00', '2001:db8:5::7'),
        signIn('18T08:00:00', '2001:db8:5::f0'),
      ],
      day('2026-11-14'),
      day('2026-11-18'),
    );
    figures = await figuresOf(out, period);
    earlier = await figuresOf(out, { from: day('2026-11-14'), to: day('2026-11-16') });
  });

  it('are those whose last change weakened or unlocked them, also before the period', () => {
    const { stillWeak, readFrom } = figures.settings;

    expect(stillWeak.total).toBe(3);
    expect(
      stillWeak.rows.map(({ setting, place, effect, control }) => ({ setting, place, effect, control })),
    ).toEqual([
      { setting: 'Meeting passcode', place: 'group Sales', effect: 'unlocked', control: 'passcode' },
      { setting: 'Minimum length', place: 'Password Policy', effect: 'weakened', control: 'password' },
      { setting: 'Require two-factor sign-in', place: 'Security', effect: 'weakened', control: 'mfa' },
    ]);
    expect(stillWeak.rows[1]).toMatchObject({
      time: '2026-11-17T11:00:00.000Z',
      actor: 'ines@quillmere.example',
      oldValue: '16',
      newValue: '6',
      status: 'full',
      source: 'acme',
    });
    expect(readFrom).toBe('2026-11-15');
  });

  it('are as of the last day of the period', () => {
    expect(earlier.settings.stillWeak.rows.map(({ setting }) => setting)).toEqual([
      'Waiting room',
      'Require two-factor sign-in',
    ]);
  });

  it('are counted by control beside those that were strengthened after it, without weakenings before the period', () => {
    expect(figures.settings.byControl).toEqual([
      { control: 'passcode', weak: 1, strengthened: 1 },
      { control: 'password', weak: 1, strengthened: 0 },
      { control: 'waiting_room', weak: 0, strengthened: 1 },
    ]);
  });

  it('do not include roles, whose grants have a list of their own', () => {
    const { changes, privileged } = figures.roles;

    expect(privileged).toBe(1);
    expect(
      changes.rows.map(({ person, oldRole, newRole, isPrivileged }) => [
        person,
        oldRole,
        newRole,
        isPrivileged,
      ]),
    ).toEqual([
      ['yuki@quillmere.example', 'Member', 'Admin', true],
      ['yuki@quillmere.example', 'Admin', 'Member', false],
    ]);
  });

  it('leave sign-ins alone: a network is new on a later sign-in of a person, and only once', () => {
    expect(figures.signIns.daily).toEqual([
      { day: '2026-11-16', known: 1, fromNewNetwork: 0 },
      { day: '2026-11-17', known: 0, fromNewNetwork: 1 },
      { day: '2026-11-18', known: 1, fromNewNetwork: 0 },
    ]);
    expect(figures.signIns.networks.rows).toEqual([
      {
        network: '2001:db8:5::/48',
        signIns: 2,
        people: 1,
        newPeople: 1,
        lastSignIn: '2026-11-18T08:00:00.000Z',
      },
      {
        network: '198.51.100.0/24',
        signIns: 1,
        people: 1,
        newPeople: 0,
        lastSignIn: '2026-11-16T08:00:00.000Z',
      },
    ]);
  });

  it('are none, like all other figures, in a period without events', async () => {
    const out = await collectRows([], TODAY, TODAY);

    expect(await figuresOf(out, { from: TODAY, to: TODAY })).toEqual({
      events: { byArea: [], byControl: [], withoutControls: 0 },
      settings: { byControl: [], stillWeak: { rows: [], total: 0 }, readFrom: '' },
      roles: { changes: { rows: [], total: 0 }, privileged: 0 },
      signIns: { daily: [], networks: { rows: [], total: 0 } },
    });
  });
});
