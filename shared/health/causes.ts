import type { PollReason } from '../reasons.ts';
import type { Verdict } from './verdict.ts';

/** Why a source is unhealthy, and what the operator does about it. */
export interface Cause {
  readonly verdict: Verdict;
  /** What is wrong, as the end of a sentence that begins with the source: "acme …". */
  readonly what: string;
  /** The one thing to do. */
  readonly todo: string;
}

const NO_HURRY = 'No action: later runs catch up.';
const AUTHORIZE = 'Ask an administrator to authorize the app again: bin/zoom-log-source connect SOURCE';
const CHECK_APP =
  "Check the app in Zoom's App Marketplace (Manage). If it changed, connect again: bin/zoom-log-source connect SOURCE";

const refused = (what: string, todo: string): Cause => ({ verdict: 'unauthorized', what, todo });
const undelivered = (what: string, todo: string): Cause => ({ verdict: 'not_delivering', what, todo });

/**
 * Every reason that a run can end with, by its recorded word (errors.ts, zoom/failure-kind.ts, aws/aws-errors.ts).
 * The error message gives the full remedy; `todo` gives it in one line.
 */
export const CAUSES = {
  'scope-missing': refused(
    'lacks a scope',
    "Add the scope that the error names to the app in Zoom's App Marketplace, then authorize it again.",
  ),
  'role-too-weak': refused(
    'is authorized by a user whose role lacks privileges',
    "In Zoom's admin portal, User Management > Roles, give the role of that user the report privileges.",
  ),
  'plan-too-small': refused('is on a free plan', 'Renew the plan: Zoom offers these reports from Pro on.'),
  'cloud-recording-off': refused(
    'belongs to an account without cloud recording',
    "Enable cloud recording in Zoom's admin portal, Account Settings > Recording, or leave the recordings out.",
  ),
  'account-missing': refused('has an account id that Zoom does not recognize', CHECK_APP),
  'user-missing': refused('is authorized by a user that no longer exists in Zoom', AUTHORIZE),
  'app-disabled': refused('has an app that is disabled or removed', CHECK_APP),
  'app-inactive': refused('has an app that is not activated', CHECK_APP),
  'app-kind-wrong': refused('has an app of the wrong kind', CHECK_APP),
  'credentials-wrong': refused('has a client secret that Zoom no longer accepts', CHECK_APP),
  'grant-dead': refused('has an authorization that was revoked, was replaced or has expired', AUTHORIZE),
  'code-refused': refused('has an authorization code that Zoom does not accept', AUTHORIZE),
  'redirect-mismatch': refused('has a redirect URL that is not registered in the app', CHECK_APP),
  'token-dead': refused('receives tokens that Zoom then rejects', CHECK_APP),
  'secret-missing': refused(
    'has no secret',
    'Deploy again (npm run deploy -- --revert-drift), then connect: bin/zoom-log-source connect SOURCE',
  ),
  'secret-deleted': refused(
    'has a secret that is marked for deletion',
    'Restore the secret in Secrets Manager: the error names it.',
  ),
  'secret-malformed': refused('has a secret that cannot be read', AUTHORIZE),
  'another-account': refused(
    'has credentials of another Zoom account',
    'Connect it to the account that its stored events belong to: bin/zoom-log-source connect SOURCE',
  ),

  'rate-limited': {
    verdict: 'throttled',
    what: "cannot send requests: the account's daily limit, which all its apps share, is used up",
    todo: `${NO_HURRY} If it happens daily, find the app that uses up the limit, or lower "requestsPerDay".`,
  },
  'share-used': {
    verdict: 'throttled',
    what: 'has used up its daily request budget',
    todo: 'Raise "requestsPerDay" in sources.json and deploy. Or wait for tomorrow (UTC): later runs catch up.',
  },

  'zoom-failing': {
    verdict: 'zoom_failing',
    what: 'gets no usable response from Zoom',
    todo: `${NO_HURRY} See https://status.zoom.us. If it reports no incident, the error says what to check.`,
  },
  'zoom-untrusted': {
    verdict: 'zoom_failing',
    what: 'received a certificate that is not from Zoom',
    todo: 'Find out what responds in place of Zoom: a proxy that intercepts TLS, or an attacker.',
  },
  'proxy-refused': {
    verdict: 'zoom_failing',
    what: 'is blocked by its proxy',
    todo: 'Correct HTTPS_PROXY, or allow Zoom in the proxy: the error says which.',
  },
  stopped: {
    verdict: 'zoom_failing',
    what: 'gets responses so slowly that no run completes',
    todo: `${NO_HURRY} See https://status.zoom.us`,
  },
  'day-too-old': {
    verdict: 'zoom_failing',
    what: 'requested a day that is past the retention of Zoom',
    todo: 'Report it: the planner requests no such day.',
  },

  'aws-denied': undelivered(
    'was denied an AWS action',
    'Undo the policy change that the error points to, or deploy again: npm run deploy -- --revert-drift',
  ),
  'aws-credentials': undelivered(
    'has credentials that AWS rejects',
    'Deploy again: npm run deploy -- --revert-drift',
  ),
  'aws-region': undelivered('has no AWS region', 'Deploy again: npm run deploy -- --revert-drift'),
  'bucket-missing': undelivered(
    'has no bucket',
    'Find out who deleted it. An empty one is created by: npm run deploy -- --revert-drift',
  ),
  environment: undelivered(
    'has a configuration that differs from the deployed one',
    'Deploy again: npm run deploy -- --revert-drift',
  ),
  'grant-unstored': undelivered(
    'cannot store the renewed authorization, and the stored one no longer works',
    'Allow the poller to write its secret (undo the denial, or npm run deploy -- --revert-drift). Then authorize again: bin/zoom-log-source connect SOURCE',
  ),
  'damaged-object': undelivered(
    'has a stored object that was changed after it was written',
    'Restore the object that the error names from an older version. The bucket keeps them.',
  ),
  failed: undelivered(
    'failed unexpectedly',
    'Read the error in the log of the poller. Report it unless your AWS account is the cause.',
  ),

  'not-running': {
    verdict: 'not_running',
    what: 'is not polled',
    todo: 'Check that its schedule is enabled and its function can start: the runbook has the commands.',
  },

  'not-connected': {
    verdict: 'not_connected',
    what: 'is not connected to Zoom',
    todo: 'Connect it: bin/zoom-log-source connect SOURCE',
  },
} as const satisfies Record<PollReason, Cause>;

/** The cause of that name. A name that this release doesn't know counts as an unexpected failure. */
export const causeOf = (reason: string): Cause =>
  Object.hasOwn(CAUSES, reason) ? CAUSES[reason as keyof typeof CAUSES] : CAUSES.failed;
