import { ConfigurationError, RateLimitedError, UpstreamError } from '../errors.ts';
import type { Reason } from '../reasons.ts';
import { proxyAdvice } from '../model/proxies.ts';
import type { Permission } from '../model/permission.ts';
import { type Failure, isForeign, mediaTypeOf, readErrorBody, type ZoomResponse } from './zoom-response.ts';
import { describeFailure, trackingIdOf } from './describe-failure.ts';
import type { Redactor } from './known-secrets.ts';
import type { FailureKind } from './failure-kind.ts';

/** The subject of a request, as messages name it. */
export interface RequestSubject {
  /** Such as "the operation log of 2026-11-20". */
  readonly what: string;
  /** What the token needs for it, as an advice names it. */
  readonly permission?: Permission;
  readonly source?: string;
  /** Whether the credentials come from environment variables: only then messages name those. */
  readonly fromEnvironment?: boolean | undefined;
}

/** A page token that Zoom no longer accepts. The reports start the listing again; a caller sees it only after the last attempt. */
export class PageTokenSpentError extends UpstreamError {}

/** A response that is longer than the limit. The reports then request smaller pages. */
export class ResponseTooLongError extends UpstreamError {}

/** The error for a final failure: what Zoom refused, and how to fix it. */
export const toError = (
  failureKind: FailureKind,
  failure: Failure,
  subject: RequestSubject,
  secrets: Redactor,
): Error => {
  const explanation = describeFailure(failure, secrets);
  const details = { zoomTrackingId: trackingIdOf(failure, secrets) };
  /** A failure of the whole source names no stream or day. */
  const ofSource = reportsOf(subject);
  const operatorMust = (reason: Reason, advice: string, scope: 'stream' | 'source' = 'source'): Error =>
    new ConfigurationError(
      reason,
      `Zoom refuses ${scope === 'stream' ? subject.what : ofSource}: ${advice} ${explanation}`,
      { ...details, scope },
    );
  const { permission } = subject;
  const scopeNeeded = permission
    ? `the scope ${permission.scope.granular} (classic apps: ${permission.scope.classic})`
    : scopeNamedIn(failure, secrets);

  switch (failureKind) {
    case 'scope-missing':
      return operatorMust(
        failureKind,
        `the app lacks ${scopeNeeded}. Add it under Scopes of the app in Zoom's App Marketplace, then activate or ` +
          `authorize the app again. If the app has it, the user who authorized the app has lost the role that it needs.`,
        'stream',
      );
    case 'role-too-weak':
      return operatorMust(
        failureKind,
        `the role of the user who owns or authorized the app lacks privileges. In Zoom's admin portal, User Management > Roles, ` +
          `enable ${permission?.rolePrivilege ?? 'the report privileges'} for that role, and Usage Reports (view).`,
        'stream',
      );
    case 'plan-too-small':
      return operatorMust(
        failureKind,
        `the account is on a free plan, and Zoom offers these reports from Pro on.`,
      );
    case 'cloud-recording-off':
      return operatorMust(
        failureKind,
        `the account has no cloud recording, so that there are no recordings to collect. Enable it in Zoom's admin portal, Account ` +
          `Settings > Recording, or leave the recordings out (--stream).`,
        'stream',
      );
    case 'account-missing':
      return operatorMust(
        failureKind,
        `it does not recognize the account. Check ${named(subject, 'ZOOM_ACCOUNT_ID', 'the account id')}.`,
      );
    case 'user-missing':
      return operatorMust(
        failureKind,
        `the user of the token no longer exists. A Server-to-Server app has no user. Any other app must be authorized ` +
          `again by a current user.`,
      );
    case 'app-disabled':
      return operatorMust(
        failureKind,
        `the app is disabled. Activate it in Zoom's App Marketplace, or ask an admin of the account to allow it.`,
      );
    case 'app-inactive':
      return operatorMust(
        failureKind,
        `the app is not activated, or it belongs to another account. Activate the app in Zoom's App Marketplace, and check ` +
          `${named(subject, 'ZOOM_ACCOUNT_ID', 'the account id')} against what the app shows there.`,
      );
    case 'app-kind-wrong':
      return operatorMust(
        failureKind,
        `the app type does not allow this request. Credentials with an account id need a Server-to-Server ` +
          `OAuth app. An authorization by an admin needs a General app.`,
      );
    case 'credentials-wrong':
      return operatorMust(
        failureKind,
        `client id and client secret don't match. Check ${named(subject, 'ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET', 'both')} ` +
          `against what the app shows in Zoom's App Marketplace.`,
      );
    case 'grant-dead':
      return operatorMust(
        failureKind,
        `the authorization was used up, replaced or revoked, or its user no longer exists. Authorize the app again.`,
      );
    case 'code-refused':
      return operatorMust(
        failureKind,
        `its authorization code was already used, is older than five minutes, or belongs to another app. Start the authorization again.`,
      );
    case 'redirect-mismatch':
      return operatorMust(
        failureKind,
        `the redirect URL is not registered in the app. Enter it exactly as printed, under OAuth of the ` +
          `app in Zoom's App Marketplace.`,
      );
    case 'token-dead':
      return operatorMust(
        failureKind,
        `it rejects the tokens that it issued. Check that the app is active and has its scopes, then try again.`,
      );
    case 'zoom-untrusted':
      return new ConfigurationError(
        failureKind,
        `The request for ${ofSource} was not sent: this machine does not accept the certificate of the server that responded as ` +
          `Zoom. If a proxy here intercepts TLS, set NODE_EXTRA_CA_CERTS to its certificate. ${explanation}`,
        details,
      );
    case 'proxy-refused':
      return new ConfigurationError(
        failureKind,
        `The request for ${subject.what} was not sent. ${proxyAdviceOf(failure) ?? ''} ${explanation}`,
        details,
      );
    case 'page-token-spent':
      return new PageTokenSpentError(
        `Zoom no longer accepts the page token of ${subject.what}. The next run lists it again from its first page. ${explanation}`,
        details,
      );
    case 'answer-too-long':
      return new ResponseTooLongError(
        `Zoom's response for ${subject.what} is too long to be read. Zoom keeps the data, and the next run tries again. ` +
          `Contact Zoom's support if this continues. ${explanation}`,
        details,
      );
    case 'day-too-old':
      return operatorMust(failureKind, `it keeps reports for six months only. Request later days.`, 'stream');
    case 'request-wrong':
      return new UpstreamError(
        `Zoom rejects the request for ${subject.what}, and a retry would not help. If ZOOM_API_URL is set, check ` +
          `that it ends in /v2. Otherwise please report this. ${explanation}`,
        details,
      );
    case 'zoom-unreachable':
      return new UpstreamError(
        `Zoom could not be reached for ${subject.what} after several attempts. ` +
          `${proxyAdviceOf(failure) ?? NO_PROXY_ADVICE} ${explanation}`,
        details,
      );
    case 'limited-per-second':
    case 'limited-per-day':
    case 'zoom-failed':
      if (failure.kind === 'response' && isForeign(failure.response)) {
        return new UpstreamError(`${foreignText(failure.response, subject)} ${explanation}`, details);
      }
      return new UpstreamError(
        `Zoom failed to respond for ${subject.what}, and kept failing after retries. The next run tries again. See ` +
          `https://status.zoom.us if this continues. ${explanation}`,
        details,
      );
  }
};

/** The text for a response that is not from Zoom: what it was, which host sent it, and what to check. */
const foreignText = (response: ZoomResponse, { what }: RequestSubject): string => {
  const { host = "Zoom's address" } = response;
  return (
    `${host} responded for ${what} with ${mediaTypeOf(response) || 'a document'} instead of the JSON of Zoom's API, and kept doing so. A ` +
    `proxy or a captive portal may have responded in Zoom's place. Open https://${host} in a browser on this network. Sign in if ` +
    `required, or allow ${host}. Then run the command again.`
  );
};

/** The error for a limit that ends too late to wait for; without a failure if the limit was hit earlier. */
export const rateLimited = (
  retryAt: Date,
  failure: Failure | undefined,
  subject: RequestSubject,
  secrets: Redactor,
): RateLimitedError =>
  new RateLimitedError(
    retryAt,
    `Zoom's request limit for this account is used up (all its apps share it). The next request for ${reportsOf(subject)} is possible ` +
      `at ${retryAt.toISOString()}.${failure ? ` ${describeFailure(failure, secrets)}` : ''}`,
    { zoomTrackingId: failure && trackingIdOf(failure, secrets) },
  );

/** All reports of a source, where one of them was requested. */
const reportsOf = ({ what, source }: RequestSubject): string =>
  source === undefined ? what : `the reports of ${source}`;

/** A credential by its environment variable, if it was set there. */
const named = ({ fromEnvironment }: RequestSubject, variable: string, otherwise: string): string =>
  fromEnvironment ? variable : otherwise;

/** The advice where no proxy is set: the machine may need one. */
const NO_PROXY_ADVICE =
  "Check this machine's network and its name server. If it needs a proxy to connect to Zoom, set HTTPS_PROXY.";

const proxyAdviceOf = (failure: Failure): string | undefined =>
  failure.kind === 'transport' && failure.proxy
    ? proxyAdvice(failure.proxy.host, failure.proxy.status)
    : undefined;

/** The missing scopes that Zoom itself names. */
const scopeNamedIn = (failure: Failure, secrets: Redactor): string => {
  const message =
    failure.kind === 'response' ? secrets.redact(readErrorBody(failure.response.body).message) : '';
  const scopes = /scopes?\s*:\s*\[([\w:,\s"]{1,400})/i.exec(message)?.[1]?.replaceAll(/["\s]/g, '');
  return scopes ? `the scope ${scopes.replaceAll(',', ', ')}` : 'a scope';
};
