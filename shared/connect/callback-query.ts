/** The query with which a browser returns from Zoom's consent page. The state of an error is empty if there was none. */
export type CallbackQuery =
  | { readonly kind: 'code'; readonly code: string; readonly state: string }
  | { readonly kind: 'declined'; readonly state: string }
  /** Zoom gave another error than the admin's "no". */
  | { readonly kind: 'zoom-error'; readonly error: string; readonly state: string }
  | { readonly kind: 'malformed'; readonly problem: 'missing' | 'repeated' | 'oversized' | 'odd' };

/** Zoom's codes have about 40 characters; a value of ten times that is not from Zoom. */
const MAX_QUERY = 4096;
const MAX_VALUE = 1024;

/** The characters of all known codes, states and error names. */
const VALUE = /^[\w.~+/=-]+$/;

const KNOWN = ['code', 'state', 'error'] as const;

/**
 * Reads the query of a callback. An unknown parameter is ignored, as RFC 6749 4.1.2 demands. A repeated parameter of ours is
 * refused, because other programs may have read the other value.
 */
export const readCallbackQuery = (rawQuery: string): CallbackQuery => {
  if (rawQuery.length > MAX_QUERY) return malformed('oversized');
  const query = new URLSearchParams(rawQuery);
  for (const name of KNOWN) {
    const values = query.getAll(name);
    if (values.length > 1) return malformed('repeated');
    if (values.some((value) => value.length > MAX_VALUE)) return malformed('oversized');
    if (values.some((value) => value !== '' && !VALUE.test(value))) return malformed('odd');
  }

  const [code = '', state = '', error = ''] = KNOWN.map((name) => query.get(name) ?? '');
  if (error) {
    if (code) return malformed('odd');
    return error === 'access_denied' ? { kind: 'declined', state } : { kind: 'zoom-error', error, state };
  }
  return code && state ? { kind: 'code', code, state } : malformed('missing');
};

const malformed = (problem: 'missing' | 'repeated' | 'oversized' | 'odd'): CallbackQuery => ({
  kind: 'malformed',
  problem,
});
