import type { Area } from './area.ts';
import type { Category } from './categories.ts';
import type { OperationDetail } from './operation-detail.ts';
import { roleChangeOf } from './operation-to-kind.ts';
import { isLicenseSetting, isRoleSetting } from './setting-names.ts';
import { singleChange } from './single-change.ts';
import { textToCategory } from './text-to-category.ts';

const SSO = /\b(?:SSO|SAML|single[ -]sign[ -]?on)\b/i;
/** A text that could not be parsed still begins with Zoom's own words: "Update SAML Response Mapping". */
const SSO_AT_ONCE = /^(?:[a-z]+ ){0,2}(?:SSO|SAML|single[ -]sign[ -]?on)\b/i;

/** Whether this release assigns an area to a category explicitly. */
export const isKnownCategory = (category: string): boolean =>
  textToCategory(category) !== undefined || SSO.test(category);

/** The facts of an operation that determine its area. */
export interface OperationFacts {
  readonly category: Category | undefined;
  /** The category as the row has it; empty if there is none. */
  readonly categoryText: string;
  readonly eventType: string;
  readonly detail: OperationDetail;
  readonly text: string;
}

/**
 * The area of an operation: by its category, then its head, then the settings of a fully parsed detail. Users write into
 * details, so nothing else in them may decide it.
 */
export const operationToArea = (facts: OperationFacts): Area => {
  const area = facts.category?.area ?? (SSO.test(facts.categoryText) ? 'sso' : 'other');
  if (facts.detail.verb === 'Change Role' && area !== 'content') return 'role';
  return REFINEMENTS[area]?.(facts) ?? area;
};

/** Whether a detail with one possible reading changes a setting of single sign-on, alone or among others. */
const changesSso = ({ status, changes }: OperationDetail): boolean =>
  status === 'full' && changes?.some(({ setting = '' }) => SSO.test(setting)) === true;

/** Areas whose rows may have a more specific area than that of their category. */
const REFINEMENTS: Partial<Record<Area, (facts: OperationFacts) => Area | undefined>> = {
  account_settings: ({ detail, text }) => {
    // A head that names a user, group or role ends in a name that a customer chose; a section is Zoom's.
    const isSso =
      SSO.test(detail.section ?? '') ||
      changesSso(detail) ||
      (detail.status === 'none' && SSO_AT_ONCE.test(text));
    return isSso ? 'sso' : undefined;
  },
  user: ({ eventType, detail }) => {
    if (eventType.startsWith('group.')) return 'group';
    if (eventType === 'user.license_change' || isLicenseSetting(singleChange(detail)?.setting))
      return 'license';
    return changesRole(detail) ? 'role' : undefined;
  },
  group: ({ eventType, detail }) => {
    if (eventType !== 'group.setting_change') return undefined;
    return changesSso(detail) ? 'sso' : 'group_settings';
  },
};

const changesRole = (detail: OperationDetail): boolean =>
  roleChangeOf(detail) !== undefined ||
  (detail.status === 'full' && detail.changes?.some(({ setting }) => isRoleSetting(setting)) === true);
