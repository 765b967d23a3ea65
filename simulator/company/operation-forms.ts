import type { People } from './people.ts';

/** One kind of entry in the operation log: its frequency and its text in Zoom's form. */
export interface OperationForm {
  readonly weight: number;
  readonly category: string;
  readonly action: string;
  readonly detail: (cast: People) => string;
  /** The actor, if not an administrator. */
  readonly operator?: string;
}

const form = (
  weight: number,
  category: string,
  action: string,
  detail: OperationForm['detail'],
  operator?: string,
): OperationForm => ({ weight, category, action, detail, ...(operator !== undefined && { operator }) });

const SCIM = 'SCIM API - Update';

/**
 * The grammar that Zoom's details seem to follow: a head that keeps a trailing space, then changes joined by " - ",
 * each `name: from A to B`, `name: set to B`, `name: value` or a bare value; and the known exceptions.
 * Wordings are invented: only the grammar is Zoom's.
 */
export const OPERATION_FORMS: readonly OperationForm[] = [
  // Users: with and without changes, with bare values, with empty ones, and the lower-case newer style.
  form(
    8,
    'User',
    'Add',
    (c) => `Add User ${c.person()}  - User Type: Licensed - Department: ${c.department()}`,
  ),
  form(6, 'User', 'Update', (c) => `Update User ${c.person()}  - Department: set to ${c.department()}`),
  form(3, 'User', 'Update', (c) => `Update User ${c.person()}  - Location: from Tromsø to `),
  form(
    2,
    'User',
    'Update',
    (c) => `Update User ${c.person()}  - Cost Center: from  to ${c.chance.integer(100, 999)}`,
  ),
  form(
    3,
    'User',
    'Update',
    (c) => `Update User ${c.person()}  - Display Name: from ${c.fullName()} to ${c.fullName()}`,
  ),
  form(4, 'User', 'Update', (c) => `Activate User ${c.person()} `),
  form(4, 'User', 'Update', (c) => `Deactivate User ${c.person()} `),
  form(3, 'User', 'Delete', (c) => `Delete User ${c.person()} `),
  form(1, 'User', 'Batch Delete', (c) => `Delete Users  - ${c.person()} - ${c.person()} - ${c.person()}`),
  form(
    1,
    'User',
    'Batch Delete',
    (c) => `Delete Users  - ${Array.from({ length: 30 }, () => c.person()).join(' - ')}`,
  ),
  form(3, 'user', 'delete', (c) => `delete user - ${c.person()}`),
  form(2, 'user', 'update', (c) => `update user - ${c.person()}`),
  form(4, 'User', SCIM, (c) => `Edit User ${c.person()}  - Manager: set to ${c.person()}`),
  form(1, 'User', 'SCIM API - Add', (c) => `Add User ${c.person()}  - User Type: Basic`),
  form(
    2,
    'User Settings',
    'Update',
    (c) => `Edit User ${c.person()}  - Breakout room: ${c.onOff()} - Polls/quizzes: ${c.onOff()}`,
  ),
  form(
    1,
    'User Settings',
    'Update',
    (c) =>
      `Scheduling Privilege ${c.person()}  - [{"userId":"${c.chance.text(9)}","assistant":"${c.person()}","options":["schedule","edit"]}]`,
  ),

  // Licences and roles.
  form(4, 'User', SCIM, (c) => `Edit User ${c.person()}  - License: from Basic to Licensed`),
  form(3, 'User', 'Batch Update', (c) => `Assign License  - ${c.person()}: from None to Webinar 500`),
  form(5, 'User', 'Batch Update', (c) => `Change Role  - ${c.person()}: ${c.roleChange()}`),
  form(2, 'User', 'Update', (c) => `Update User ${c.person()}  - User Role: ${c.roleChange()}`),
  form(1, 'Role', 'Add', () => 'Add Role  - Role Name: Regional Desk - Description: Looks, does not touch'),
  form(
    1,
    'Role',
    'Update',
    (c) => `Edit Role ${c.role()}  - Usage Reports: from View to View, Edit - Billing: from None to View`,
  ),
  form(1, 'Role', 'Delete', () => 'Delete Role Regional Desk'),

  // Groups, and account settings with their locks.
  form(2, 'User Group', 'Add', (c) => `Add Group ${c.group()}`),
  form(1, 'User Group', 'Delete', (c) => `Delete Group ${c.group()}`),
  form(2, 'User Group', 'Update', (c) => `Edit Group ${c.group()} `),
  form(5, 'User Group', 'Update', (c) => `Edit Group ${c.group()}  - Annotation (whiteboard): ${c.onOff()}`),
  form(2, 'User Group', 'Update', (c) => `Edit Group ${c.group()}  - Waiting Room: from Unlocked to Locked`),
  form(5, 'Account', 'Update', (c) => `In Meeting (Basic)  - Allow live captions: ${c.onOff()}`),
  form(
    2,
    'Account',
    'Update',
    (c) =>
      `Recording  - Cloud recording: ${c.onOff()} - Keep for: from 30 days to 90 days - Cloud recording: Locked`,
  ),
  form(
    2,
    'Account',
    'Update',
    (c) =>
      `Password Policy  - Minimum length: from ${c.chance.integer(8, 10)} to ${c.chance.integer(11, 16)} - Needs a digit: ${c.onOff()} - Cannot be one of the last: from 3 to 5`,
  ),
  form(
    2,
    'Account',
    'Update',
    (c) =>
      `Change account setting Live Transcription ${c.onOff().toUpperCase().replace('FROM', 'from').replace('TO', 'to')}`,
  ),
  form(
    1,
    'Account',
    'Update',
    (c) => `Change account setting Meeting Passcode from ${c.chance.pick(['ON to OFF', 'OFF to ON'])}`,
  ),
  form(1, 'Account', 'Update', (c) => `Security  - Require two-factor sign-in: ${c.onOff()}`),
  form(
    1,
    'Account',
    'Update',
    (c) => `Security  - Sign users out after minutes: from 15 to ${c.chance.integer(60, 600)}`,
  ),
  form(
    1,
    'Account',
    'Update',
    (c) => `Password Policy  - Minimum length: from ${c.chance.integer(12, 16)} to ${c.chance.integer(6, 9)}`,
  ),
  form(
    1,
    'Account',
    'Update',
    (c) => `Sign-in Methods  - Allow sign-in with a partner account: ${c.onOff()}`,
  ),
  form(
    1,
    'Account',
    'Update',
    (c) => `Meeting  - Waiting room: ${c.onOff()} - Lock: ${c.chance.pick(['On', 'Off'])}`,
  ),
  form(
    1,
    'User Group',
    'Update',
    (c) => `Edit Group ${c.group()}  - Meeting passcode: from Locked to Unlocked`,
  ),
  form(
    1,
    'Account',
    'Update',
    () => 'Audio Conferencing  - Toll-free countries: from Norway, Chile to Norway, Chile, Japan',
  ),

  // Single sign-on and billing: no published examples; the same grammar is assumed.
  form(
    2,
    'Account',
    'Update',
    (c) =>
      `Single Sign-On  - Sign-out URL: set to https://idp.quillmere.example/bye?id=${c.chance.integer(1, 99)}`,
  ),
  form(
    1,
    'Account',
    'Update',
    () =>
      'Single Sign-On  - Identity Provider Certificate: from ••••A9F1 to ••••77C0 - Sign SAML request: from Off to On',
  ),
  form(
    1,
    'Account',
    'Update',
    (c) => `SAML Response Mapping  - Group: set to ${c.group()} - Department: from dept to urn:oid:2.5.4.11`,
  ),
  form(
    1,
    'Account',
    'Update',
    (c) => `SAML Response Mapping  - User Role for ${c.group()}: from Member to Admin`,
  ),
  // Changes by the SAML mapping at sign-in: no published examples either.
  form(
    1,
    'User',
    'SAML Mapping - Update',
    (c) => `Edit User ${c.person()}  - License: from Basic to Licensed`,
  ),
  form(
    1,
    'User',
    'Update',
    (c) => `Edit User ${c.person()}  - User Role: from Member to Admin`,
    'SSO & SAML Mapping',
  ),
  form(1, 'Sign-in Methods', 'Update', (c) => `Sign-in Methods  - Work mail and password: ${c.onOff()}`),
  form(
    2,
    'Billing',
    'Update',
    (c) =>
      `Update Subscription  - Business: from ${c.chance.integer(20, 40)} to ${c.chance.integer(41, 80)} - Renewal: Yearly`,
  ),
  form(
    1,
    'Billing',
    'Update',
    (c) => `Update Billing Contact  - Email Address: from ${c.person()} to ${c.person()}`,
  ),
  form(1, 'Billing', 'Cancel', () => 'Cancel Subscription  - Large Meeting 1000: set to '),

  // Chat, rooms, recordings and others.
  form(
    3,
    'Channels',
    'Update',
    (c) =>
      `Update a Channel ${c.channel()}  - Description: set to  - Name: from ${c.channel()} to ${c.channel()}`,
  ),
  form(2, 'Channels', 'Update', (c) => `Assign admin for channel ${c.channel()}  - ${c.person()}`),
  form(
    2,
    'Team Chat',
    'Search',
    (c) =>
      `Search Chat  - Search Date: 0${c.chance.integer(1, 9)}/01/2026 - 0${c.chance.integer(1, 9)}/28/2026`,
  ),
  form(
    2,
    'Zoom Rooms',
    'Update',
    (c) => `Digital signage - Current: On - Previous: Off - Lock: Unlocked - Affected: ${c.room()}`,
  ),
  form(
    1,
    'Zoom Rooms',
    'Add',
    (c) => `Add Zoom Room ${c.room()}  - Room Name: ${c.room()} - Location: Floor 2`,
  ),
  form(
    2,
    'Recording',
    'Delete',
    (c) =>
      `Delete Recording  - Topic: ${c.topic()} - Meeting ID: 9${c.chance.integer(10 ** 9, 10 ** 10 - 1)}`,
  ),
  form(2, 'recording', 'delete', (c) => `delete recording - ${c.topic()}`),
  form(1, 'Recording', 'Share', (c) => `Share Recording ${c.topic()}  - Viewers can download: ${c.onOff()}`),
  form(1, 'Webinar', 'Update', (c) => `Edit Webinar ${c.topic()}  - Registration: from Optional to Required`),
  form(
    1,
    'Phone Contacts',
    'Add',
    (c) => `Add Contact ${c.fullName()}  - Phone Number: +1 555 010 ${c.chance.integer(1000, 9999)}`,
  ),
  form(
    1,
    'Sub Account',
    'Add',
    (c) => `Add Sub Account Quillmere Japan 株式会社  - Owner: ${c.person()} - Seats: 12`,
  ),
  form(1, 'Report', 'Export', () => 'Export Report  - Meeting participants: 10/01/2026 - 10/31/2026'),
  form(1, 'Recording', 'Download', (c) => `Download Recording ${c.topic()}  - Host: ${c.person()}`),
  form(1, 'Report', 'View', () => 'View Report  - Active Hosts: 10/01/2026 - 10/31/2026'),
  form(1, 'AI Companion', 'Enable', (c) => `AI Companion  - Meeting summary: ${c.onOff()}`),
  form(1, 'Account', 'Update', () => 'Benachrichtigungen  - Bei Aufzeichnung: von Aus auf Ein'),
  form(
    1,
    'Account',
    'Update',
    () => 'Meeting Templates  - Agenda: set to Welcome, status of every project, what blocks us, wha...',
  ),
  form(1, 'Account', 'Update', () => ''),
];
