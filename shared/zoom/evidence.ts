import { cutText } from '../model/well-formed.ts';
import { type Failure, readErrorBody } from './answer.ts';

const MAX_MESSAGE = 200;
const MAX_TRACKING_ID = 100;

/** What Zoom said, in brackets, with the id that its support asks for; one line, and nothing in it that could be a secret. */
export const evidenceOf = (failure: Failure): string => {
  if (failure.kind === 'transport') return `[no answer: ${failure.problem}]`;
  const { status, headers, body } = failure.answer;
  const { code, message, field } = readErrorBody(body);
  const trackingId = headers['x-zm-trackingid'] ?? '';
  const parts = [
    `HTTP ${status}`,
    code !== undefined && `code ${code}`,
    message !== '' && `"${cutText(harmless(message), MAX_MESSAGE)}"`,
    field && `field ${cutText(harmless(field), MAX_MESSAGE)}`,
    /^[\w=;.:-]+$/.test(trackingId) && trackingId.length <= MAX_TRACKING_ID && `tracking id ${trackingId}`,
  ];
  return `[${parts.filter(Boolean).join(', ')}]`;
};

/** Scopes and account ids are shorter; client secrets, codes and tokens, which an answer might repeat, are not. */
const MIGHT_BE_SECRET = /[\w+/=.~-]{30,}/g;

/** Characters that would break a line or steer a terminal. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

const harmless = (text: string): string => text.replace(CONTROL, ' ').replace(MIGHT_BE_SECRET, '…');
