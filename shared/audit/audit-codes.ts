/** How much it matters. `info`: all is well. `warning`: nothing is lost, but look. `error`: something is lost, or somebody must act. */
export type AuditSeverity = 'info' | 'warning' | 'error';

interface AuditCodeRow {
  /** Whether people are told, by the topic for what is no alarm. */
  readonly notice: boolean;
  readonly severity: AuditSeverity;
  readonly means: string;
}

const row = (notice: boolean, severity: AuditSeverity, means: string): AuditCodeRow => ({
  notice,
  severity,
  means,
});

/** What the collector's own log tells of. A code is never renamed and never means something else: people filter by it. */
export const AUDIT_CODES = {
  'connection-begun': row(false, 'info', 'An operator asked Zoom for the consent of an administrator.'),
  connected: row(true, 'info', 'The source is tied to a Zoom account, and is collected from now on.'),
  'connection-refused': row(false, 'warning', 'Somebody tried to connect the source, and was refused.'),
  disconnected: row(true, 'warning', 'The connection was ended: nothing more comes until somebody connects.'),

  'account-forgotten': row(
    true,
    'warning',
    'An operator undid the tie to a Zoom account before anything was collected.',
  ),

  deployed: row(false, 'info', 'The poller of the source ran for the first time, with this configuration.'),
  'configuration-changed': row(true, 'info', 'The poller runs with another configuration than before.'),

  'backfill-asked': row(false, 'info', 'An operator asked the deployed source for days.'),
  'backfill-finished': row(true, 'info', 'Every day that the source was to begin with is there.'),
  replayed: row(false, 'info', 'Days were projected anew, into a version beside the old one.'),

  'late-after-close': row(true, 'warning', 'Rows came after their day had closed; they are delivered.'),
  gap: row(true, 'error', 'Zoom forgot a day before it was read whole: what is missing of it is lost.'),
  'category-new': row(true, 'info', 'Zoom wrote a category that this release does not know.'),
  'field-new': row(true, 'info', 'Zoom sent a field that it does not document; it is carried along.'),
  'rows-rejected': row(
    true,
    'warning',
    'Rows could not be read, for their time, form or size. They are kept under rejected/; no event was made of them.',
  ),

  'alarm-muted': row(true, 'warning', 'An operator muted the alarms of the source for a while.'),
  'alarm-unmuted': row(true, 'info', 'An operator ended a mute.'),
  'mute-ended': row(true, 'info', 'A mute ended by itself.'),
  'alarm-tested': row(false, 'info', 'An operator sent a test through the whole path of an alarm.'),
  'alarm-raised': row(false, 'error', 'An alarm began, with its cause.'),
  'alarm-cleared': row(false, 'info', 'An alarm is over.'),
} as const satisfies Record<string, AuditCodeRow>;

export type AuditCode = keyof typeof AUDIT_CODES;

export const AUDIT_CODE_NAMES = Object.keys(AUDIT_CODES) as [AuditCode, ...AuditCode[]];
