import type * as z from 'zod';

/** The message of a zod issue, for the author of a JSON file. For `safeParse(…, { error: issueToSentence })`. */
export const issueToSentence = (issue: z.core.$ZodRawIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing: it must be ${kindOf(issue.expected)}`
        : `must be ${kindOf(issue.expected)}`;
    case 'invalid_value': {
      const choices = issue.values.map((value) => JSON.stringify(value)).join(' or ');
      return issue.input === undefined ? `is missing: it must be ${choices}` : `must be ${choices}`;
    }
    case 'too_small':
      return issue.origin === 'array'
        ? `must have at least ${String(issue.minimum)}`
        : `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${String(issue.minimum)}`;
    case 'too_big':
      return issue.origin === 'array'
        ? `must have at most ${String(issue.maximum)}`
        : `must be at most ${String(issue.maximum)}`;
    case 'invalid_format':
      return issue.format === 'email' ? 'must be an e-mail address' : `must be of the form ${issue.format}`;
    case 'unrecognized_keys':
      return `does not support ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}: remove or correct it`;
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'custom':
      return issue.message ?? 'is not valid';
  }
};

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'an object in { }',
};

const kindOf = (expected: string): string => KINDS[expected] ?? expected;
