import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { issueToSentence } from '../../../shared/model/issue-to-sentence.ts';

const sentenceOf = (schema: z.ZodType, value: unknown): string | undefined =>
  schema.safeParse(value, { error: issueToSentence }).error?.issues[0]?.message;

describe('a problem found by zod', () => {
  it.each([
    ['a text', z.string(), 5, 'must be a text in quotes'],
    ['nothing, for a text', z.string(), undefined, 'is missing: it must be a text in quotes'],
    ['a number', z.number(), 'x', 'must be a number'],
    ['a whole number', z.int(), 1.5, 'must be a whole number'],
    ['a switch', z.boolean(), 'yes', 'must be true or false'],
    ['a list', z.array(z.string()), {}, 'must be a list in [ ]'],
    ['an object', z.object({}), [], 'must be an object in { }'],
    ['what has no word of ours', z.bigint(), 5, 'must be bigint'],
    ['a choice', z.enum(['a', 'b']), 'c', 'must be "a" or "b"'],
    ['nothing, for a choice', z.enum(['a', 'b']), undefined, 'is missing: it must be "a" or "b"'],
    ['a short list', z.array(z.string()).min(2), ['a'], 'must have at least 2'],
    ['a long list', z.array(z.string()).max(1), ['a', 'b'], 'must have at most 1'],
    ['a small number', z.number().min(3), 2, 'must be at least 3'],
    ['a number at its edge', z.number().gt(3), 3, 'must be more than 3'],
    ['a big number', z.number().max(3), 4, 'must be at most 3'],
    ['an address', z.email(), 'me', 'must be an e-mail address'],
    ['another form', z.uuid(), 'me', 'must be of the form uuid'],
    ['a field', z.strictObject({}), { a: 1, b: 2 }, 'does not support "a", "b": remove or correct it'],
    ['what is none of some', z.union([z.string(), z.number()]), true, 'is not valid'],
    ['the key of a table', z.record(z.string().max(1), z.number()), { ab: 1 }, 'is not valid'],
    ['an element of a map', z.map(z.string(), z.number()), new Map([['a', 'b']]), 'must be a number'],
    ['no multiple', z.number().multipleOf(5), 4, 'is not valid'],
    ['what a rule of its own refuses', z.string().refine(() => false), 'x', 'is not valid'],
  ])('is said of %s', (_, schema, value, sentence) => {
    expect(sentenceOf(schema, value)).toBe(sentence);
  });

  it.each(['invalid_union', 'invalid_key', 'invalid_element', 'not_multiple_of', 'custom'] as const)(
    'has its own message, if there is one: %s',
    (code) => {
      const issue = { code, message: 'must rhyme', input: 'x' } as unknown as z.core.$ZodRawIssue;

      expect(issueToSentence(issue)).toBe('must rhyme');
    },
  );
});
