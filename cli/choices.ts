import { InvalidArgumentError, type Option } from 'commander';

/** Finds an allowed word, ignoring case. Throws InvalidArgumentError, naming all allowed words. */
export const oneOf = <T extends string>(allowed: readonly T[], text: string): T => {
  const found = allowed.find((value) => value.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`It must be one of ${allowed.join(', ')}.`);
};

/** Limits an option to a few words, ignoring case. Its help lists them. */
export const withChoices = (option: Option, allowed: readonly string[]): Option =>
  option.choices(allowed).argParser((text: string) => oneOf(allowed, text));
