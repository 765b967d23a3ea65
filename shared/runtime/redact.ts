const REDACTED = '[redacted]';

/** Names of fields that must never be logged, in any spelling. */
const SECRET_NAME =
  /^(?:code|state|pending|authorization|cookie|password|.*(?:token|secret|verifier|credentials?))$/i;

/** `Bearer abc`, `Basic abc`; `code=abc` and its like in an address or a form. */
const LABELLED =
  /\b(bearer|basic)\s+[\w.~+/=-]{8,}|\b(code|state|[a-z_]*token|[a-z_]*secret|code_verifier)=[^&\s"']+/gi;

/**
 * Tokens, codes, states and client secrets are longer than anything that we log on purpose in these characters: a request id
 * or a tracking id of Zoom's has 36.
 */
const TOKEN = /[A-Za-z0-9_~+=-]{40,}/g;

/** Names that we make ourselves, of alarms above all, may be as long; no token is made of small words and hyphens alone. */
const WORDS = /^[a-z0-9]{1,32}(?:-[a-z0-9]{1,32})+$/;

/**
 * The second line of defence of the log (the first is that no caller passes it a secret): a replacer for JSON.stringify that
 * removes any value that has the name of a secret or looks like one.
 */
export const redact = (name: string, value: unknown): unknown => {
  if (value !== null && typeof value !== 'function' && SECRET_NAME.test(name)) return REDACTED;
  if (value instanceof Error) return serializeError(value);
  return typeof value === 'string' ? withoutSecrets(value) : value;
};

const withoutSecrets = (text: string): string =>
  text
    .replace(LABELLED, (_, scheme?: string, parameter?: string) =>
      scheme === undefined ? `${String(parameter)}=${REDACTED}` : `${scheme} ${REDACTED}`,
    )
    .replace(TOKEN, (text) => (WORDS.test(text) ? text : REDACTED));

/** Ours and the SDK's alike, with the chain of causes. Own fields of foreign errors may hold whole requests: they stay out. */
const serializeError = (error: Error): Record<string, unknown> => ({
  name: error.name,
  message: error.message,
  stack: error.stack,
  ...(error.cause instanceof Error && { cause: serializeError(error.cause) }),
});
