import type { AuditActor, AuditEntry } from '../audit/audit-entry.ts';
import { asCode } from '../model/chat-text.ts';
import type { CallbackResult, Connected } from './callback-result.ts';
import type { Revocation } from './disconnect.ts';

/** The source of a connection, who changed it, and when. */
export interface AuditSubject {
  readonly source: string;
  readonly actor: AuditActor;
  readonly at: Date;
}

/** The caller of the callback in a browser. Only a consent confirmed by Zoom proves that it was an administrator. */
export const ADMINISTRATOR: AuditActor = { kind: 'administrator' };

/** The most characters of an account id or an address in a summary. */
const MOST_OF_A_NAME = 256;

const entry = (
  { at, ...who }: AuditSubject,
  what: Pick<AuditEntry, 'code' | 'summary' | 'details'>,
): AuditEntry => ({ at: at.toISOString(), ...who, ...what });

/** An operator requests a consent. */
export const begunToEntry = (touched: AuditSubject): AuditEntry =>
  entry(touched, {
    code: 'connection-begun',
    summary: 'A consent was requested from Zoom. The link is valid for ten minutes, once.',
  });

export const connectedToEntry = (touched: AuditSubject, connected: Connected): AuditEntry => {
  const { accountId, authorizedBy, streams, pollRequested } = connected;
  return entry(touched, {
    code: 'connected',
    summary: `The source was connected to the Zoom account ${asCode(accountId, MOST_OF_A_NAME)}, ${authorizationOf(connected)}.`,
    details: {
      account_id: accountId,
      ...(authorizedBy !== undefined && { authorized_by: authorizedBy }),
      collecting_at_once: pollRequested,
      ...Object.fromEntries(
        streams.map((check) => [check.stream, check.readable ? 'readable' : check.reason]),
      ),
    },
  });
};

const authorizationOf = ({ auth, authorizedBy }: Connected): string => {
  if (auth === 'server-to-server') return 'by a Server-to-Server app, which names no administrator';
  return authorizedBy === undefined
    ? 'by an administrator whose e-mail Zoom does not provide'
    : `authorized by ${asCode(authorizedBy, MOST_OF_A_NAME)}`;
};

/** An operator unlinked an account from which nothing was collected. */
export const forgottenToEntry = (touched: AuditSubject, accountId: string | undefined): AuditEntry =>
  entry(touched, {
    code: 'account-forgotten',
    summary: 'The source was unlinked from its Zoom account. Nothing had been collected.',
    details: { account_id: accountId ?? 'unknown' },
  });

export const refusedToEntry = (
  touched: AuditSubject,
  reason: string,
  summary: string,
  details: AuditEntry['details'] = {},
): AuditEntry => entry(touched, { code: 'connection-refused', summary, details: { reason, ...details } });

export const disconnectedToEntry = (touched: AuditSubject, { outcome }: Revocation): AuditEntry =>
  entry(touched, {
    code: 'disconnected',
    summary: 'The source was disconnected. Its tokens and the credentials of its app were deleted.',
    details: { at_zoom: outcome },
  });

/** The audit entry for the result of a callback. */
export const resultToEntry = (result: CallbackResult, source: string, at: Date): AuditEntry => {
  const touched = { source, actor: ADMINISTRATOR, at };
  const refused = (reason: string, summary: string, details?: AuditEntry['details']): AuditEntry =>
    refusedToEntry(touched, reason, summary, details);
  switch (result.outcome) {
    case 'connected':
      return connectedToEntry(touched, result);
    case 'declined':
      return refused('declined', "The app was not allowed on Zoom's consent page.");
    case 'zoom-error':
      return refused('zoom-error', 'Zoom reported an error instead of a consent.', {
        zoom_error: result.error,
      });
    case 'malformed':
      return refused('malformed', 'The callback was called with parameters that Zoom does not send.', {
        problem: result.problem,
      });
    case 'stale':
      return refused('stale', 'The callback was called with a state that is no longer valid.', {
        why: result.why,
      });
    case 'another-account':
      return refused(
        'another-account',
        result.by === 'configuration'
          ? 'The consent is for another Zoom account than sources.json names.'
          : 'The consent is for another Zoom account than the source is linked to.',
        {
          pinned_account_id: result.pinned,
          pinned_by: result.by,
          offered_account_id: result.offered,
          ...(result.authorizedBy !== undefined && { authorized_by: result.authorizedBy }),
          given_back: result.revoked,
        },
      );
    case 'unidentified':
      return refused('unidentified', 'Zoom did not say who consented.', {
        zoom_reason: result.reason,
        given_back: result.revoked,
        ...trackingId(result),
      });
    case 'refused':
      return refused('refused-by-zoom', 'Zoom refused the code or the app.', {
        zoom_reason: result.reason,
        ...trackingId(result),
      });
    case 'zoom-failing':
      return refused('zoom-failing', 'Zoom did not respond, or not in time.', trackingId(result));
  }
};

const trackingId = ({ zoomTrackingId }: { zoomTrackingId?: string | undefined }): Record<string, string> =>
  zoomTrackingId === undefined ? {} : { zoom_tracking_id: zoomTrackingId };
