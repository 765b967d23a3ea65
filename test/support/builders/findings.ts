import type { Finding } from '../../../shared/health/finding.ts';

/** A finding with the fields that the test needs. */
export const aFinding = (fields: Partial<Finding> = {}): Finding => ({
  cause: 'grant-dead',
  heading: 'unauthorized',
  since: new Date('2026-06-01T09:00:00Z'),
  gracePeriodMs: 0,
  what: 'acme has an authorization that was revoked, was replaced or has expired.',
  todo: 'Ask an administrator to authorize the app again: bin/zoom-log-source connect SOURCE',
  lost: 'Nothing is lost.',
  error: undefined,
  ...fields,
});
