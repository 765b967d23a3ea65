type Fields = Readonly<Record<string, unknown>>;

/**
 * A flat line with our envelope at the top, for every mapping version. In lines of version 1 a row's own field with one of our
 * names was at the top, and ours was in `_connector`; since version 2 no line has a `_connector`.
 */
export const envelopeOnTop = (line: Fields): Fields => {
  const { _connector: ours, ...top } = line;
  return typeof ours === 'object' && ours !== null ? { ...top, ...ours } : line;
};
