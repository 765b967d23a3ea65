import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { never } from '../support/zoom.ts';
import { collectInto, type Lake, openLake } from './delivered.ts';
import { NAMES, queryOf } from './detection-files.ts';

const NIGHT = new Date('2026-11-18T23:59:59Z');
const SOURCE = 'quillmere';

/** The safe value and the unsafe one. */
const ON = ['On', 'Off'] as const;
const OFF = ['Off', 'On'] as const;

/** Settings of the CIS Zoom Benchmark 1.0.0: item, page, name, and the values. */
const SETTINGS: readonly (readonly [string, string, string, readonly [string, string]])[] = [
  ['1.1.1.1.1', 'Passcode Requirement', 'Have a minimum passcode length', ['10', '6']],
  ['1.1.1.1.2', 'Passcode Requirement', 'Have at least 1 letter (a, b, c...)', ON],
  ['1.1.1.1.3', 'Passcode Requirement', 'Have at least 1 number (1, 2, 3...)', ON],
  ['1.1.1.1.4', 'Passcode Requirement', 'Have at least 1 special character (!, @, #...)', ON],
  ['1.1.1.1.5', 'Passcode Requirement', 'Include both uppercase and lowercase characters', ON],
  ['1.1.1.1.6', 'Passcode Requirement', 'Cannot contain consecutive characters', ON],
  ['1.1.1.1.7', 'Passcode Requirement', 'Use enhanced weak passcode detection', ON],
  ['1.1.1.1.8', 'Passcode Requirement', 'Only allow numeric passcode', OFF],
  ['1.1.1.2', 'Security', 'Waiting Room', ON],
  ['1.1.1.3', 'Security', 'Who should go in the waiting room', ['Everyone', 'Users not in your account']],
  ['1.1.1.4', 'Security', 'Require a passcode when scheduling new meetings', ON],
  ['1.1.1.5', 'Security', 'Room Meeting ID Passcode', ON],
  ['1.1.1.6', 'Security', 'Require a password for instant meetings', ON],
  ['1.1.1.7', 'Security', 'Require a password for Personal Meeting ID (PMI)', ON],
  ['1.1.1.9', 'Security', 'Only authenticated users can join meetings', ON],
  ['1.1.1.10', 'Security', 'Require password for participants joining by phone', ON],
  ['1.1.1.11', 'Security', 'Only authenticated users can join meetings from Web client', ON],
  ['1.1.2.4', 'Schedule Meeting', 'Join before host', OFF],
  ['1.1.2.8', 'Schedule Meeting', 'Add watermark', ON],
  ['1.1.2.9', 'Schedule Meeting', 'Add audio watermark', ON],
  ['1.1.3.1.2', 'In Meeting (Basic)', 'Prevent participants from saving chat', ON],
  ['1.1.3.3.1', 'In Meeting (Basic)', 'Send files through the in-meeting chat', OFF],
  ['1.1.3.3.2', 'In Meeting (Basic)', 'Only allow specified file types', ON],
  ['1.1.3.4.2', 'In Meeting (Basic)', 'Who can share?', ['Host Only', 'All Participants']],
  ['1.1.3.7', 'In Meeting (Basic)', 'Require Encryption for 3rd Party Endpoints (SIP/H.323)', ON],
  ['1.1.3.15', 'In Meeting (Basic)', 'Disable desktop/screen share for users', ON],
  ['1.1.3.16', 'In Meeting (Basic)', 'Remote control', OFF],
  ['1.1.3.19', 'In Meeting (Basic)', 'Allow removed participants to rejoin', OFF],
  [
    '1.1.4.1.1',
    'In Meeting (Advanced)',
    'Select data center regions for meetings hosted by your account',
    ON,
  ],
  ['1.1.4.6', 'In Meeting (Advanced)', 'Remote support', OFF],
  ['1.1.4.9', 'In Meeting (Advanced)', 'Far end camera control', OFF],
  ['1.1.4.10', 'In Meeting (Advanced)', 'Identify guest participants in the meeting/webinar', ON],
  ['1.1.4.15', 'In Meeting (Advanced)', 'Allow live streaming meetings', OFF],
  ['1.1.5.4', 'Integration', 'Enforce OAuth 2.0 for Office 365 calendar integration', ON],
  ['1.2.5.2', 'Recording', 'Only the host can download cloud recordings', ON],
  ['1.2.9', 'Recording', 'IP Address Access Control', ON],
  ['1.2.10', 'Recording', 'Require passcode to access shared cloud recordings', ON],
  ['1.2.11', 'Recording', 'The host can delete cloud recordings', OFF],
  ['1.2.12', 'Recording', 'Allow recovery of deleted cloud recordings from Trash', ON],
  ['2.1.3.1', 'IM Settings', 'Enable advanced chat encryption', ON],
  ['3.1.1.1.1', 'Enhanced Password Requirement', 'Have a minimum password length', ['12', '9']],
  ['3.1.1.1.2', 'Enhanced Password Requirement', 'Have at least 1 special character (!, @, #...)', ON],
  [
    '3.1.1.2.2',
    'Password Policy',
    'Password expires automatically after the specified number of days',
    ['90', '365'],
  ],
  [
    '3.1.1.2.3',
    'Password Policy',
    'Users cannot reuse any password used in the previous number of times',
    ['5', '3'],
  ],
];

interface Case {
  readonly title: string;
  readonly isWeakened: boolean;
  readonly row: Readonly<Record<string, string>>;
}

/** Each setting in the account and in a group, weakened and hardened, by an operator of its own. */
const CASES: readonly Case[] = SETTINGS.flatMap(([item, page, name, [safe, unsafe]]) =>
  [true, false].flatMap((isWeakened) =>
    [
      { category_type: 'Account', place: page },
      { category_type: 'User Group', place: 'Edit Group Field Service' },
    ].map(({ category_type, place }) => {
      const values = isWeakened ? `from ${safe} to ${unsafe}` : `from ${unsafe} to ${safe}`;
      const title = `${item}, ${category_type}: ${name}: ${values}`;
      const row = { category_type, action: 'Update', operation_detail: `${place}  - ${name}: ${values}` };
      return { title, isWeakened, row };
    }),
  ),
).map(({ row, ...rest }, index) => ({
  ...rest,
  row: {
    ...row,
    time: new Date(NIGHT.getTime() - (index + 1) * 60_000).toISOString(),
    operator: `admin-${index}@quillmere.example`,
    scenario: rest.title,
  },
}));

describe('settings of the CIS benchmark, over delivered objects', () => {
  let lake: Lake;
  let found: ReadonlyMap<string, readonly string[]>;
  beforeAll(async () => {
    const folder = join(temporaryFolder(), 'out');
    const rows = CASES.map(({ row }) => ({ stream: 'operation' as const, row }));
    await collectInto(folder, NIGHT, [{ source: SOURCE, rows }], never);
    lake = await openLake(folder, ['operation']);
    found = await detectionsByTitle();
  });
  afterAll(() => lake.close());

  const detectionsByTitle = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
    const byTitle = new Map<string, string[]>();
    for (const name of NAMES) {
      const sql = queryOf(name).replace(/;\s*$/, '');
      if (sql.includes('zoom_activity')) continue;
      const hits = await lake.query(
        SOURCE,
        `SELECT scenario FROM zoom_operation SEMI JOIN (${sql}) AS hits USING (event_id)`,
      );
      for (const title of hits.map(({ scenario }) => scenario as string))
        byTitle.set(title, [...(byTitle.get(title) ?? []), name]);
    }
    return byTitle;
  };

  it.each(CASES.filter(({ isWeakened }) => isWeakened).map(({ title }) => title))('fires: %s', (title) => {
    expect(found.get(title) ?? []).not.toEqual([]);
  });

  it.each(CASES.filter(({ isWeakened }) => !isWeakened).map(({ title }) => title))(
    'stays quiet: %s',
    (title) => {
      expect(found.get(title) ?? []).toEqual([]);
    },
  );
});
