import type { StreamName } from '../../shared/model/stream.ts';

/** A row of a made-up company. */
export interface SampleRow {
  readonly stream: StreamName;
  readonly row: Readonly<Record<string, string>>;
}

const ADMIN = 'ines.halloran@quillmere.example';
const PERSON = 'tomas.vidal@quillmere.example';
const SECOND = 'ada.brandt@quillmere.example';

const operation = (category_type: string, action: string, operation_detail: string): SampleRow => ({
  stream: 'operation',
  row: { time: '2026-11-18T14:02:11Z', operator: ADMIN, category_type, action, operation_detail },
});

const session = (type: string, fields: Readonly<Record<string, string>> = {}): SampleRow => ({
  stream: 'activity',
  row: {
    time: '2026-11-18T07:58:40Z',
    email: PERSON,
    type,
    ip_address: '198.51.100.23',
    client_type: 'Windows Client',
    version: '6.2.11.50939',
    ...fields,
  },
});

/** One row for each event type that has a rule of its own, and one for each category. */
export const EVENT_SAMPLES: readonly SampleRow[] = [
  session('Sign in'),
  session('Sign out'),
  session('Sign in failed', { client_type: 'Browser', version: '' }),
  session('Session refreshed'),

  operation('User', 'Add', `Add User ${PERSON}  - User Type: Licensed`),
  operation('User', 'Delete', `Delete User ${PERSON}`),
  operation('User', 'Update', `Activate User ${PERSON}`),
  operation('User', 'Update', `Deactivate User ${PERSON}`),
  operation('User', 'Update', `Lock User ${PERSON}`),
  operation('User', 'Update', `Unlock User ${PERSON}`),
  operation('User', 'Unlink', `Unlink User ${PERSON}`),
  operation('User', 'Update', `Update User ${PERSON}  - Role: from Member to Admin`),
  operation('User', 'Update', `Change Type  - ${PERSON}: from Basic to Licensed`),
  operation('User', 'Update', `Update User ${PERSON}  - Two-Factor Authentication: from On to Off`),
  operation('User', 'Update', `Update User ${PERSON}  - Two-Factor Authentication: from Off to On`),
  operation('User', 'Update', `Reset Password for ${PERSON}`),
  operation('User', 'Update', `Update User ${PERSON}  - Department: from Sales to Legal`),
  operation('User Settings', 'Update', `Update User ${PERSON}  - Waiting Room: from On to Off`),

  operation('User Group', 'Add', 'Add Group Contractors'),
  operation('User Group', 'Delete', 'Delete Group Contractors'),
  operation('User Group', 'Update', `Update Group Contractors  - Add Members: ${PERSON}`),
  operation('User Group', 'Update', `Update Group Contractors  - Remove Members: ${PERSON}`),
  operation('User Group', 'Update', 'Update Group Contractors  - Waiting Room: from On to Off'),
  operation('User Group', 'Update', `Update User ${PERSON}`),

  operation('Role', 'Add', 'Add Role Help Desk'),
  operation('Role', 'Update', `Change Role  - ${PERSON}: from Member to Help Desk`),

  operation('Account', 'Update', 'Security  - Require two-factor authentication: from On to Off'),
  operation('Account', 'Add', 'Add Account Quillmere East'),
  operation('Security', 'Update', 'Security  - Sign in with Google: from Off to On'),
  operation('SSO', 'Update', 'Single Sign-On  - Enforce: from On to Off'),
  operation('SAML', 'Update', 'SAML Response Mapping  - Default user type: from Basic to Licensed'),
  operation('Single Sign-On', 'Update', 'Single Sign-On  - Sign-in page URL: https://sso.quillmere.example'),
  operation('Sub Account', 'Add', 'Add Sub Account Quillmere East'),

  operation('License', 'Update', `Assign License Licensed to User ${PERSON}`),
  operation('Billing', 'Update', 'Update Billing Contact'),
  operation('Plan', 'Update', 'Update Plan  - Seats: from 100 to 120'),
  operation('Subscription', 'Add', 'Add Subscription Zoom Rooms'),

  operation('Channel', 'Delete', 'Delete Channel launch-2026'),
  operation('Chat', 'Update', 'Update Chat Settings'),
  operation('Team Chat', 'Update', 'Team Chat  - Share files: from Off to On'),
  operation('IM', 'Update', 'IM Management  - Personal Message Archiving: from On to Off'),
  operation('Meeting', 'Delete', 'Delete Meeting 812 3456 7890'),
  operation('Recording', 'Delete', 'Delete Recording 812 3456 7890'),
  operation('Webinar', 'Update', 'Update Webinar 812 3456 7890'),
  operation('Whiteboard', 'Delete', 'Delete Whiteboard Roadmap'),

  operation('Phone', 'Update', 'Update Call Queue Front Desk'),
  operation('Phone Contacts', 'Add', 'Add Contact'),
  operation('Zoom Rooms', 'Update', 'Update Room Lisbon 3'),
  operation('Data Residency', 'Update', 'Data Residency  - Region: from US to EU'),
];

const setting = (name: string, from: string, to: string): SampleRow =>
  operation('Account', 'Update', `Security  - ${name}: from ${from} to ${to}`);

/** Rows that weaken a control, one for each, and one for those without a direction. */
export const CONTROL_SAMPLES: readonly SampleRow[] = [
  setting('Require two-factor authentication', 'On', 'Off'),
  operation('SSO', 'Update', 'Single Sign-On  - Enforce: from On to Off'),
  setting('Sign in with Google', 'Off', 'On'),
  setting('Minimum password length', '14', '8'),
  setting('Users need to sign in again after a period of inactivity', 'On', 'Off'),
  setting('Require a passcode when scheduling new meetings', 'On', 'Off'),
  setting('Waiting Room', 'On', 'Off'),
  setting('End-to-end encryption', 'On', 'Off'),
  setting('Only authenticated users can view cloud recordings', 'On', 'Off'),
  setting('Delete cloud recordings after a specified number of days', 'Off', 'On'),
  setting('Require pre-approval of apps', 'On', 'Off'),
  setting('Remote control', 'Off', 'On'),
  setting('Allow users to delete chat messages', 'Off', 'On'),
  setting('IP Access Control', 'On', 'Off'),
  setting('Block users in specific domains from joining meetings', 'On', 'Off'),
  operation('User', 'Update', `Change Role  - ${SECOND}: from Member to Admin`),
  operation('User', 'Update', `Change Type  - ${SECOND}: from Basic to Licensed`),
  setting('Save admin activity logs', 'On', 'Off'),
  setting('Virtual background', 'Off', 'On'),
];
