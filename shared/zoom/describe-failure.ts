import { cutText } from '../model/well-formed.ts';
import { type Failure, readErrorBody } from './zoom-response.ts';
import type { KnownSecrets } from './known-secrets.ts';

const MAX_MESSAGE = 200;
const MAX_TRACKING_ID = 100;

/**
 * What Zoom said, in brackets, with the id that its support asks for: one line, without any secret that we know, of whatever
 * length, and without what has the shape of one.
 */
export const describeFailure = (failure: Failure, secrets: KnownSecrets): string => {
  if (failure.kind === 'transport') return `[no answer: ${failure.problem}]`;
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

/** Zoom's id of the request, if its response has one of the documented form and no secret of ours stands in it. */
export const trackingIdOf = (failure: Failure, secrets: KnownSecrets): string | undefined => {
  const id = failure.kind === 'answer' ? (failure.response.headers['x-zm-trackingid'] ?? '') : '';
  const isWellFormed = /^[\w=;.:-]+$/.test(id) && id.length <= MAX_TRACKING_ID;
  return isWellFormed && secrets.redact(id) === id ? id : undefined;
};

/** Scopes and account ids are shorter; client secrets, codes and tokens, which an answer might repeat, are not. */
const MIGHT_BE_SECRET = /[\w+/=.~-]{30,}/g;

/** Characters that would break a line or steer a terminal. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

const sanitize = (text: string): string => text.replace(CONTROL, ' ').replace(MIGHT_BE_SECRET, '…');
