import type { ContentStreamName } from './content-stream.ts';
import type { Permission } from './permission.ts';

/**
 * The streams: one Zoom report feed each. All differences between them are in this table. Nothing outside it (and the
 * normalizers) depends on the stream.
 */
export type StreamName = 'operation' | 'activity';

/** A stream of either kind: a log or content. */
export type AnyStreamName = StreamName | ContentStreamName;

export interface Stream extends Permission {
  readonly name: StreamName;
  /** Its name in messages and tables. */
  readonly title: string;
  /** Path of the report under the API base, which ends in `/v2`. */
  readonly path: string;
  /** The field of a page that holds the rows; also OCSF's `metadata.log_name`. */
  readonly rowsField: string;
  /** The fields that Zoom documents for a row, in alphabetical order: a row's identity consists of only these. */
  readonly identityFields: readonly string[];
  readonly logType: string;
  /** Zoom's own name of the feature, OCSF's `metadata.product.feature.name`. */
  readonly feature: string;
}

export const STREAMS: Readonly<Record<StreamName, Stream>> = {
  operation: {
    name: 'operation',
    title: 'operation log',
    path: '/report/operationlogs',
    rowsField: 'operation_logs',
    identityFields: ['action', 'category_type', 'operation_detail', 'operator', 'time'],
    logType: 'Zoom.Operation',
    feature: 'Admin Activity Logs',
    scope: { granular: 'report:read:operation_logs:admin', classic: 'report:read:admin' },
    rolePrivilege: 'User Activity Reports > Admin Activity Logs (view)',
  },
  activity: {
    name: 'activity',
    title: 'sign in / sign out log',
    path: '/report/activities',
    rowsField: 'activity_logs',
    identityFields: ['client_type', 'email', 'ip_address', 'time', 'type', 'version'],
    logType: 'Zoom.Activity',
    feature: 'Sign In/Sign Out',
    scope: { granular: 'report:read:user_activities:admin', classic: 'report:read:admin' },
    rolePrivilege: 'User Activity Reports > Sign In / Sign Out (view)',
  },
};

export const STREAM_NAMES = Object.keys(STREAMS) as StreamName[];
