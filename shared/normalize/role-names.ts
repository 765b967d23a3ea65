/** Roles that every account has, from the least to the most privileged. */
const BASIC: ReadonlySet<string> = new Set(['member', 'user']);
const OWNERS: ReadonlySet<string> = new Set(['owner', 'co-owner']);
const KNOWN: ReadonlySet<string> = new Set([...BASIC, ...OWNERS, 'admin', 'billing admin']);
const ADMINISTRATOR = /(?<!\b(?:no|non|not|not an|never|ex|former|past)[ -]?)\badmin(?:istrator)?s?\b/;
/** Zoom's own roles also occur with this word: "Account Owner". */
const OF_ACCOUNT = /^account (?=(?:(?:billing )?admin|(?:co-)?owner|member)$)/;
const LONGEST = 128;

const folded = (role: string): string => role.slice(0, LONGEST).trim().toLowerCase().replace(OF_ACCOUNT, '');

/** Whether it is a role that every account has. Any other name was chosen by a customer. */
export const isKnownRole = (role: string | undefined): boolean =>
  role !== undefined && KNOWN.has(folded(role));

/** Whether it is the role of people without privileges. */
export const isBasicRole = (role: string | undefined): boolean =>
  role !== undefined && BASIC.has(folded(role));

/** How much a role may do; undefined for no role, and for one whose name does not say. */
export const privilegeOf = (role: string | undefined): number | undefined => {
  if (role === undefined) return undefined;
  const name = folded(role);
  if (BASIC.has(name)) return 0;
  if (name === 'billing admin') return 1;
  if (OWNERS.has(name)) return name === 'owner' ? 4 : 3;
  return ADMINISTRATOR.test(name) ? 2 : undefined;
};
