import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';

/** A path in a JSON document, in zod's form. */
export type JsonPath = readonly PropertyKey[];

/** A JSON document with the position of each value in its text. */
export interface LocatedJson {
  readonly value: unknown;
  /** The line of the value at a path, or of its nearest parent if there is none. From 1. */
  lineOf(path: JsonPath): number;
}

/** The problem of a text that is not JSON. */
export interface JsonProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Parses JSON, without comments. A repeated key is a problem too, because only one of its values would count. */
export const parseLocatedJson = (text: string): LocatedJson | JsonProblem => {
  if (nestsTooDeeply(text)) return { line: 1, column: 1, message: 'nests too deeply' };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [problem] = errors;
  if (problem) {
    const words = printParseErrorCode(problem.error).replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ');
    return { ...locationOf(text, problem.offset), message: `is not valid JSON here: ${words.toLowerCase()}` };
  }
  if (!root) return { line: 1, column: 1, message: 'is empty' };
  const repeated = findRepeatedKey(root);
  if (repeated)
    return { ...locationOf(text, repeated.offset), message: `has ${nameOf(repeated)} a second time` };
  return {
    value: JSON.parse(text),
    lineOf: (path) => locationOf(text, nearestNode(root, path).offset).line,
  };
};

/** The parser is recursive and would overflow its stack. */
const MAX_DEPTH = 1000;

/** Brackets within texts count as well: no valid text has a thousand of them. */
const nestsTooDeeply = (text: string): boolean => {
  let depth = 0;
  for (const character of text) {
    if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
};

const locationOf = (text: string, offset: number): { line: number; column: number } => {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
};

const nearestNode = (root: Node, path: JsonPath): Node => {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(root, path.slice(0, length) as (string | number)[]);
    if (node) return node;
  }
  return root;
};

const findRepeatedKey = (node: Node): Node | undefined => {
  const children = node.children ?? [];
  if (node.type === 'object') {
    const keys = children.flatMap(({ children: [key] = [] }) => (key ? [key] : []));
    const seen = new Set<unknown>();
    const repeated = keys.find(({ value }) => seen.size === seen.add(value).size);
    if (repeated) return repeated;
  }
  for (const child of children) {
    const repeated = findRepeatedKey(child);
    if (repeated) return repeated;
  }
  return undefined;
};

const nameOf = (key: Node): string => JSON.stringify(key.value);
