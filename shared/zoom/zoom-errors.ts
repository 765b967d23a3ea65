import { ConfigurationError, RateLimitedError, UpstreamError } from '../errors.ts';
import type { Reason } from '../reasons.ts';
import { proxyAdvice } from '../model/proxies.ts';
import { STREAMS, type StreamName } from '../model/stream.ts';
import { type Failure, isForeign, mediaTypeOf, readErrorBody, type ZoomResponse } from './zoom-response.ts';
import { describeFailure, trackingIdOf } from './describe-failure.ts';
import type { KnownSecrets } from './known-secrets.ts';
import type { FailureKind } from './failure-kind.ts';

/** What was asked for, as a message names it. */
export interface RequestSubject {
  /** Such as "the operation log of 2026-11-20". */
  readonly what: string;
  readonly stream?: StreamName;
  readonly source?: string;
  /** Whether the credentials were set in environment variables: only then a message names those. */
  readonly fromEnvironment?: boolean | undefined;
}

/** A page token that Zoom no longer takes: the listing begins again. Met by the reports; a caller sees it only at the end. */
export class PageTokenSpentError extends UpstreamError {}

/** An answer that is longer than was asked for. Met by the reports, which ask for less. */
export class ResponseTooLongError extends UpstreamError {}

/** The error for a failure that is final: what was refused and which switch to flip. */
export const toError = (
  failureKind: FailureKind,
  failure: Failure,
  subject: RequestSubject,
  secrets: KnownSecrets,
): Error => {
  const explanation = describeFailure(failure, secrets);
  const details = { zoomTrackingId: trackingIdOf(failure, secrets) };
  /** What concerns the whole source names no stream or day: it is said of all of them. */
  const ofSource = reportsOf(subject);
  const operatorMust = (reason: Reason, advice: string, scope: 'stream' | 'source' = 'source'): Error =>
    new ConfigurationError(
      reason,
      `Zoom refuses ${scope === 'stream' ? subject.what : ofSource}: ${advice} ${explanation}`,
      { ...details, scope },
    );
  const stream = subject.stream ? STREAMS[subject.stream] : undefined;
  const scopeNeeded = stream
    ? `the scope ${stream.scope.granular} (classic apps: ${stream.scope.classic})`
    : scopeNamedIn(failure, secrets);

  switch (failureKind) {
    case 'scope-missing':
      return operatorMust(
        failureKind,
        `the app lacks ${scopeNeeded}. Add it under Scopes of the app in Zoom's App Marketplace, then activate or ` +
          `authorize the app again. If the app has it, the person who authorized it has lost the role that it needs.`,
        'stream',
      );
    case 'role-too-weak':
      return operatorMust(
        failureKind,
        `the role of the person who owns or authorized the app is too weak. In Zoom's admin portal, User Management > Roles, ` +
          `switch on ${stream?.rolePrivilege ?? 'the report privileges'} for that role, and Usage Reports (view).`,
        'stream',
      );
    case 'plan-too-small':
      return operatorMust(
        failureKind,
        `the account is on a free plan, and Zoom gives these reports from Pro on.`,
      );
    case 'account-missing':
      return operatorMust(
        failureKind,
        `it does not know the account. Check ${named(subject, 'ZOOM_ACCOUNT_ID', 'the account id')}.`,
      );
    case 'user-missing':
      return operatorMust(
        failureKind,
        `it does not know the person behind the token. A Server-to-Server app has none; for any other app, have it ` +
          `authorized by a person who is there.`,
      );
    case 'app-disabled':
      return operatorMust(
        failureKind,
        `the app is switched off. Activate it in Zoom's App Marketplace, or have an admin of the account allow it.`,
      );
    case 'app-inactive':
      return operatorMust(
        failureKind,
        `the app is not activated, or the account is not its own. Activate the app in Zoom's App Marketplace, and check ` +
          `${named(subject, 'ZOOM_ACCOUNT_ID', 'the account id')} against what the app shows there.`,
      );
    case 'app-kind-wrong':
      return operatorMust(
        failureKind,
        `the app is not of the kind that may ask in this way. Credentials with an account id need a Server-to-Server ` +
          `OAuth app, an authorization by an admin needs a General app.`,
      );
    case 'credentials-wrong':
      return operatorMust(
        failureKind,
        `client id and client secret don't fit. Check ${named(subject, 'ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET', 'both')} ` +
          `against what the app shows in Zoom's App Marketplace.`,
      );
    case 'grant-dead':
      return operatorMust(
        failureKind,
        `the authorization is spent, replaced or revoked, or the person who gave it is gone. Authorize the app again.`,
      );
    case 'code-refused':
      return operatorMust(
        failureKind,
        `its authorization code is spent, older than five minutes, or was given to someone else. Begin the authorization again.`,
      );
    case 'redirect-mismatch':
      return operatorMust(
        failureKind,
        `the redirect address is not the one that the app has registered. Enter it letter by letter under OAuth of the ` +
          `app in Zoom's App Marketplace.`,
      );
    case 'token-dead':
      return operatorMust(
        failureKind,
        `it takes none of the tokens that it issued. Check that the app is active and has its scopes, then try again.`,
      );
    case 'zoom-untrusted':
      return new ConfigurationError(
        failureKind,
        `Zoom was not asked for ${ofSource}, for this machine does not accept the certificate of whoever answers in its ` +
          `place. If a proxy here opens TLS, name its certificate in NODE_EXTRA_CA_CERTS. ${explanation}`,
        details,
      );
    case 'proxy-refused':
      return new ConfigurationError(
        failureKind,
        `Zoom was not asked for ${subject.what}. ${proxyAdviceOf(failure) ?? ''} ${explanation}`,
        details,
      );
    case 'page-token-spent':
      return new PageTokenSpentError(
        `Zoom no longer takes the page token of ${subject.what}. The next run lists it again from its first page. ${explanation}`,
        details,
      );
    case 'answer-too-long':
      return new ResponseTooLongError(
        `Zoom's answer for ${subject.what} is too long to be read. Nothing is lost at Zoom, and the next run asks again; ask ` +
          `Zoom's support if this goes on. ${explanation}`,
        details,
      );
    case 'day-too-old':
      return operatorMust(failureKind, `it keeps reports for six months only. Ask for later days.`, 'stream');
    case 'request-wrong':
      return new UpstreamError(
        `Zoom does not take the request for ${subject.what}; asking again would change nothing. If ZOOM_API_URL is set, check ` +
          `that it ends in /v2; else please report this. ${explanation}`,
        details,
      );
    case 'zoom-unreachable':
      return new UpstreamError(
        `Zoom could not be reached for ${subject.what}, though it was tried again and again. ` +
          `${proxyAdviceOf(failure) ?? NO_PROXY_ADVICE} ${explanation}`,
        details,
      );
    case 'limited-per-second':
    case 'limited-per-day':
    case 'zoom-failed':
      if (failure.kind === 'answer' && isForeign(failure.response)) {
        return new UpstreamError(`${foreignText(failure.response, subject)} ${explanation}`, details);
      }
      return new UpstreamError(
        `Zoom failed to answer for ${subject.what}, and kept failing when asked again. The next run tries again; see ` +
          `https://status.zoom.us if this goes on. ${explanation}`,
        details,
      );
  }
};

/** What is said of an answer that is not Zoom's: what it was, who was asked, and what to check. */
const foreignText = (response: ZoomResponse, { what }: RequestSubject): string => {
  const { host = "Zoom's address" } = response;
  return (
    `${host} answered for ${what} with ${mediaTypeOf(response) || 'a document'}, where Zoom's API answers with JSON, and kept doing so. A ` +
    `proxy or a captive portal may have answered in Zoom's place. Open https://${host} in a browser on this network: sign in where ` +
    `it asks you to, or have ${host} let through. Then run it again.`
  );
};

/** The error for a limit whose end is too far off to wait for; without a failure if it was met earlier. */
export const rateLimited = (
  retryAt: Date,
  failure: Failure | undefined,
  subject: RequestSubject,
  secrets: KnownSecrets,
): RateLimitedError =>
  new RateLimitedError(
    retryAt,
    `Zoom's request limit for this account is used up (all its apps share it); ${reportsOf(subject)} can be had again from ` +
      `${retryAt.toISOString()}.${failure ? ` ${describeFailure(failure, secrets)}` : ''}`,
    { zoomTrackingId: failure && trackingIdOf(failure, secrets) },
  );

/** The reports of a source as one, where one of them was asked for. */
const reportsOf = ({ what, source }: RequestSubject): string =>
  source === undefined ? what : `the reports of ${source}`;

/** A credential by its environment variable, if that is where it was set. */
const named = ({ fromEnvironment }: RequestSubject, variable: string, otherwise: string): string =>
  fromEnvironment ? variable : otherwise;

/** Where no proxy is set, a machine may need one. */
const NO_PROXY_ADVICE =
  "Check this machine's network, its name server, and whether it may connect to Zoom directly: if it needs a proxy, set HTTPS_PROXY.";

const proxyAdviceOf = (failure: Failure): string | undefined =>
  failure.kind === 'transport' && failure.proxy
    ? proxyAdvice(failure.proxy.host, failure.proxy.status)
    : undefined;

/** The scopes that Zoom itself says are missing. */
const scopeNamedIn = (failure: Failure, secrets: KnownSecrets): string => {
  const message =
    failure.kind === 'answer' ? secrets.redact(readErrorBody(failure.response.body).message) : '';
  const scopes = /scopes?\s*:\s*\[([\w:,\s"]{1,400})/i.exec(message)?.[1]?.replaceAll(/["\s]/g, '');
  return scopes ? `the scope ${scopes.replaceAll(',', ', ')}` : 'a scope';
};
