import type { PollReason } from '../reasons.ts';
import type { Verdict } from './verdict.ts';

/** Why a source is not well, and what a person does about it. */
export interface Cause {
  readonly verdict: Verdict;
  /** What is wrong, as the end of a sentence that begins with the source: "acme …". */
  readonly what: string;
  /** The one thing to do. */
  readonly todo: string;
}

const NO_HURRY = 'Nothing: the runs after it bring what is missing.';
const AUTHORIZE = 'Have an administrator authorize the app again: bin/zoom-log-source connect SOURCE';
const CHECK_APP =
  "Look at the app in Zoom's App Marketplace (Manage), then connect again if it changed: bin/zoom-log-source connect SOURCE";

const refused = (what: string, todo: string): Cause => ({ verdict: 'unauthorized', what, todo });
const undelivered = (what: string, todo: string): Cause => ({ verdict: 'not_delivering', what, todo });

/**
 * Every reason that a run can end with, by the word that it is recorded under (errors.ts, zoom/meaning.ts, aws/refusals.ts).
 * Which switch to flip the message of the error says in full; `todo` says it in a line.
 */
export const CAUSES = {
  'scope-missing': refused(
    'lacks a scope',
    "Add the scope that the error names to the app in Zoom's App Marketplace, then authorize it again.",
  ),
  'role-too-weak': refused(
    'is authorized by a person whose role is too weak',
    "In Zoom's admin portal, User Management > Roles, give the role of that person the report privileges.",
  ),
  'plan-too-small': refused(
    'is on a free plan',
    'Zoom gives these reports from Pro on: have the plan renewed.',
  ),
  'account-missing': refused('names an account that Zoom does not know', CHECK_APP),
  'user-missing': refused('is authorized by a person whom Zoom no longer knows', AUTHORIZE),
  'app-disabled': refused('has an app that is switched off or was removed', CHECK_APP),
  'app-inactive': refused('has an app that is not activated', CHECK_APP),
  'app-kind-wrong': refused('has an app of the wrong kind', CHECK_APP),
  'credentials-wrong': refused('has a client secret that Zoom no longer takes', CHECK_APP),
  'grant-dead': refused('has an authorization that was revoked, replaced or has expired', AUTHORIZE),
  'code-refused': refused('has an authorization code that Zoom does not take', AUTHORIZE),
  'redirect-mismatch': refused('has a redirect address that the app does not know', CHECK_APP),
  'token-dead': refused('gets tokens that Zoom then refuses', CHECK_APP),
  'secret-missing': refused(
    'has lost its secret',
    'Deploy again (npm run deploy -- --revert-drift), then connect: bin/zoom-log-source connect SOURCE',
  ),
  'secret-deleted': refused(
    'has a secret that is marked for deletion',
    'Bring the secret back in Secrets Manager: the error names it.',
  ),
  'secret-malformed': refused('has a secret that cannot be read', AUTHORIZE),
  'another-account': refused(
    'was given the credentials of another Zoom account',
    'Connect it to the account that its events are of: bin/zoom-log-source connect SOURCE',
  ),

  'rate-limited': {
    verdict: 'throttled',
    what: "may not ask: the account's daily limit, which all its apps share, is used up",
    todo: `${NO_HURRY} If it happens daily, find the app that uses the limit up, or lower "requestsPerDay".`,
  },
  'share-used': {
    verdict: 'throttled',
    what: "has used up the day's share of requests that it was given",
    todo: 'Raise "requestsPerDay" in sources.json and deploy, or wait for tomorrow (UTC): the runs then bring what is missing.',
  },

  'zoom-failing': {
    verdict: 'zoom_failing',
    what: 'gets no usable answer from Zoom',
    todo: `${NO_HURRY} See https://status.zoom.us; if all is well there, the error says what to check.`,
  },
  'zoom-untrusted': {
    verdict: 'zoom_failing',
    what: 'meets a certificate that is not one of Zoom',
    todo: 'Find out what answers in place of Zoom: a proxy that opens TLS, or worse.',
  },
  'proxy-refused': {
    verdict: 'zoom_failing',
    what: 'is not let through by the proxy of its machine',
    todo: 'Correct HTTPS_PROXY, or have the proxy allow Zoom: the error says which.',
  },
  stopped: {
    verdict: 'zoom_failing',
    what: 'gets answers so slowly that no run comes to its end',
    todo: `${NO_HURRY} See https://status.zoom.us`,
  },
  'day-too-old': {
    verdict: 'zoom_failing',
    what: 'is told that a day is older than Zoom keeps',
    todo: 'Report it: the plan asks for no such day.',
  },

  'aws-denied': undelivered(
    'may not do something in AWS',
    'Undo the change of policy that the error points to, or have it undone: npm run deploy -- --revert-drift',
  ),
  'aws-credentials': undelivered(
    'is not known to AWS',
    'Have it put right: npm run deploy -- --revert-drift',
  ),
  'aws-region': undelivered(
    'does not know its AWS region',
    'Have it put right: npm run deploy -- --revert-drift',
  ),
  'bucket-missing': undelivered(
    'has no bucket',
    'Find out who deleted it; npm run deploy -- --revert-drift makes an empty one.',
  ),
  environment: undelivered(
    'is not configured as it was deployed',
    'Have it put right: npm run deploy -- --revert-drift',
  ),
  'grant-unstored': undelivered(
    'cannot store the authorization that Zoom has renewed, and the one that is stored no longer works',
    'Let the poller write its secret again (undo what denies it, or npm run deploy -- --revert-drift), then authorize again: bin/zoom-log-source connect SOURCE',
  ),
  'damaged-object': undelivered(
    'holds an object that is not what was written',
    'Restore the object that the error names from its older version (the bucket keeps them).',
  ),
  failed: undelivered(
    'fails for a reason of its own',
    'Read the error in the log of the poller, and report it if it is not of your AWS account.',
  ),

  'not-running': {
    verdict: 'not_running',
    what: 'is not polled',
    todo: 'See whether its schedule is switched on and its function can start: the runbook has the commands.',
  },

  'not-connected': {
    verdict: 'not_connected',
    what: 'is not connected to Zoom',
    todo: 'Connect it: bin/zoom-log-source connect SOURCE',
  },
} as const satisfies Record<PollReason, Cause>;

/** The cause of that name; a name that this release doesn't know stands for a failure of its own. */
export const causeOf = (reason: string): Cause =>
  Object.hasOwn(CAUSES, reason) ? CAUSES[reason as keyof typeof CAUSES] : CAUSES.failed;
