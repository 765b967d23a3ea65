import { cutText } from '../model/well-formed.ts';
import { type Failure, readErrorBody } from './answer.ts';
import type { KnownSecrets } from './known-secrets.ts';

const MAX_MESSAGE = 200;
const MAX_TRACKING_ID = 100;

/**
 * What Zoom said, in brackets, with the id that its support asks for: one line, without any secret that we know, of whatever
 * length, and without what has the shape of one.
 */
export const evidenceOf = (failure: Failure, secrets: KnownSecrets): string => {
  if (failure.kind === 'transport') return `[no answer: ${failure.problem}]`;
  const { status, headers, body } = failure.answer;
  const { code, message, field } = readErrorBody(body);
  const trackingId = headers['x-zm-trackingid'] ?? '';
  const quoted = (text: string): string => cutText(harmless(secrets.redact(text)), MAX_MESSAGE);
  const parts = [
    `HTTP ${status}`,
    code !== undefined && `code ${code}`,
    message !== '' && `"${quoted(message)}"`,
    field && `field ${quoted(field)}`,
    isTrackingId(trackingId, secrets) && `tracking id ${trackingId}`,
  ];
  return `[${parts.filter(Boolean).join(', ')}]`;
};

const isTrackingId = (text: string, secrets: KnownSecrets): boolean =>
  /^[\w=;.:-]+$/.test(text) && text.length <= MAX_TRACKING_ID && secrets.redact(text) === text;

/** Scopes and account ids are shorter; client secrets, codes and tokens, which an answer might repeat, are not. */
const MIGHT_BE_SECRET = /[\w+/=.~-]{30,}/g;

/** Characters that would break a line or steer a terminal. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

const harmless = (text: string): string => text.replace(CONTROL, ' ').replace(MIGHT_BE_SECRET, '…');
