/** `info`: no problem. `warning`: nothing is lost, but check it. `error`: something is lost, or an operator must act. */
export type AuditSeverity = 'info' | 'warning' | 'error';

interface AuditCodeRow {
  /** Whether it is also posted as a notice. */
  readonly notice: boolean;
  readonly severity: AuditSeverity;
  readonly means: string;
}

const row = (notice: boolean, severity: AuditSeverity, means: string): AuditCodeRow => ({
  notice,
  severity,
  means,
});

/** The codes of the audit log. A code is never renamed and never changes its meaning: filters rely on it. */
export const AUDIT_CODES = {
  'connection-begun': row(false, 'info', 'An operator requested the consent of an administrator from Zoom.'),
  connected: row(true, 'info', 'The source is linked to a Zoom account, and is collected from now on.'),
  'connection-refused': row(false, 'warning', 'An attempt to connect the source was refused.'),
  disconnected: row(
    true,
    'warning',
    'The connection was ended. No events are collected until it is connected again.',
  ),

  'account-forgotten': row(
    true,
    'warning',
    'An operator unlinked a Zoom account before anything was collected.',
  ),

  deployed: row(false, 'info', 'The poller of the source ran for the first time, with this configuration.'),
  'configuration-changed': row(true, 'info', 'The poller runs with a changed configuration.'),

  'backfill-asked': row(false, 'info', 'An operator requested days from the deployed source.'),
  'backfill-finished': row(true, 'info', 'The initial back-fill is complete.'),
  replayed: row(false, 'info', 'Days were normalized again, into a version beside the old one.'),

  'late-after-close': row(true, 'warning', 'Rows arrived after their day had closed. They are delivered.'),
  gap: row(true, 'error', 'Zoom deleted a day before it was read whole. Its missing rows are lost.'),
  'category-new': row(true, 'info', 'Zoom sent a category that this release does not know.'),
  'field-new': row(true, 'info', 'Zoom sent a field that it does not document. It is kept.'),
  'rows-rejected': row(
    true,
    'warning',
    'Rows could not be read because of their time, form or size. They are kept under rejected/ without an event.',
  ),

  'content-mode-changed': row(
    true,
    'warning',
    'An operator changed whether the source hides content that left Zoom.',
  ),
  'mirror-braked': row(
    true,
    'error',
    'Too much content left Zoom to hide it within a day. Nothing is hidden until an operator releases it.',
  ),
  'mirror-released': row(true, 'warning', 'An operator released content from the brake of the mirror.'),
  'hold-added': row(true, 'info', 'An operator added a hold, which keeps content in view.'),
  'hold-released': row(true, 'warning', 'An operator released a hold.'),

  'alarm-muted': row(true, 'warning', 'An operator muted alarms of the source for a time.'),
  'alarm-unmuted': row(true, 'info', 'An operator ended a mute.'),
  'mute-ended': row(true, 'info', 'A mute expired.'),
  'alarm-tested': row(false, 'info', 'An operator sent a test alarm.'),
  'alarm-raised': row(false, 'error', 'An alarm was raised, with its cause.'),
  'alarm-cleared': row(false, 'info', 'An alarm was cleared.'),
} as const satisfies Record<string, AuditCodeRow>;

export type AuditCode = keyof typeof AUDIT_CODES;

export const AUDIT_CODE_NAMES = Object.keys(AUDIT_CODES) as [AuditCode, ...AuditCode[]];
