type Fields = Readonly<Record<string, unknown>>;

/**
 * A flat line with our envelope at the top, whichever mapping wrote it. In lines of mapping version 1 a row's own field of one of
 * our names stood at the top, and ours in `_connector`; since version 2 no line has a `_connector`.
 */
export const envelopeOnTop = (line: Fields): Fields => {
  const { _connector: ours, ...top } = line;
  return typeof ours === 'object' && ours !== null ? { ...top, ...ours } : line;
};
