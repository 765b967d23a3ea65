import { cutText } from '../model/well-formed.ts';
import { type Failure, readErrorBody } from './zoom-response.ts';
import type { Redactor } from './known-secrets.ts';

const MAX_MESSAGE = 200;
const MAX_TRACKING_ID = 100;

/**
 * Zoom's error in brackets, on one line, with the id that its support needs. Known secrets of any length are removed, and
 * anything with the shape of a secret.
 */
export const describeFailure = (failure: Failure, secrets: Redactor): string => {
  if (failure.kind === 'transport') return `[no response: ${failure.problem}]`;
  const { status, body } = failure.response;
  const trackingId = trackingIdOf(failure, secrets);
  const { code, message, field } = readErrorBody(body);
  const quoted = (text: string): string => cutText(sanitize(secrets.redact(text)), MAX_MESSAGE);
  const parts = [
    `HTTP ${status}`,
    code !== undefined && `code ${code}`,
    message !== '' && `"${quoted(message)}"`,
    field && `field ${quoted(field)}`,
    trackingId !== undefined && `tracking id ${trackingId}`,
  ];
  return `[${parts.filter(Boolean).join(', ')}]`;
};

/** Zoom's id of the request, if it has the documented form and contains no secret of ours. */
export const trackingIdOf = (failure: Failure, secrets: Redactor): string | undefined => {
  const id = failure.kind === 'response' ? (failure.response.headers['x-zm-trackingid'] ?? '') : '';
  const isWellFormed = /^[\w=;.:-]+$/.test(id) && id.length <= MAX_TRACKING_ID;
  return isWellFormed && secrets.redact(id) === id ? id : undefined;
};

/** Scopes and account ids are shorter. Client secrets, codes and tokens, which a response might repeat, are not. */
const MIGHT_BE_SECRET = /[\w+/=.~-]{30,}/g;

/** Characters that would break a line or control a terminal. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

const sanitize = (text: string): string => text.replace(CONTROL, ' ').replace(MIGHT_BE_SECRET, '…');
