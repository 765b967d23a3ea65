/** A key of a projection in the version that a replay wrote: `flat/…` is `flat.v2/…` for `v2`. The key itself without a label. */
export const keyInVersion = (key: string, label: string | undefined): string =>
  label === undefined ? key : key.replace('/', `.${label}/`);

/** The key of the same projection in the delivered version. */
export const keyOfDelivered = (key: string, label: string | undefined): string =>
  label === undefined ? key : key.replace(`.${label}/`, '/');
