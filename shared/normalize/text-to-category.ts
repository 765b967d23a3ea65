import { CATEGORIES, type Category } from './categories.ts';

const BY_NAME: ReadonlyMap<string, Category> = new Map(
  CATEGORIES.flatMap((category) => category.names.map((name) => [name, category] as const)),
);

/** The known category that a text names, in any of its spellings: "User Group", `user_group`, "Groups", "Group Management". */
export const textToCategory = (text: string | undefined): Category | undefined => {
  if (text === undefined) return undefined;
  const name = text.toLowerCase().replace(BETWEEN_WORDS, ' ').trim();
  return spelled(name) ?? spelled(name.replace(MANAGEMENT, ''));
};

const spelled = (name: string): Category | undefined =>
  BY_NAME.get(name) ?? BY_NAME.get(name.replace(PLURAL, ''));

const BETWEEN_WORDS = /[\s_-]+/g;
const MANAGEMENT = / (?:management|settings?)$/;
const PLURAL = /s$/;
