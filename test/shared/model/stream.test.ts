import { describe, expect, it } from '@jest/globals';
import { STREAM_NAMES, STREAMS } from '../../../shared/model/stream.ts';

describe('the streams', () => {
  it('are two, each under its own name', () => {
    expect(STREAM_NAMES).toEqual(['operation', 'activity']);
    expect(STREAM_NAMES.map((name) => STREAMS[name].name)).toEqual(STREAM_NAMES);
  });

  it('have an identity that never changes, because every event id depends on it', () => {
    expect(STREAMS.operation.identityFields).toEqual([
      'action',
      'category_type',
      'operation_detail',
      'operator',
      'time',
    ]);
    expect(STREAMS.activity.identityFields).toEqual([
      'client_type',
      'email',
      'ip_address',
      'time',
      'type',
      'version',
    ]);
  });

  it.each([
    [STREAMS.operation, '/report/operationlogs', 'operation_logs', 'report:read:operation_logs:admin'],
    [STREAMS.activity, '/report/activities', 'activity_logs', 'report:read:user_activities:admin'],
  ])('are asked for as Zoom documents it: $name', ({ path, rowsField, scope }, ...expected) => {
    expect([path, rowsField, scope.granular]).toEqual(expected);
    expect(scope.classic).toBe('report:read:admin');
  });

  it('have names that readers and administrators know', () => {
    expect(Object.values(STREAMS)).toMatchObject([
      {
        title: 'operation log',
        logType: 'Zoom.Operation',
        feature: 'Admin Activity Logs',
        rolePrivilege: 'User Activity Reports > Admin Activity Logs (view)',
      },
      {
        title: 'sign in / sign out log',
        logType: 'Zoom.Activity',
        feature: 'Sign In/Sign Out',
        rolePrivilege: 'User Activity Reports > Sign In / Sign Out (view)',
      },
    ]);
  });
});
