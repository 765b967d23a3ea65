import type { SimulatedRow } from '../../simulator/index.ts';
import { flatOf } from '../shared/normalize/rows.ts';
import type { ResponseRecord } from '../support/fixtures/demo-archive.ts';

type Expectation = (rows: readonly SimulatedRow[]) => ResponseRecord[];
type Fields = Readonly<Record<string, string | undefined>>;

/** An item of a detail: the setting with its old and new value. */
type Item = readonly [
  setting: string | null,
  old?: string | null | undefined,
  now?: string | null | undefined,
];

/** A wording of the company's, and the lines that a question has for it. */
interface Wording {
  readonly categories: readonly string[];
  readonly detail: RegExp;
  readonly items: (match: readonly string[]) => readonly Item[];
}

const wording = (categories: readonly string[], detail: RegExp, items: Wording['items']): Wording => ({
  categories,
  detail,
  items,
});

const nothing: Wording['items'] = () => [[null]];

const operations = (rows: readonly SimulatedRow[]): Fields[] =>
  rows.filter(({ stream }) => stream === 'operation').map(({ row }) => row as Fields);
const activities = (rows: readonly SimulatedRow[]): Fields[] =>
  rows.filter(({ stream }) => stream === 'activity').map(({ row }) => row as Fields);

/** Zoom's time, in its usual and unusual forms, as in the results. */
const instantOf = ({ time = '' }: Fields): string =>
  new Date(time.includes('T') ? time : `${time.replace(' ', 'T')}Z`).toISOString();
const textOf = (text: string | undefined): string | null => (text?.trim() ? text : null);
const actorOf = ({ operator }: Fields): string | null => textOf(operator);

/** The result lines of a row, by the first pattern that matches it. */
const linesOf = (
  row: Fields,
  wordings: readonly Wording[],
): { row: Fields; item: Item; match: readonly string[] }[] => {
  for (const { categories, detail, items } of wordings) {
    if (!categories.includes(row['category_type'] ?? '')) continue;
    const match = detail.exec(row['operation_detail'] ?? '');
    if (match) return items(match).map((item) => ({ row, item, match }));
  }
  return [];
};

/** A question whose answer is one line an item. */
const byWording =
  (
    wordings: readonly Wording[],
    lineOf: (row: Fields, item: Item, match: readonly string[]) => ResponseRecord,
  ): Expectation =>
  (rows) =>
    operations(rows).flatMap((row) =>
      linesOf(row, wordings).map(({ item, match }) => ({
        event_time: instantOf(row),
        actor: actorOf(row),
        operation_detail: row['operation_detail'] ?? null,
        ...lineOf(row, item, match),
      })),
    );

const setting = ([name, old = null, now = null]: Item): ResponseRecord => ({
  setting: name,
  old_value: old,
  new_value: now,
});

const ANY_SWITCH = '(On|Off) to (On|Off)';
const USER = ['User'];
const ACCOUNT = ['Account'];

const SSO: readonly Wording[] = [
  wording(ACCOUNT, /^Single Sign-On {2}- Sign-out URL: set to (.*)$/, ([, url = '']) => [
    ['Sign-out URL', null, url],
  ]),
  wording(
    ACCOUNT,
    /^Single Sign-On {2}- Identity Provider Certificate: from (.*) to (.*) - Sign SAML request: from Off to On$/,
    ([, old, now]) => [
      ['Identity Provider Certificate', old, now],
      ['Sign SAML request', 'Off', 'On'],
    ],
  ),
  wording(
    ACCOUNT,
    /^SAML Response Mapping {2}- Group: set to (.*) - Department: from dept to (\S+)$/s,
    ([, group, now]) => [
      ['Group', null, group],
      ['Department', 'dept', now],
    ],
  ),
  wording(
    ACCOUNT,
    /^SAML Response Mapping {2}- (User Role for .*): from Member to Admin$/s,
    ([, name = '']) => [[name, 'Member', 'Admin']],
  ),
];
const MAPPED = /^Edit User \S+ {2}- (License|User Role): from (.*) to (.*)$/;
const isMappings = ({ operator, action }: Fields): boolean =>
  operator === 'SSO & SAML Mapping' || action === 'SAML Mapping - Update';

const ROLES: readonly Wording[] = [
  wording(['User', ''], /^Change Role {2}- (\S+): from (.*) to (.*)$/, ([, who = '', old, now]) => [
    [who, old, now],
  ]),
  wording(
    USER,
    /^(?:Update|Edit) User (\S+) {2}- User Role: from (.*) to (.*)$/,
    ([, who = '', old, now]) => [[who, old, now]],
  ),
];

const LICENSES: readonly Wording[] = [
  wording(USER, /^Add User (\S+) {2}- User Type: (Licensed|Basic)/, ([, who = '', now]) => [
    [who, null, now],
  ]),
  wording(USER, /^Edit User (\S+) {2}- License: from (.*) to (.*)$/, ([, who = '', old, now]) => [
    [who, old, now],
  ]),
  wording(USER, /^Assign License {2}- (\S+): from (.*) to (.*)$/, ([, who = '', old, now]) => [
    [who, old, now],
  ]),
];

const ROLE_DEFINITIONS: readonly Wording[] = [
  wording(['Role'], /^Add Role {2}- Role Name: (.*) - Description: (.*)$/, ([, name, text]) => [
    ['Role Name', null, name],
    ['Description', null, text],
  ]),
  wording(
    ['Role'],
    /^Edit Role .* {2}- Usage Reports: from View to (View, Edit) - Billing: from None to View$/,
    ([, now]) => [
      ['Usage Reports', 'View', now],
      ['Billing', 'None', 'View'],
    ],
  ),
  wording(['Role'], /^Delete Role .*$/, nothing),
];

const BILLING: readonly Wording[] = [
  wording(
    ['Billing'],
    /^Update Subscription {2}- Business: from (\d+) to (\d+) - Renewal: Yearly$/,
    ([, old, now]) => [
      ['Business', old, now],
      ['Renewal', null, 'Yearly'],
    ],
  ),
  wording(['Billing'], /^Update Billing Contact {2}- Email Address: from (\S+) to (\S+)$/, ([, old, now]) => [
    ['Email Address', old, now],
  ]),
  wording(['Billing'], /^Cancel Subscription {2}- Large Meeting 1000: set to $/, () => [
    ['Large Meeting 1000'],
  ]),
];

const ACCOUNT_SETTINGS: readonly Wording[] = [
  wording(
    ACCOUNT,
    new RegExp(
      `^Recording  - Cloud recording: from ${ANY_SWITCH} - Keep for: from (.*) to (.*) - Cloud recording: Locked$`,
    ),
    ([, old, now, before, after]) => [
      ['Cloud recording', old, now],
      ['Keep for', before, after],
      ['Cloud recording', null, 'Locked'],
    ],
  ),
  wording(
    ACCOUNT,
    new RegExp(
      `^Password Policy  - Minimum length: from (\\d+) to (\\d+) - Needs a digit: from ${ANY_SWITCH} - Cannot be one of the last: from 3 to 5$`,
    ),
    ([, old, now, before, after]) => [
      ['Minimum length', old, now],
      ['Needs a digit', before, after],
      ['Cannot be one of the last', '3', '5'],
    ],
  ),
  wording(
    ACCOUNT,
    new RegExp(`^Meeting  - Waiting room: from ${ANY_SWITCH} - Lock: (On|Off)$`),
    ([, old, now, lock]) => [
      ['Waiting room', old, now],
      ['Lock', null, lock],
    ],
  ),
  wording(
    ACCOUNT,
    /^(?:In Meeting \(Basic\)|Security|Password Policy|Sign-in Methods|Audio Conferencing) {2}- (.*): from (.*?) to (.*)$/,
    ([, name = '', old, now]) => [[name, old, now]],
  ),
  wording(ACCOUNT, /^Benachrichtigungen {2}- (.*): (.*)$/, ([, name = '']) => [[name]]),
  wording(ACCOUNT, /^Meeting Templates {2}- Agenda: set to (.*)$/, ([, text]) => [['Agenda', null, text]]),
  wording(ACCOUNT, /^Change account setting (.*) from (\w+) to (\w+)$/, ([, name = '', old, now]) => [
    [name, old, now],
  ]),
  wording(ACCOUNT, /^$/, nothing),
  wording(['Sub Account'], /^Add Sub Account .* {2}- Owner: (\S+) - Seats: 12$/, ([, owner]) => [
    ['Owner', null, owner],
    ['Seats', null, '12'],
  ]),
];

const GROUP_SETTINGS: readonly Wording[] = [
  wording(
    ['User Group'],
    /^Edit Group (.*) {2}- (.*): from (\w+) to (\w+)$/s,
    ([, , name = '', old, now]) => [[name, old, now]],
  ),
  wording(['User Group'], /^Edit Group (.*) $/s, nothing),
];

/** Setting by setting: what a change of it in this direction weakens. */
const WEAKENINGS: readonly (readonly [detail: RegExp, weakening: string, setting: string])[] = [
  [/^Security {2}- Require two-factor sign-in: from On to Off$/, 'weakened', 'Require two-factor sign-in'],
  [/^Change account setting Meeting Passcode from ON to OFF$/, 'weakened', 'Meeting Passcode'],
  [/ - Needs a digit: from On to Off/, 'weakened', 'Needs a digit'],
  [/^Meeting {2}- Waiting room: from On to Off/, 'weakened', 'Waiting room'],
  [/^Meeting {2}- Waiting room: from Off to On - Lock: Off$/, 'unlocked', 'Waiting room'],
  [/^Sign-in Methods {2}- Work mail and password: from Off to On$/, 'weakened', 'Work mail and password'],
  [
    / {2}- Allow sign-in with a partner account: from Off to On$/,
    'weakened',
    'Allow sign-in with a partner account',
  ],
  [/ {2}- Viewers can download: from Off to On$/, 'weakened', 'Viewers can download'],
  [
    /^Security {2}- Sign users out after minutes: from 15 to \d+$/,
    'weakened',
    'Sign users out after minutes',
  ],
  [/^Password Policy {2}- Minimum length: from 1\d to \d$/, 'weakened', 'Minimum length'],
  [/ {2}- Meeting passcode: from Locked to Unlocked$/, 'unlocked', 'Meeting passcode'],
];

const VIEWED = ['View', 'Export', 'Download', 'Search', 'Share'];

/** What an event is called, by the action and the beginning of its detail. */
const lifecycleOf = ({
  category_type = '',
  action = '',
  operation_detail: detail = '',
}: Fields): string | undefined => {
  if (category_type.toLowerCase() !== 'user') return undefined;
  if (/^Activate User \S/.test(detail)) return 'user.activate';
  if (/^Deactivate User \S/.test(detail)) return 'user.deactivate';
  if (/\bAdd$/.test(action) && detail.startsWith('Add User ')) return 'user.create';
  return /\bdelete$/i.test(action) ? 'user.delete' : undefined;
};

/** A /24, or the three first groups: the company's addresses all have them in full. */
const networkOf = (ip: string): string =>
  ip.includes(':') ? `${ip.split(':').slice(0, 3).join(':')}::` : `${ip.split('.').slice(0, 3).join('.')}.0`;

const newNetworks: Expectation = (rows) => {
  const signIns = activities(rows)
    .filter(({ type, ip_address, email }) => type === 'Sign in' && textOf(ip_address) && textOf(email))
    .sort((a, b) => (instantOf(a) < instantOf(b) ? -1 : 1));
  const seen = new Map<string, string[]>();
  return signIns.flatMap((row) => {
    const { email = '', ip_address: ip = '' } = row;
    const earlier = seen.get(email) ?? [];
    const network = networkOf(ip);
    seen.set(email, [...earlier, network]);
    if (earlier.length === 0 || earlier.includes(network)) return [];
    return [{ event_time: instantOf(row), person: email, network, earlier_sign_ins: earlier.length }];
  });
};

interface Flat {
  readonly event_time: string;
  readonly stream: string;
  readonly category?: string;
  readonly event_type: string;
  readonly area: string;
  readonly verb?: string;
  readonly actor_name?: string;
  readonly actor_email?: string;
  readonly operation_detail?: string;
  readonly detail?: { readonly status: string };
  readonly any_emails?: readonly string[];
}

const flats = (rows: readonly SimulatedRow[]): Flat[] =>
  rows.map(({ stream, row }) => flatOf(stream, row) as unknown as Flat);

const FEW = 10;

const massChanges: Expectation = (rows) => {
  const changes = flats(rows).filter(({ stream, verb }) => stream === 'operation' && verb !== 'read');
  const groups = Map.groupBy(changes, ({ event_time, actor_name, area, verb }) =>
    JSON.stringify([`${event_time.slice(0, 13)}:00:00.000Z`, actor_name ?? null, area, verb]),
  );
  return [...groups].flatMap(([key, events]) => {
    const [hour_start, actor, area, verb] = JSON.parse(key) as string[];
    const people = new Set(
      events.flatMap(({ any_emails = [], actor_email = '' }) =>
        any_emails.filter((email) => email !== actor_email.toLowerCase()),
      ),
    ).size;
    if (events.length < FEW && people < FEW) return [];
    return [{ hour_start, actor, area, verb, events: events.length, people } as ResponseRecord];
  });
};

const notUnderstood: Expectation = (rows) => {
  const odd = flats(rows).filter(
    ({ area, verb, detail }) =>
      area === 'other' || verb === 'other' || ['none', 'partial'].includes(detail?.status ?? ''),
  );
  const groups = Map.groupBy(odd, ({ stream, category, event_type, area, detail }) =>
    JSON.stringify([stream, category ?? null, event_type, area, detail?.status ?? null]),
  );
  return [...groups].map(([key, events]) => {
    const [stream, category, event_type, area, detailStatus] = JSON.parse(key) as string[];
    const times = events.map(({ event_time }) => event_time).sort();
    return {
      stream,
      category,
      event_type,
      area,
      reading: detailStatus,
      events: events.length,
      first_time: times[0],
      last_time: times.at(-1),
    } as ResponseRecord;
  });
};

const YESTERDAY = '2026-11-19';

/** The expected result of each built-in query, computed from the rows alone. */
export const EXPECTED: Readonly<Record<string, Expectation>> = {
  'sso-changes': (rows) => [
    ...byWording(SSO, (row, item) => ({
      changed_by: actorOf(row) === null ? 'unknown' : 'person',
      ...setting(item),
    }))(rows),
    ...operations(rows)
      .filter(isMappings)
      .flatMap((row) => {
        const [, name = '', old = '', now = ''] = MAPPED.exec(row['operation_detail'] ?? '') ?? [];
        return [
          {
            event_time: instantOf(row),
            actor: actorOf(row),
            operation_detail: row['operation_detail'] ?? null,
            changed_by: 'mapping',
            ...setting([name, old, now]),
          },
        ];
      }),
  ],
  'role-grants': byWording(ROLES, (_, [person, old = null, now = null]) => ({
    person,
    old_role: old,
    new_role: now,
    privileged: ['Admin', 'Co-Owner', 'Billing Admin'].includes(now ?? ''),
  })),
  'license-changes': byWording(LICENSES, (_, [person, old = null, now = null]) => ({
    person,
    old_license: old,
    new_license: now,
  })),
  'role-definition-changes': byWording(ROLE_DEFINITIONS, (_, [privilege, old = null, now = null]) => ({
    privilege,
    old_value: old,
    new_value: now,
  })),
  'billing-changes': byWording(BILLING, (_, item) => setting(item)),
  'account-setting-changes': byWording(ACCOUNT_SETTINGS, (_, item) => setting(item)),
  'group-setting-changes': (rows) =>
    byWording(GROUP_SETTINGS, (_, item, [, group = '']) => ({ group_name: group, ...setting(item) }))(
      rows.filter(({ row }) => (row as Fields)['action'] === 'Update'),
    ),
  'settings-weakened': (rows) =>
    operations(rows).flatMap((row) =>
      WEAKENINGS.filter(([detail]) => detail.test(row['operation_detail'] ?? '')).map(
        ([, weakening, name]) => ({
          event_time: instantOf(row),
          actor: actorOf(row),
          weakening,
          setting: name,
        }),
      ),
    ),
  'mass-changes': massChanges,
  'user-lifecycle': (rows) =>
    operations(rows).flatMap((row) => {
      const event_type = lifecycleOf(row);
      if (event_type === undefined) return [];
      const person =
        /^(?:Add|Activate|Deactivate|Delete) User (?:- )?(\S+)/i.exec(row['operation_detail'] ?? '')?.[1] ??
        null;
      return [{ event_time: instantOf(row), actor: actorOf(row), event_type, person }];
    }),
  'sign-ins': (rows) =>
    activities(rows).map((row) => ({
      event_time: instantOf(row),
      person: textOf(row['email']),
      event_type: row['type'] === 'Sign in' ? 'user.sign_in' : 'user.sign_out',
      ip_address: row['ip_address'] ?? null,
      client_type: row['client_type'] ?? null,
      version: row['version'] ?? null,
    })),
  'sign-ins-from-new-networks': newNetworks,
  'who-viewed-what': (rows) =>
    operations(rows)
      .filter(({ action = '' }) => VIEWED.includes(action))
      .map((row) => ({
        event_time: instantOf(row),
        actor: actorOf(row),
        action: row['action'] ?? null,
        operation_detail: row['operation_detail'] ?? null,
      })),
  'unknown-categories': notUnderstood,
  'what-happened-yesterday': (rows) =>
    rows
      .filter((row) => row.day === YESTERDAY)
      .map(({ row }) => row as Fields)
      .map((row) => ({
        event_time: instantOf(row),
        actor: textOf(row['operator'] ?? row['email']),
        ip_address: row['ip_address'] ?? null,
        operation_detail: row['operation_detail'] ?? null,
      })),
};
