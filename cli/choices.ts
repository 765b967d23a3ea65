import { InvalidArgumentError, type Option } from 'commander';

/** Finds a word among those allowed, in any case. Throws InvalidArgumentError, naming them all, if it is none of them. */
export const oneOf = <T extends string>(allowed: readonly T[], text: string): T => {
  const found = allowed.find((value) => value.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`It is one of ${allowed.join(', ')}.`);
};

/** Makes an option take one of a few words, in any case. Its help lists them. */
export const withChoices = (option: Option, allowed: readonly string[]): Option =>
  option.choices(allowed).argParser((text: string) => oneOf(allowed, text));
